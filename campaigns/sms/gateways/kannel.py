"""Kannel: texts and delivery reports come as GET calls, texts leave through its sendsms.

In:   …/in?id=%I&from=%p&to=%P&text=%a&raw=%b&coding=%c&charset=%C&ts=%T
Out:  KANNEL_SEND_URL?username=…&to=…&text=…&coding=2&charset=UTF-8&dlr-mask=27&dlr-url=…
Back: …/status?msg=<our uid>&type=%d&fid=%F&token=<for this uid only>
"""

import base64
import binascii
import hmac
import logging
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes
from uuid import UUID

import requests
from django.conf import settings
from django.http import HttpResponse
from urllib3.exceptions import NewConnectionError

from campaigns.sms import segments
from campaigns.sms.gateways.base import Accepted, Inbound, Malformed, Reject, Retry, Status, Unknown

USER = "kannel"
CONNECT_SECONDS, ANSWER_SECONDS = 3, 10

# Delivered, failed, accepted by the operator, rejected by the operator: 1 + 2 + 8 + 16.
REPORTS_WANTED = 27
REPORTS = {"1": "delivered", "2": "failed", "4": "sent", "8": "sent", "16": "failed"}

UNUSABLE_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)

CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "utf-16be": "utf-16-be",
    "ucs-2": "utf-16-be",
}

# sendsms takes everything in the address, and urllib3 writes addresses into its log.
logging.getLogger("urllib3").setLevel(logging.ERROR)


def authenticate(request):
    """Return whether the call carries our secret, or the token of the report that it brings."""
    if _same(_basic_credentials(request), f"{USER}:{settings.KANNEL_SECRET}".encode()):
        return bool(settings.KANNEL_SECRET)
    fields = _fields(request)
    return bool(fields.get("msg")) and _same(fields.get("token", b""), token(_ascii(fields["msg"])).encode())


def token(uid):
    """Return the word by which Kannel shows that we asked for a report on text `uid`."""
    return hmac.new(settings.KANNEL_SECRET.encode(), f"report:{uid}".encode(), "sha256").hexdigest()[:32]


def parse(request):
    """Return the one event of the call. Raises Malformed with a reason that may be shown."""
    fields = _fields(request)
    return [_status(fields) if "msg" in fields else _inbound(fields)]


def acknowledge():
    # Kannel sends whatever stands here to the phone: nothing.
    return HttpResponse(status=200, content_type="text/plain; charset=utf-8")


def send(outgoing):
    """Hand a text to Kannel.

    No exception comes out of here: what is known to have failed before a byte left may be tried
    again, everything else may have been sent.
    """
    session = requests.Session()
    session.trust_env = False  # Kannel is a neighbour: no proxy gets to see a number
    try:
        response = session.get(
            settings.KANNEL_SEND_URL,
            params=_parameters(outgoing),
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            allow_redirects=False,
        )
    except (requests.ConnectTimeout, requests.exceptions.SSLError):
        return Retry("no_connection")
    except requests.ConnectionError as error:
        return Retry("no_connection") if _never_connected(error) else Unknown("connection_lost")
    except requests.Timeout:
        return Unknown("no_answer")
    except UNUSABLE_ADDRESS:
        return Retry("bad_send_url")
    except requests.RequestException as error:
        return Unknown(type(error).__name__)
    finally:
        session.close()
    return _result(response.status_code)


def _result(status):
    """Return what an answer with this HTTP status means."""
    if status in (200, 202):
        return Accepted()  # Kannel names no id: the report comes back with ours
    if status in (429, 503):
        return Retry(f"http_{status}")
    if 400 <= status < 500:
        return Reject(f"http_{status}")
    return Unknown(f"http_{status}")


def _never_connected(error):
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


def _parameters(outgoing):
    # Without coding=2 Kannel turns every letter outside GSM 03.38 into "?", and still says Accepted.
    coding = "2" if outgoing.coding == segments.UCS2 else "0"
    mark = "&" if "?" in settings.KANNEL_REPORT_URL else "?"
    return {
        "username": settings.KANNEL_SEND_USER,
        "password": settings.KANNEL_SEND_PASSWORD,
        "from": outgoing.sender,
        "to": outgoing.to,
        "text": outgoing.text,
        "charset": "UTF-8",
        "coding": coding,
        "dlr-mask": str(REPORTS_WANTED),
        "dlr-url": f"{settings.KANNEL_REPORT_URL}{mark}msg={outgoing.uid}&type=%d&fid=%F"
        f"&token={token(outgoing.uid)}",
    }


def _status(fields):
    try:
        uid = UUID(_ascii(fields["msg"]))
    except ValueError:
        raise Malformed("msg is not an id of ours") from None
    raw_type = _ascii(fields.get("type", b""))
    if raw_type not in REPORTS:
        raise Malformed("type is not one of 1, 2, 4, 8, 16")
    return Status(
        uid=uid,
        status=REPORTS[raw_type],
        external_id=_ascii(fields.get("fid", b""))[:100],
        raw_type=raw_type,
    )


def _inbound(fields):
    external_id, sender = _ascii(fields.get("id", b"")), _ascii(fields.get("from", b""))
    if not external_id:
        raise Malformed("id is missing")
    if not sender:
        raise Malformed("from is missing")
    # %a (text) squeezes white space, %b (raw) keeps what was sent.
    raw = fields.get("raw") or fields.get("text", b"")
    binary = fields.get("coding") == b"1"
    text, damaged = ("", False) if binary else _decode(raw, _ascii(fields.get("charset", b"")))
    return Inbound(
        external_id=external_id,
        sender=sender,
        recipient=_ascii(fields.get("to", b"")),
        text=text,
        raw=raw,
        sent_at=_moment(_ascii(fields.get("ts", b""))),
        binary=binary,
        damaged=damaged,
    )


def _decode(raw, charset):
    """Return `raw` as text, and whether some of it could not be read."""
    codec = CHARSETS.get(charset.lower(), "utf-8")
    try:
        return raw.decode(codec), False
    except UnicodeDecodeError:
        return raw.decode(codec, "replace"), True


def _moment(seconds):
    """Return a Unix second as aware datetime, None when it is not one."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _fields(request):
    """Return the fields of the call as the bytes they were, before anybody took them for UTF-8."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    is_form = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
    fields = {}
    for pair in b"&".join([query, request.body if is_form else b""]).split(b"&"):
        name, _equals, value = pair.partition(b"=")
        fields[_ascii(unquote_to_bytes(name))] = unquote_to_bytes(value.replace(b"+", b" "))
    return fields


def _ascii(value):
    return value.decode("ascii", "replace").replace("\0", "").strip()


def _basic_credentials(request):
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        return base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        return b""


def _same(given, wanted):
    return hmac.compare_digest(given, wanted)
