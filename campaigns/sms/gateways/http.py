"""Any provider with an HTTP interface: its words are configuration on the `Gateway` row.

{
 "secret":  {"in": "header", "name": "X-Token"},          how its calls show secret "inbound": header, query, basic
 "inbound": {"batch": "results", "id": "messageId", "sender": "from", "recipient": "to", "text": "text",
             "time": "receivedAt", "opt_out": {"type": ["optout"]}},
 "status":  {"batch": "results", "id": "messageId", "state": "status.groupName",
             "map": {"DELIVERED": "delivered", "REJECTED": "failed"}, "opted_out": {…}, "phone": "to"},
 "send":    {"method": "POST", "url": "https://…", "headers": {…}, "basic": ["{secret.user}", "…"],
             "json": {…} or "form": {…}, "jwt": {…},
             "success": {"CodeResult": ["100"]}, "id": "SMSID",
             "no_credit": {…}, "opted_out": {…}, "retry": {…}, "reject": {…}}
}
A test such as {"CodeResult": ["100"]} holds when every path in it has one of its values; "*" is any
value, and the path "http" is the HTTP status. docs/gateways.md has configurations that work.
"""

import base64
import hashlib
import hmac
import json
import logging
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.sms.gateways import calling, reading, secrets, templates
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
from campaigns.sms.gateways.reading import at, word_of

logger = logging.getLogger(__name__)

PLACES = ("header", "query", "basic")
STATES = ("sent", "delivered", "failed", "")
# Asked in this order; a provider's answer of no meaning leaves the text `unknown`.
TESTS = ("success", "no_credit", "opted_out", "retry", "reject")
PARTS = {
    "secret": ("in", "name"),
    "inbound": ("batch", "id", "sender", "recipient", "text", "time", "opt_out"),
    "status": ("batch", "uid", "id", "state", "map", "opted_out", "phone"),
    "send": ("method", "url", "headers", "basic", "json", "form", "jwt", "id", *TESTS),
}
# A call with more is no provider's.
MOST_EVENTS = 1000


# --- calls in ------------------------------------------------------------------------------
def authenticate(request, gateway):
    """Return whether the call shows our secret, or the token of the report that it brings."""
    wanted = secrets.of(gateway).get(secrets.INBOUND, "")
    if reading.same(_shown(request, gateway.config.get("secret", {})), wanted):
        return True
    uid, token = request.GET.get("msg", ""), request.GET.get("token", "")
    return bool(uid) and reading.same(token, secrets.token(gateway, uid))


def _shown(request, how):
    """Return the secret that a call shows."""
    place, name = how.get("in", "header"), how.get("name", "")
    if place == "basic":
        return reading.basic_credentials(request).partition(b":")[2]
    if place == "query":
        return request.GET.get(name, "")
    return request.headers.get(name, "")


def parse(request, gateway):
    """Return what a call brings. Raises Malformed when it brings nothing that makes sense."""
    document = reading.document(request)
    asked = request.GET.get("msg", "")
    is_report = asked or request.path.endswith("/status")
    read = _status if is_report else _inbound
    words = gateway.config.get("status" if is_report else "inbound", {})
    items = at(document, words.get("batch", ""))
    items = items if isinstance(items, list) else [items]
    if len(items) > MOST_EVENTS:
        raise Malformed(f"there are more than {MOST_EVENTS} events")
    events, wrong = [], None
    for item in items:
        try:
            events += read(item, words, asked)
        except Malformed as error:
            wrong = error
    if wrong and not events:
        raise wrong
    if wrong:
        # Told 400 the provider would bring the good ones again, for ever.
        logger.warning("gateway %s: some events of a call made no sense", gateway.slug)
    return events


def acknowledge(events, gateway):
    return HttpResponse(status=200, content_type="text/plain; charset=utf-8")


def _inbound(item, words, _asked):
    sender = word_of(at(item, words["sender"]))
    if not sender:
        raise Malformed(f"{words['sender']} is missing")
    sent_at = reading.moment(word_of(at(item, words["time"]))) if words.get("time") else None
    if "opt_out" in words and _holds(words["opt_out"], item):
        return [OptOut(sender, sent_at)]
    given = at(item, words.get("text", ""))
    text = reading.text_of(given)
    return [
        Inbound(
            external_id=_external_id(item, words),
            sender=sender,
            recipient=word_of(at(item, words.get("recipient") or "-")),
            text=text,
            raw=given if isinstance(given, bytes) else text.encode(),
            sent_at=sent_at,
            damaged="\ufffd" in text,
        )
    ]


def _external_id(item, words):
    """Return the provider's id of a text; of several fields a hash, for modems that give none."""
    names = words["id"]
    if isinstance(names, str):
        external_id = word_of(at(item, names))
        if not external_id:
            raise Malformed(f"{names} is missing")
        return external_id
    facts = [reading.text_of(at(item, name)) for name in names]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def _status(item, words, asked):
    external_id = word_of(at(item, words.get("id") or "-"))[:100]
    uid = _uid(asked or word_of(at(item, words.get("uid") or "-")))
    if uid is None and not external_id:
        raise Malformed("there is no id")
    said = word_of(at(item, words.get("state") or "-"))
    status = words.get("map", {}).get(said, "")
    events = []
    if status:
        events.append(Status(uid=uid, status=status, external_id=external_id, raw_type=said[:30]))
    phone = word_of(at(item, words.get("phone") or "-"))
    if phone and "opted_out" in words and _holds(words["opted_out"], item):
        events.append(OptOut(phone))
    return events


def _uid(word):
    try:
        return UUID(word) if word else None
    except ValueError:
        return None


def _holds(test, document, status=0):
    """Return whether `test` holds for a document: every path in it has one of its values."""
    return bool(test) and all(
        _is_one_of(status if path == "http" else at(document, path), allowed)
        for path, allowed in test.items()
    )


def _is_one_of(value, allowed):
    return value is not None and ("*" in allowed or word_of(value) in [word_of(one) for one in allowed])


# --- calls out -----------------------------------------------------------------------------
def send(outgoing, gateway):
    """Hand a text to the provider as the configuration says."""
    how = gateway.config.get("send", {})
    try:
        known = templates.values(outgoing, gateway)
        url = templates.filled(how["url"], known, in_address=True)
        what = _call(how, known)
    except KeyError:
        return Retry("bad_configuration")
    if not secrets.may_call(url):
        return Retry("host_not_allowed")
    answer = calling.ask(how.get("method", "POST"), url, use_proxy=True, **what)
    return _meaning(answer, how) if isinstance(answer, calling.Answer) else answer


def _call(how, known):
    """Return the rest of the call, as `calling.ask` takes it."""
    headers = {name: str(value) for name, value in templates.filled(how.get("headers", {}), known).items()}
    if "jwt" in how:
        headers[how["jwt"]["header"]] = _jwt(how["jwt"], known)
    what = {"headers": headers}
    if "json" in how:
        what["data"] = json.dumps(templates.filled(how["json"], known), ensure_ascii=False).encode()
        headers.setdefault("Content-Type", "application/json; charset=utf-8")
    if "form" in how:
        what["data"] = templates.filled(how["form"], known)
    if "basic" in how:
        user, password = (str(one) for one in templates.filled(how["basic"], known))
        what["auth"] = (user.encode(), password.encode())
    return what


def _jwt(how, known):
    """Return a JSON Web Token signed with HS256."""
    head = {"typ": "JWT", "alg": "HS256", **how.get("head", {})}
    signed = b".".join(
        _base64url(json.dumps(one).encode()) for one in (head, templates.filled(how["claims"], known))
    )
    signature = hmac.new(str(known[templates.SECRET + how["secret"]]).encode(), signed, "sha256").digest()
    return (signed + b"." + _base64url(signature)).decode()


def _base64url(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def _meaning(answer, how):
    """Return what the provider's answer means."""
    try:
        document = json.loads(answer.body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        document = {"body": answer.body.decode("utf-8", "replace").strip()}
    said = next((test for test in TESTS if _holds(how.get(test), document, answer.status)), None)
    code = _code(how.get(said), document, answer.status)
    if said == "success":
        return Accepted(word_of(at(document, how.get("id") or "-"))[:100])
    if said == "retry":
        return Retry(code, answer.after)
    kinds = {"no_credit": NoCredit, "opted_out": OptedOut, "reject": Reject}
    if said:
        return kinds[said](code)
    return calling.by_status(answer) or Unknown("answer_without_meaning")


def _code(test, document, status):
    """Return the provider's own word for what it answered, for staff to look up."""
    words = [word_of(at(document, path)) for path in test or () if path != "http"]
    return next((word[:60] for word in words if word), f"http_{status}")


# --- checked at save -------------------------------------------------------------------------
def check(config, gateway):
    """Raise ValidationError with everything that would keep this configuration from working."""
    problems = list(_shape_problems(config)) or [
        *_inbound_problems(config, gateway),
        *_status_problems(config),
        *_send_problems(config, gateway),
    ]
    if problems:
        raise ValidationError(problems)


def _shape_problems(config):
    if not isinstance(config, dict):
        yield _("The configuration must be an object: {…}.")
        return
    for name, part in config.items():
        if name not in PARTS:
            yield _("Nothing is called “%(name)s” here.") % {"name": name}
        elif not isinstance(part, dict):
            yield _("“%(name)s” must be an object: {…}.") % {"name": name}
        else:
            for word in part.keys() - set(PARTS[name]):
                yield _("Nothing is called “%(name)s” here.") % {"name": f"{name}.{word}"}
    if not {"inbound", "send"} & config.keys():
        yield _("Say how texts come in (“inbound”), how they are sent (“send”), or both.")
    yield from _type_problems(config)


def _type_problems(config):
    for name, part in config.items():
        if not isinstance(part, dict):
            continue
        for word, value in part.items():
            # Tests are objects of lists; everything else that is read as text has to be text.
            place = {"name": f"{name}.{word}"}
            if word in (*TESTS, "opt_out"):
                good = (
                    isinstance(value, dict) and value and all(isinstance(one, list) for one in value.values())
                )
                if not good:
                    yield _('“%(name)s” must be a test such as {"code": ["100"]}.') % place
            elif word in ("headers", "form", "jwt", "map"):
                if not isinstance(value, dict):
                    yield _("“%(name)s” must be an object: {…}.") % place
            elif word == "basic":
                if not (isinstance(value, list) and len(value) == 2):
                    yield _("“%(name)s” must be a list of user and password.") % place
            elif word == "id" and name == "inbound":
                if not (value and isinstance(value, (str, list))):
                    yield _("“%(name)s” is missing.") % place
            elif word != "json" and not isinstance(value, str):
                yield _("“%(name)s” must be text.") % place


def _inbound_problems(config, gateway):
    if "inbound" not in config and "status" not in config:
        return
    for word in ("id", "sender", "text") if "inbound" in config else ():
        if not config["inbound"].get(word):
            yield _("“%(name)s” is missing.") % {"name": f"inbound.{word}"}
    how = config.get("secret", {})
    if how.get("in") not in PLACES or not (how.get("name") or how.get("in") == "basic"):
        yield _("“secret” must say where a call shows its secret: in a header, in the query, or as basic.")
    if not secrets.of(gateway).get(secrets.INBOUND):
        yield _("SMS_SECRETS has no “inbound” for %(gateway)s, so every call would be refused.") % {
            "gateway": gateway.slug
        }


def _status_problems(config):
    words = config.get("status")
    if words is None:
        return
    if not words.get("state") or not words.get("map"):
        yield _("“status” needs “state”, where the state stands, and “map”, what its words mean.")
    if wrong := set(map(str, words.get("map", {}).values())) - set(STATES):
        yield _("“%(word)s” is no state: write sent, delivered or failed.") % {"word": sorted(wrong)[0]}


def _send_problems(config, gateway):
    how = config.get("send")
    if how is None:
        return
    named = templates.named_in({word: value for word, value in how.items() if word not in TESTS})
    keys = secrets.of(gateway)
    jwt = how.get("jwt", {})
    if jwt and not ({"header", "secret", "claims"} <= jwt.keys() and isinstance(jwt["claims"], dict)):
        yield _("“send.jwt” needs “header”, “secret” and “claims”.")
    elif jwt:
        named.add(templates.SECRET + str(jwt["secret"]))
    for name in sorted(named):
        if name.startswith(templates.SECRET):
            if name.removeprefix(templates.SECRET) not in keys:
                yield _("SMS_SECRETS has no “%(name)s” for %(gateway)s.") % {
                    "name": name.removeprefix(templates.SECRET),
                    "gateway": gateway.slug,
                }
        elif name not in templates.NAMES:
            yield _("{%(name)s} is no placeholder. There are: %(names)s.") % {
                "name": name,
                "names": ", ".join(templates.NAMES),
            }
    if "text" not in named or not {"to", "to_plain"} & named:
        yield _("“send” needs {text} and {to} or {to_plain}.")
    if "success" not in how:
        yield _("“send.success” is missing: without it nobody knows whether a text was taken.")
    if how.get("method", "POST") not in ("GET", "POST", "PUT"):
        yield _("“send.method” must be GET, POST or PUT.")
    if "json" in how and "form" in how:
        yield _("“send” has either “json” or “form”.")
    try:
        # Placeholders may stand behind the host only.
        secrets.check_address(templates.PLACEHOLDER.sub("x", how.get("url", "")))
        if templates.PLACEHOLDER.search("/".join(how["url"].split("/")[:3])):
            raise ValidationError(_("The host of the address must not be a placeholder."))
    except ValidationError as error:
        yield from error.messages
