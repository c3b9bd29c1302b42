"""Placeholders of a configured call: {to}, {text}, {secret.api_key} and so on."""

import re
import time
from urllib.parse import quote

from campaigns.sms import segments
from campaigns.sms.gateways import secrets

PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_.]+)\}")
NAMES = ("uid", "to", "to_plain", "sender", "text", "unicode", "now", "expires", "report_url")
SECRET = "secret."
# How long a signed token is good for.
EXPIRES_SECONDS = 600


def values(outgoing, gateway):
    """Return the values of the placeholders for one text.

    to        "+84912345678"        to_plain    without the plus
    unicode   1 or 0                now, expires  Unix seconds
    """
    now = int(time.time())
    found = {
        "uid": str(outgoing.uid),
        "to": outgoing.to,
        "to_plain": outgoing.to.lstrip("+"),
        "sender": outgoing.sender,
        "text": outgoing.text,
        "unicode": int(outgoing.coding == segments.UCS2),
        "now": now,
        "expires": now + EXPIRES_SECONDS,
        "report_url": secrets.report_url(gateway, outgoing.uid),
    }
    return {**found, **{SECRET + name: key for name, key in secrets.of(gateway).items()}}


def filled(template, known, *, in_address=False):
    """Return `template` (nested dicts, lists and strings) with its placeholders filled.

    A string that is one placeholder and nothing else becomes what the placeholder holds, a number too.
    Raises KeyError for a placeholder that has no value.
    """
    if isinstance(template, dict):
        return {name: filled(value, known) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, known) for value in template]
    if not isinstance(template, str):
        return template
    alone = PLACEHOLDER.fullmatch(template)
    if alone and not in_address:
        return known[alone[1]]
    # In an address everything is quoted, or a text could add parameters of its own.
    shape = (lambda value: quote(str(value), safe="")) if in_address else str
    return PLACEHOLDER.sub(lambda found: shape(known[found[1]]), template)


def named_in(template):
    """Return the placeholders that `template` names."""
    if isinstance(template, dict):
        return {name for value in template.values() for name in named_in(value)}
    if isinstance(template, list):
        return {name for value in template for name in named_in(value)}
    return set(PLACEHOLDER.findall(template)) if isinstance(template, str) else set()
