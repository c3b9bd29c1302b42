"""Whole public pages kept in the app's cache: an answer without a query.

A view marks its answer with `keep(response)`. Anything published, or any record that pages show,
bumps the generation (`forget_pages`), which makes every kept page old at once.
"""

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

KEEP_SECONDS = 300
GENERATION = "pages-generation"


def keep(response, visit=None):
    """Mark `response` as the same for every reader. `visit` names what a view of it counts as."""
    response.may_be_kept = True
    response.visit = visit
    return response


def kept(name, make):
    """Return what `make()` gives, kept under `name` until something is published or changed."""
    return cache.get_or_set(f"{cache.get(GENERATION, 0)}:{name}", make, KEEP_SECONDS)


def forget_pages(**_signal):
    """Make every kept page old, now and once the change is committed. Safe as a signal receiver."""
    _next_generation()
    # A page made between now and the commit still shows the old state.
    transaction.on_commit(_next_generation)


def _next_generation():
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, 1, timeout=None)


class PageCache:
    """Answer from the cache where nothing about the reader can change the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self.same_for_everybody(request):
            return self.get_response(request)
        key = self.key(request)
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if getattr(response, "may_be_kept", False) and response.status_code == 200:
                headers = dict(response.items())
                cache.set(key, (response.content, headers, response.visit), KEEP_SECONDS)
            return response
        content, headers, visit = kept
        response = HttpResponse(content, headers=headers)
        response.visit = visit
        return response

    @staticmethod
    def same_for_everybody(request):
        return (
            request.method in ("GET", "HEAD")
            and not request.META.get("QUERY_STRING")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )

    @staticmethod
    def key(request):
        squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
        return f"page:{cache.get(GENERATION, 0)}:{request.get_host()}:{request.path_info}:{squeezed:d}"
