"""Kannel: texts and delivery reports come as GET calls, texts leave through its sendsms.

In:   …/in?id=%I&from=%p&to=%P&text=%a&raw=%b&coding=%c&charset=%C&ts=%T
Out:  KANNEL_SEND_URL?username=…&to=…&text=…&coding=2&charset=UTF-8&dlr-mask=27&dlr-url=…
Back: …/status?msg=<our uid>&type=%d&fid=%F&token=<for this uid only>
"""

import hmac
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from campaigns.sms import segments
from campaigns.sms.gateways import calling, reading
from campaigns.sms.gateways.base import Accepted, Inbound, Malformed, Reject, Retry, Status, Unknown
from campaigns.sms.gateways.reading import ascii_of

USER = "kannel"

# Delivered, failed, accepted by the operator, rejected by the operator: 1 + 2 + 8 + 16.
REPORTS_WANTED = 27
REPORTS = {"1": "delivered", "2": "failed", "4": "sent", "8": "sent", "16": "failed"}

CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "utf-16be": "utf-16-be",
    "ucs-2": "utf-16-be",
}


def authenticate(request, gateway):
    """Return whether the call carries our secret, or the token of the report that it brings."""
    if reading.same(reading.basic_credentials(request), f"{USER}:{settings.KANNEL_SECRET}".encode()):
        return bool(settings.KANNEL_SECRET)
    fields = _fields(request)
    return bool(fields.get("msg")) and reading.same(fields.get("token", b""), token(ascii_of(fields["msg"])))


def token(uid):
    """Return the word by which Kannel shows that we asked for a report on text `uid`."""
    return hmac.new(settings.KANNEL_SECRET.encode(), f"report:{uid}".encode(), "sha256").hexdigest()[:32]


def parse(request, gateway):
    """Return the one event of the call. Raises Malformed with a reason that may be shown."""
    fields = _fields(request)
    return [_status(fields) if "msg" in fields else _inbound(fields)]


def acknowledge(events, gateway):
    # Kannel sends whatever stands here to the phone: nothing.
    return HttpResponse(status=200, content_type="text/plain; charset=utf-8")


def send(outgoing, gateway):
    """Hand a text to Kannel.

    No exception comes out of here: what is known to have failed before a byte left may be tried
    again, everything else may have been sent.
    """
    # Kannel is a neighbour: no proxy gets to see a number.
    answer = calling.ask("GET", settings.KANNEL_SEND_URL, params=_parameters(outgoing))
    return _result(answer.status) if isinstance(answer, calling.Answer) else answer


def _result(status):
    """Return what an answer with this HTTP status means."""
    if status in (200, 202):
        return Accepted()  # Kannel names no id: the report comes back with ours
    if status in (429, 503):
        return Retry(f"http_{status}")
    if 400 <= status < 500:
        return Reject(f"http_{status}")
    return Unknown(f"http_{status}")


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
        uid = UUID(ascii_of(fields["msg"]))
    except ValueError:
        raise Malformed("msg is not an id of ours") from None
    raw_type = ascii_of(fields.get("type", b""))
    if raw_type not in REPORTS:
        raise Malformed("type is not one of 1, 2, 4, 8, 16")
    return Status(
        uid=uid,
        status=REPORTS[raw_type],
        external_id=ascii_of(fields.get("fid", b""))[:100],
        raw_type=raw_type,
    )


def _inbound(fields):
    external_id, sender = ascii_of(fields.get("id", b"")), ascii_of(fields.get("from", b""))
    if not external_id:
        raise Malformed("id is missing")
    if not sender:
        raise Malformed("from is missing")
    # %a (text) squeezes white space, %b (raw) keeps what was sent.
    raw = fields.get("raw") or fields.get("text", b"")
    binary = fields.get("coding") == b"1"
    text, damaged = ("", False) if binary else _decode(raw, ascii_of(fields.get("charset", b"")))
    return Inbound(
        external_id=external_id,
        sender=sender,
        recipient=ascii_of(fields.get("to", b"")),
        text=text,
        raw=raw,
        sent_at=reading.moment(ascii_of(fields.get("ts", b""))),
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


def _fields(request):
    """Return the fields of the call as the bytes they were, before anybody took them for UTF-8."""
    return dict(reading.pairs(request))
