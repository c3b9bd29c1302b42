"""Every public page, with its versions in other languages: each names all of them, itself included."""

from dataclasses import dataclass, field
from datetime import datetime

from wagtail.models import Page

from outreach_site import languages
from outreach_site.feeds.addresses import absolute, default_version
from outreach_site.pages.views import homes

# More than this a sitemap may not hold.
MOST = 50_000


@dataclass
class Place:
    """One page in one language. `versions` is {language code: address}, "x-default" included."""

    address: str
    changed: datetime | None = None
    versions: dict = field(default_factory=dict)


def places(request):
    """Return the `Place`s of everything that search engines may show."""
    front = homes(request)
    subjects = {}
    for key, code, address, changed in _pages(front):
        subjects.setdefault(key, {})[code] = Place(address, changed)
    for view in ("help/", "leaving/"):
        subjects[view] = {code: Place(absolute(f"/{code}/{view}")) for code in languages.BY_CODE}
    found = []
    home_addresses = {absolute(f"/{code}/") for code in front}
    for subject in subjects.values():
        versions = {code: place.address for code, place in subject.items()}
        default = versions[default_version(versions)]
        versions["x-default"] = absolute("/") if default in home_addresses else default
        for place in subject.values():
            place.versions = versions
            found.append(place)
    return found[:MOST]


def _pages(front):
    """Yield (translation key, language code, address, last published) of the public pages below each home."""
    pages = Page.objects.live().public().filter(locale__language_code__in=front).order_by("path")
    rows = pages.values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    for key, code, url_path, changed in rows.iterator():
        home_path = front[code][1]
        if url_path.startswith(home_path):
            yield key, code, absolute(f"/{code}/{url_path.removeprefix(home_path)}"), changed
