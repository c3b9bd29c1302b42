"""Twilio: forms signed with the account's token come in, forms with Basic authentication leave.

Keys in SMS_SECRETS: account_sid, auth_token. Configuration, all optional: {"messaging_service": "MG…"}.
"""

import base64
import hashlib
import hmac
import json
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.sms.gateways import calling, reading, secrets
from campaigns.sms.gateways.base import (
    Accepted,
    Inbound,
    Malformed,
    NoCredit,
    OptedOut,
    OptOut,
    Reject,
    Retry,
    Status,
    Unknown,
)
from campaigns.sms.gateways.reading import text_of, word_of

API = "https://api.twilio.com"
STATES = {"sent": "sent", "delivered": "delivered", "read": "delivered"}
STATES |= {"undelivered": "failed", "failed": "failed", "canceled": "failed"}

# https://www.twilio.com/docs/api/errors
UNSUBSCRIBED = 21610
# Too fast, the sender's queue is full, too many calls at once, too many of one number.
COME_BACK = (14107, 20429, 21611, 30001)
# The account is suspended or no longer active, which is what becomes of an empty one.
SUSPENDED = (20005, 30002, 90010)


def authenticate(request, gateway):
    """Return whether Twilio signed the call: its public address and every field that it brings."""
    key = secrets.of(gateway).get("auth_token", "")
    url = settings.SITE_URL + request.get_full_path()
    signature = request.headers.get("X-Twilio-Signature", "")
    digest = parse_qs(urlsplit(url).query).get("bodySHA256")
    if digest and request.content_type != reading.FORM:
        body = hashlib.sha256(request.body).hexdigest()
        return bool(key) and reading.same(digest[0], body) and reading.same(signature, signed(url, [], key))
    return bool(key) and reading.same(signature, signed(url, reading.pairs(request, query=False), key))


def signed(url, fields, key):
    """Return Twilio's signature over a call: HMAC-SHA1 of the address and all fields, names in order.

    fields  [(name, bytes)]; of a name that is there several times each value counts once, in order
    """
    by_name = defaultdict(set)
    for name, value in fields:
        by_name[name].add(value)
    text = url.encode() + b"".join(
        name.encode() + value for name in sorted(by_name) for value in sorted(by_name[name])
    )
    return base64.b64encode(hmac.new(key.encode(), text, "sha1").digest()).decode()


def parse(request, gateway):
    """Return what a call brings: a report when it tells of a state, else a text."""
    fields = reading.document(request)
    if not isinstance(fields, dict):
        raise Malformed("there are no fields")
    return _report(fields) if "MessageStatus" in fields else _text(fields)


def acknowledge(events, gateway):
    # An empty answer in Twilio's language: nothing is sent back to the phone.
    return HttpResponse("<Response/>", status=200, content_type="text/xml; charset=utf-8")


def _text(fields):
    sender, external_id = word_of(fields.get("From")), word_of(fields.get("MessageSid"))
    if not external_id:
        raise Malformed("MessageSid is missing")
    if not sender:
        raise Malformed("From is missing")
    given = fields.get("Body", b"")
    text = text_of(given)
    inbound = Inbound(
        external_id=external_id,
        sender=sender,
        recipient=word_of(fields.get("To")),
        text=text,
        raw=given if isinstance(given, bytes) else text.encode(),
        binary=not text and word_of(fields.get("NumMedia")) not in ("", "0"),
        damaged="\ufffd" in text,
    )
    # Twilio has confirmed a STOP by itself: first, so that ours finds the phone out and keeps quiet.
    stop = [OptOut(sender)] if word_of(fields.get("OptOutType")) == "STOP" else []
    return [*stop, inbound]


def _report(fields):
    external_id = word_of(fields.get("MessageSid"))[:100]
    try:
        uid = UUID(word_of(fields.get("msg"))) if fields.get("msg") else None
    except ValueError:
        raise Malformed("msg is not an id of ours") from None
    if uid is None and not external_id:
        raise Malformed("MessageSid is missing")
    said, code = word_of(fields["MessageStatus"]), word_of(fields.get("ErrorCode"))
    events = []
    if status := STATES.get(said):
        events.append(Status(uid, status, external_id, f"{said} {code}".strip()[:30]))
    if code == str(UNSUBSCRIBED) and (phone := word_of(fields.get("To"))):
        events.append(OptOut(phone))
    return events


def send(outgoing, gateway):
    """Hand a text to Twilio."""
    keys = secrets.of(gateway)
    account, key = keys.get("account_sid", ""), keys.get("auth_token", "")
    if not (account and key):
        return Retry("bad_configuration")
    fields = {
        "To": outgoing.to,
        "Body": outgoing.text,
        "StatusCallback": f"{secrets.public_url(gateway, 'status')}?msg={outgoing.uid}",
    }
    service = gateway.config.get("messaging_service")
    fields |= {"MessagingServiceSid": service} if service else {"From": outgoing.sender}
    answer = calling.ask(
        "POST",
        f"{API}/2010-04-01/Accounts/{account}/Messages.json",
        use_proxy=True,
        data=fields,
        auth=(account, key),
    )
    return _meaning(answer) if isinstance(answer, calling.Answer) else answer


def _meaning(answer):
    try:
        said = json.loads(answer.body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        said = {}
    said = said if isinstance(said, dict) else {}
    if 200 <= answer.status < 300:
        external_id = word_of(said.get("sid"))[:100]
        return Accepted(external_id) if external_id else Unknown("answer_without_meaning")
    code = said.get("code")
    if code == UNSUBSCRIBED:
        return OptedOut(str(code))
    if code in SUSPENDED:
        return NoCredit(str(code))
    if code in COME_BACK:
        return Retry(str(code), answer.after)
    meaning = calling.by_status(answer)
    return Reject(str(code)) if isinstance(meaning, Reject) and code else meaning


def check(config, gateway):
    """Raise ValidationError when keys are missing or a word of the configuration is unknown."""
    problems = [
        _("SMS_SECRETS has no “%(name)s” for %(gateway)s.") % {"name": name, "gateway": gateway.slug}
        for name in ("account_sid", "auth_token")
        if not secrets.of(gateway).get(name)
    ]
    if not isinstance(config, dict):
        problems.append(_("The configuration must be an object: {…}."))
    else:
        unknown = config.keys() - {"messaging_service"}
        problems += [_("Nothing is called “%(name)s” here.") % {"name": name} for name in sorted(unknown)]
    if problems:
        raise ValidationError(problems)
