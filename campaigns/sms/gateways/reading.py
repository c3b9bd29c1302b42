"""What a call brings, before anybody took it for UTF-8, for JSON, or for true."""

import base64
import binascii
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

from django.utils import timezone

from campaigns.sms.gateways.base import Malformed

FORM = "application/x-www-form-urlencoded"
# A call that brings more is not a gateway's.
MOST_FIELDS = 1000


def pairs(request, *, query=True):
    """Return the fields of the query and of a form as [(name, bytes)], in their order."""
    parts = [request.META.get("QUERY_STRING", "").encode("latin-1", "replace")] if query else []
    if request.method == "POST" and request.content_type == FORM:
        parts.append(request.body)
    found = [pair.partition(b"=") for part in parts for pair in part.split(b"&", MOST_FIELDS) if pair]
    if len(found) > MOST_FIELDS:
        raise Malformed("there are too many fields")
    return [(ascii_of(_unquoted(name)), _unquoted(value)) for name, _equals, value in found]


def _unquoted(value):
    return unquote_to_bytes(value.replace(b"+", b" "))


def document(request):
    """Return what a call brings as nested dicts and lists: of a form, or of JSON with the query beside it.

    Bytes of a form stay bytes, to be read with `text_of`.
    """
    fields = dict(pairs(request))
    if request.method != "POST" or request.content_type == FORM or not request.body:
        return fields
    try:
        body = json.loads(request.body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise Malformed("the body is neither a form nor JSON") from None
    return {**fields, **body} if isinstance(body, dict) else body


def at(value, path):
    """Return what stands at `path` ("results.0.to"; "" is `value` itself), None when nothing does."""
    for step in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def text_of(value):
    """Return `value` as text that a database takes: what cannot be read becomes U+FFFD."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    # JSON may hold half of a surrogate pair, which no encoding takes.
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def word_of(value):
    """Return `value` as a word: an id, a number, a state."""
    return text_of(value).replace("\0", "").strip()


def ascii_of(value):
    return value.decode("ascii", "replace").replace("\0", "").strip()


def moment(word):
    """Return a Unix second or millisecond, or an ISO 8601 time, as aware datetime; None when it is neither.

    A time without a zone is of the site's.
    """
    try:
        if word.isdecimal():
            return datetime.fromtimestamp(int(word) / (1000 if len(word) > 11 else 1), UTC)
        read = datetime.fromisoformat(word)
        return read if timezone.is_aware(read) else timezone.make_aware(read)
    except (ValueError, OverflowError, OSError):
        return None


def basic_credentials(request):
    """Return b"user:password" of HTTP Basic, b"" when there is none."""
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        return base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        return b""


def same(given, wanted):
    """Return whether two secrets (text or bytes) are the same, in a time that does not tell."""
    given, wanted = (value.encode() if isinstance(value, str) else value for value in (given, wanted))
    return bool(wanted) and hmac.compare_digest(given, wanted)
