"""Keys of providers, and the hosts they may be sent to: both from the environment, never from a row."""

import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

INBOUND = "inbound"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def of(gateway):
    """Return the keys of `gateway`, by name: {"inbound": "…", "api_key": "…"}."""
    return settings.SMS_SECRETS.get(gateway.slug, {})


def token(gateway, uid):
    """Return the word by which a provider shows that we asked it for a report on text `uid`."""
    key = of(gateway).get(INBOUND, "")
    return hmac.new(key.encode(), f"report:{uid}".encode(), "sha256").hexdigest()[:32] if key else ""


def report_url(gateway, uid):
    """Return where the provider is to report on text `uid`."""
    return f"{public_url(gateway, 'status')}?msg={uid}&token={token(gateway, uid)}"


def public_url(gateway, path):
    return f"{settings.SITE_URL}/sms/{gateway.slug}/{path}"


def check_address(url):
    """Raise ValidationError unless texts and keys may be sent to `url`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise ValidationError(_("“%(url)s” is no address.") % {"url": url})
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValidationError(_("The address to send to must begin with https://."))
    if parts.username or parts.password:
        raise ValidationError(_("A key stands in the address; name it as {secret.…} instead."))
    names = {host} if port in (None, 443) else set()
    if not ({f"{host}:{port}", *names} & {name.lower() for name in settings.SMS_HOSTS}):
        raise ValidationError(_("“%(host)s” is not among the hosts in SMS_HOSTS.") % {"host": host})


def may_call(url):
    """Return whether texts and keys may be sent to `url`; asked before each call, rows can be edited."""
    try:
        check_address(url)
    except ValidationError:
        return False
    return True
