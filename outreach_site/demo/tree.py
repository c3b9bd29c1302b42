"""Sheets become pages: the original in Vietnamese, its translation in English, both published."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Locale

from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialPage, Topic
from campaigns.pages.models import CampaignArea, CampaignPage, CampaignPartner
from campaigns.pages.targets import CampaignTarget
from events.pages.models import EventPage
from outreach_site.areas.models import Area
from outreach_site.demo import campaigns, events, materials, pages
from outreach_site.demo.sheets import blocks
from outreach_site.pages.models import ArticlePage, PlainPage

EDITION = "2025"
ORIGINAL, TRANSLATION = "vi", "en"


def plant(planted, site, today):
    """Plant all pages. Dates are counted from `today`."""
    home = site.root_page.specific
    _home(planted, home)
    shelf = _page(planted, pages.CAMPAIGNS, PlainPage, home, pages.CAMPAIGNS.facts)
    for leaf in campaigns.CAMPAIGNS:
        _page(
            planted,
            leaf,
            CampaignPage,
            shelf,
            _campaign_facts(leaf, today),
            finish=_aim(planted, leaf, today),
        )
    shelf = _page(planted, pages.MATERIALS, MaterialIndexPage, home, pages.MATERIALS.facts)
    _topics(planted)
    for leaf in materials.MATERIALS:
        _page(
            planted, leaf, MaterialPage, shelf, _material_facts(planted, leaf), finish=_relate(planted, leaf)
        )
    shelf = _page(planted, pages.EVENTS, PlainPage, home, pages.EVENTS.facts)
    for leaf in events.EVENTS:
        _page(planted, leaf, EventPage, shelf, _event_facts(planted, leaf, today))
    shelf = _page(planted, pages.NEWS, PlainPage, home, pages.NEWS.facts)
    for leaf in pages.ARTICLES:
        day = today - timedelta(days=leaf.facts["days_ago"])
        _page(planted, leaf, ArticlePage, shelf, {"day": day})
    _page(planted, pages.ABOUT, PlainPage, home, pages.ABOUT.facts)


def area(province, place=""):
    """Return the area named "Xã Đồng Văn" of "Tỉnh Tuyên Quang", or the province itself.

    Raises Area.DoesNotExist when the areas of that edition are not loaded.
    """
    top = Area.objects.in_edition(EDITION).get(level=1, full_name=province)
    return Area.objects.within(top).get(full_name=place) if place else top


# --- facts of each type --------------------------------------------------------------------
def _campaign_facts(leaf, today):
    return {
        "keyword": leaf.facts["keyword"],
        "starts_on": today - timedelta(weeks=leaf.facts["weeks_ago"]),
        "ends_on": today + timedelta(weeks=leaf.facts["weeks_left"]),
    }


def _aim(planted, leaf, today):
    """Return what gives the original campaign page its areas, partners and targets."""

    def aim(page):
        page.aims = [CampaignArea(area=area(*place)) for place in leaf.facts["places"]]
        found = [planted.find(f"organisation/{key}") for key in leaf.facts["partners"]]
        page.partners = [CampaignPartner(organisation=partner) for partner in found if partner]
        page.targets = [
            CampaignTarget(
                indicator=indicator,
                people=people,
                area=area(*place) if place else None,
                number=number,
                due_on=today + timedelta(weeks=weeks),
            )
            for indicator, people, place, number, weeks in leaf.facts["targets"]
        ]

    return aim


def _material_facts(planted, leaf):
    campaign = planted.find(f"page/{leaf.facts['campaign']}/{ORIGINAL}")
    return {"kind": leaf.facts["kind"], "campaign": campaign, "licence": MaterialPage.Licence.COPY}


def _topics(planted):
    for order, (key, name) in enumerate(materials.TOPICS.items()):
        planted.once(f"topic/{key}", lambda n=name, o=order: Topic.objects.create(name=n, order=o))


def _relate(planted, leaf):
    """Return what gives the original material its topics and the other campaigns that show it."""

    def relate(page):
        topics = [planted.find(f"topic/{key}") for key in leaf.facts["topics"]]
        lent = [planted.find(f"page/{slug}/{ORIGINAL}") for slug in leaf.facts.get("also_in", [])]
        page.topics = [topic for topic in topics if topic]
        page.also_in = [campaign for campaign in lent if campaign]

    return relate


def _event_facts(planted, leaf, today):
    facts = leaf.facts
    starts_on = events.first_day(facts, today)
    start_time, end_time = facts.get("hours", (None, None))
    return {
        "kind": facts["kind"],
        "status": facts.get("status", EventPage.Status.CONFIRMED),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=facts.get("lasts", 1) - 1),
        "start_time": start_time,
        "end_time": end_time,
        "area": area(*facts["area"]),
        "campaign": planted.find(f"page/{facts.get('campaign')}/{ORIGINAL}"),
    }


# --- planting ------------------------------------------------------------------------------
def _home(planted, home):
    """Fill the home page that every site begins with, unless staff did, and translate it."""

    def fill():
        if not home.introduction:
            home.lead = planted.find("picture/mountains")
            home.seo_title = "Loa (demo)"
            _publish(planted, home, pages.HOME[ORIGINAL])
        return home

    def translate():
        if home.has_translation(_locale(TRANSLATION)):
            return home.get_translation(_locale(TRANSLATION))
        page = home.copy_for_translation(_locale(TRANSLATION))
        _publish(planted, page, pages.HOME[TRANSLATION])
        return page

    planted.once(f"page/home/{ORIGINAL}", fill)
    planted.once(f"page/home/{TRANSLATION}", translate)


def _page(planted, leaf, model, parent, facts, finish=None):
    """Plant the page of `leaf` in both languages; return the original, None once staff deleted it."""
    uses = {name: planted.find(key) for name, key in leaf.uses.items()}

    def write():
        if parent is None:
            return None
        page = model(
            title=leaf.sheets[ORIGINAL].title,
            slug=leaf.slug,
            locale=parent.locale,
            translation_key=uuid5(NAMESPACE_URL, f"loa-demo/{leaf.slug}"),
            live=False,
            **facts,
            **uses,
        )
        if finish:
            finish(page)
        _set(planted, page, leaf.sheets[ORIGINAL])
        parent.add_child(instance=page)
        page.save_revision().publish()
        return page

    original = planted.once(f"page/{leaf.slug}/{ORIGINAL}", write)

    def translate():
        locale = _locale(TRANSLATION)
        if original is None or not original.get_parent().has_translation(locale):
            return None
        page = original.copy_for_translation(locale)
        _publish(planted, page, leaf.sheets[TRANSLATION])
        return page

    planted.once(f"page/{leaf.slug}/{TRANSLATION}", translate)
    return original


def _set(planted, page, sheet):
    page.title = page.draft_title = sheet.title
    page.introduction = sheet.introduction
    page.body = blocks(sheet.body, planted)
    for name, value in sheet.more.items():
        setattr(page, name, value)


def _publish(planted, page, sheet):
    _set(planted, page, sheet)
    page.save_revision().publish()


def _locale(code):
    return Locale.objects.get(language_code=code)
