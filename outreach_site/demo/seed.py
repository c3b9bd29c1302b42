"""Everything in its order: areas, languages, pictures, numbers, pages, then the people."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Site

from outreach_site import languages
from outreach_site.areas import loader
from outreach_site.areas.models import Area
from outreach_site.demo import (
    cries,
    discretion,
    drawings,
    handouts,
    hotlines,
    links,
    people,
    printing,
    tree,
)
from outreach_site.demo.once import Planted
from outreach_site.pages.cache import forget_pages

SITE_NAME = "Loa (demo)"


@dataclass
class Summary:
    """What a run did. `new` counts things by kind; `notes` say what was left out, and why."""

    new: dict
    notes: list


def plant(*, accounts=None, drawing_width=None):
    """Plant the demo; what was planted before stays as it is. Returns a `Summary`.

    accounts       make the demo accounts; default: only while DEBUG is on
    drawing_width  pixels; smaller is faster, 0 draws nothing; default: as the site needs them
    """
    now = timezone.now()
    today = timezone.localdate(now)
    planted, notes = Planted(), []
    if not Area.objects.in_edition(tree.EDITION).exists():
        loader.store(loader.read(settings.AREA_DATA))
        notes.append("The areas were not loaded; they are now.")
    site = _site(planted)
    if settings.DEBUG if accounts is None else accounts:
        people.plant_accounts(planted)
    else:
        notes.append("No accounts: they are made only while DEBUG is on.")
    if drawing_width != 0:
        drawings.plant(planted, drawing_width)
    hotlines.plant(planted, site)
    cries.plant(planted)
    discretion.plant(planted)
    tree.plant(planted, site, today)
    links.plant(planted, now)
    notes += handouts.plant(planted)
    printing.plant(planted, today)
    people.plant_texts(planted, now)
    people.plant_head_counts(planted, today)
    if not any(key.startswith("head-count/") for key in planted.places):
        notes.append("No attendance: nobody has an account who could have counted it.")
    people.plant_visits(planted, today)
    forget_pages()
    return Summary(dict(planted.new), notes)


def _site(planted):
    for language in languages.LANGUAGES:
        Locale.objects.get_or_create(language_code=language.code)
    site = Site.objects.select_related("root_page__locale").get(is_default_site=True)

    def name():
        if site.site_name in ("", "Loa"):
            site.site_name = SITE_NAME
            site.save()
        return site

    planted.once("site/name", name)
    return site
