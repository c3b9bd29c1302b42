"""The short address that is printed. On paper it cannot be mended, so it is checked beforehand."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _


def of(link):
    """Return the address that the QR code of `link` holds: "https://loa.example/m/k7x2qf/"."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/m/{link.code}/"


def shown(link):
    """Return the address as people type it: without "https://" and the last slash."""
    return of(link).partition("://")[2].rstrip("/")


def trouble():
    """Return why nothing may be printed yet, in a sentence for staff; "" when all is well.

    The demo may print its own address: nobody hangs that up.
    """
    if settings.DEBUG or not _is_this_machine(urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""):
        return ""
    return _(
        "The site does not know its own address, so codes would lead nowhere: "
        "whoever runs it sets SITE_URL to the address that readers use. Nothing is printed before that."
    )


def _is_this_machine(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost") or host.endswith(".localhost")
