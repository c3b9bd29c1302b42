"""Whole addresses: those that leave the site, in a feed or a shared link."""

from django.conf import settings

from outreach_site import languages


def absolute(path):
    """Return `path` ("/vi/…") with the site's own scheme and host in front."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") and not path.startswith("//") else path


def path_of(page, request=None):
    """Return the path of a page, "" for one that has no address."""
    parts = page.get_url_parts(request)
    return parts[2] or "" if parts else ""


def default_version(codes):
    """Return which of the language `codes` is meant for a reader of any other language."""
    order = [languages.FALLBACK, *languages.BY_CODE]
    return min(codes, key=order.index)
