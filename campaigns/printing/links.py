"""Where a scanned code leads. Paper stays in the field for years, so it always leads somewhere useful."""

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from campaigns.printing.models import TrackedLink
from outreach_site import languages
from outreach_site.pages.views import best_language

# Above this depth there is only the home page, which is not about the material.
HOME_DEPTH = 2


def by_code(code):
    """Return the `TrackedLink` with `code`, typed in whatever case; None when there is none."""
    return TrackedLink.objects.select_related("campaign", "shelf").filter(code=code.strip().lower()).first()


def destination(link, accept_language, request=None):
    """Return (url, language code) of what `link` leads to for a reader who asks for `accept_language`.

    The material in her best language; when it is not published any more, its campaign; then the
    shelf on which it lay; at last the help page.
    """
    for key in _keys(link):
        pages = Page.objects.filter(translation_key=key).live().select_related("locale")
        by_language = {page.locale.language_code: page for page in pages}
        while by_language:
            code = _best(accept_language, by_language)
            # None for a page that lies outside of every site.
            url = by_language.pop(code).get_url(request)
            if url:
                return url, code
    code = best_language(accept_language, languages.BY_CODE)
    with translation.override(code):
        return reverse("help"), code


def _keys(link):
    """Yield the translation keys of what `link` may lead to, best first."""
    yield link.material_key
    if link.campaign:
        yield link.campaign.translation_key
    if link.shelf and link.shelf.depth > HOME_DEPTH:
        yield link.shelf.translation_key


def _best(accept_language, by_language):
    """Return the best of the languages there are; the site's order decides when none was asked for."""
    code = best_language(accept_language, by_language)
    if code in by_language:
        return code
    known = [language.code for language in languages.LANGUAGES if language.code in by_language]
    return "en" if "en" in known else (known or list(by_language))[0]
