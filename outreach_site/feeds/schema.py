"""What a page is, in the words of schema.org. Out of what the page has in hand: no query of its own."""

import json

from django.utils.safestring import mark_safe

from outreach_site.feeds.addresses import absolute, path_of
from outreach_site.hotline import directory

ORGANISATION = "/#organisation"
# What would end the script element, or begin a comment in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of_page(page, kind="WebPage", **more):
    """Return what every page says of itself, and `more`; what is empty is left out."""
    said = {
        "@type": kind,
        "name": page.title,
        "description": page.search_description or page.introduction,
        "url": absolute(path_of(page)),
        "inLanguage": page.locale.language_code,
        "datePublished": _iso(page.first_published_at),
        "dateModified": _iso(page.last_published_at),
        **more,
    }
    return {name: value for name, value in said.items() if value}


def of_home(page):
    """Return the site and who runs it, with the number as its record says."""
    search = absolute(f"/{page.locale.language_code}/search/?q=") + "{text}"
    site = of_page(
        page,
        "WebSite",
        publisher={"@id": absolute(ORGANISATION)},
        potentialAction={"@type": "SearchAction", "target": search, "query-input": "required name=text"},
    )
    return {"@graph": [site, organisation(page.title)]}


def organisation(name):
    numbers = directory.main_numbers()
    points = [_contact_point(hotline) for hotline in (numbers.call, numbers.text) if hotline]
    said = {"@type": "Organization", "@id": absolute(ORGANISATION), "name": name, "url": absolute("/")}
    return said | ({"contactPoint": points} if points else {})


def _contact_point(hotline):
    point = {"@type": "ContactPoint", "contactType": "hotline", "telephone": hotline.dialled}
    spoken = [getattr(language, "code", language) for language in hotline.languages_spoken]
    return point | ({"availableLanguage": spoken} if spoken else {})


def script(said):
    """Return `said` as the element in which machines look for it."""
    text = json.dumps({"@context": "https://schema.org"} | said, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')


def _iso(moment):
    return moment.isoformat(timespec="seconds") if moment else None
