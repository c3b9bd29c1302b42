"""Leaving quickly: out with one tap, and the Back button does not lead in again.

`/exit/` answers 303 to a neutral page and sets a short cookie; while that lives, every public page
answers 303 to the neutral page too. Public pages are `no-store`, so Back has to ask. Typing the
site's plain address (`/`) opens the site again at once. What this does not erase, the page
`/<lang>/leaving/` says.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from outreach_site import languages

COOKIE = "away"  # says nothing about us to somebody who lists cookies
COOKIE_SECONDS = 15 * 60


class SeeOther(HttpResponseRedirect):
    status_code = 303


def away():
    """Return the answer that sends a reader to the neutral page."""
    response = SeeOther(settings.EXIT_URL, headers={"Cache-Control": "no-store"})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def leave(request):
    """`/exit/`: go to the neutral page, and keep the public pages shut for a quarter of an hour."""
    response = away()
    response.set_cookie(
        COOKIE, "1", max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


class LeaveQuickly:
    """Keep public pages shut for a reader who has just left, Back button included."""

    def __init__(self, get_response):
        self.get_response = get_response
        prefix = get_script_prefix()
        self.public = tuple(f"{prefix}{language.code}/" for language in languages.LANGUAGES)

    def __call__(self, request):
        is_public = request.path_info.startswith(self.public)
        if is_public and request.COOKIES.get(COOKIE):
            return away()
        response = self.get_response(request)
        if is_public and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
