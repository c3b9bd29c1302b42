"""What a public page asks the database: at most 15 questions the first time, none out of the cache."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from outreach_site.hotline.models import HelpCard
from tests.factories import (
    AreaFactory,
    ArticlePageFactory,
    CampaignPageFactory,
    EventPageFactory,
    HotlineFactory,
    MaterialFileFactory,
    MaterialIndexPageFactory,
    MaterialPageFactory,
    PictureFactory,
    PlainPageFactory,
    RecordingFactory,
    home,
    translated,
)

pytestmark = pytest.mark.django_db

MOST = 15


def shelf(factory):
    """A page that lists one page made by `factory`."""
    page = PlainPageFactory(title="Danh mục", lists_children=True)
    factory(parent=page)
    return page


def campaign_with_everything():
    campaign = CampaignPageFactory(keyword="NUOC", lead=PictureFactory())
    area = AreaFactory(parent=AreaFactory())
    campaign.aims.create(area=area)
    EventPageFactory(campaign=campaign, area=area)
    MaterialPageFactory(campaign=campaign, cover=PictureFactory())
    return campaign


def full_home():
    page = home()
    page.lead = PictureFactory()
    page.save_revision().publish()
    campaign_with_everything()
    return page


def event_of_a_campaign():
    return EventPageFactory(campaign=CampaignPageFactory(), area=AreaFactory(parent=AreaFactory()))


def material_with_everything():
    """A material in a campaign, with a cover and three files, one of them in another language."""
    material = MaterialPageFactory(campaign=CampaignPageFactory(), cover=PictureFactory())
    MaterialFileFactory(material=material)
    MaterialFileFactory(material=material, recording=RecordingFactory())
    MaterialFileFactory(material=material, picture=PictureFactory(), language="en")
    return material


def library():
    page = MaterialIndexPageFactory()
    MaterialPageFactory(parent=page, cover=PictureFactory())
    return page


PAGES = {
    "home": full_home,
    "plain": PlainPageFactory,
    "article": lambda: ArticlePageFactory(lead=PictureFactory()),
    "campaign": campaign_with_everything,
    "material": material_with_everything,
    "library": library,
    "event": event_of_a_campaign,
    "list of campaigns": lambda: shelf(CampaignPageFactory),
    "list of materials": lambda: shelf(MaterialPageFactory),
    "list of events": lambda: shelf(EventPageFactory),
    "list of articles": lambda: shelf(ArticlePageFactory),
}


@pytest.fixture
def number(db):
    HotlineFactory()
    HotlineFactory(kind="text", number="8088")
    translated(PlainPageFactory(slug="warm"), "en")
    HelpCard.for_site(Site.objects.get(is_default_site=True))


def forget(reader, code="vi"):
    """Forget every kept page, and warm what all pages of the language share: menu, numbers, addresses."""
    cache.clear()
    reader.get(f"/{code}/warm/")


def queries(reader, path):
    """Return the number of queries for `path`; the answer has to be a page."""
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(path)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_a_page_asks_little_and_out_of_the_cache_nothing(reader, number, make):
    path = make().url
    forget(reader)

    assert queries(reader, path) <= MOST
    assert queries(reader, path) == 0


@pytest.mark.parametrize(
    "make",
    [PAGES[name] for name in ("campaign", "event", "material", "library")],
    ids=["campaign", "event", "material", "library"],
)
def test_a_translation_asks_little_too(reader, number, make):
    path = translated(make(), "en").url
    forget(reader, "en")

    assert queries(reader, path) <= MOST
    assert queries(reader, path) == 0


@pytest.mark.parametrize("path", ["/vi/help/", "/vi/leaving/", "/km/help/"])
def test_a_view_of_the_frame_asks_little_and_out_of_the_cache_nothing(reader, number, path):
    forget(reader)

    assert queries(reader, path) <= MOST
    assert queries(reader, path) == 0


LISTED = {
    "campaigns": lambda shelf: CampaignPageFactory(parent=shelf, lead=PictureFactory()),
    "materials": lambda shelf: MaterialPageFactory(parent=shelf, cover=PictureFactory()),
    "articles": lambda shelf: ArticlePageFactory(parent=shelf, lead=PictureFactory()),
    "events": lambda shelf: EventPageFactory(parent=shelf, area=AreaFactory(parent=AreaFactory())),
}


@pytest.mark.parametrize("make", LISTED.values(), ids=LISTED)
def test_a_list_costs_the_same_with_one_and_with_three(reader, number, make):
    page = PlainPageFactory(title="Danh mục", lists_children=True)
    make(page)
    forget(reader)
    with_one = queries(reader, page.url)
    make(page)
    make(page)
    forget(reader)

    assert queries(reader, page.url) == with_one


def test_the_home_page_costs_the_same_with_one_and_with_two_of_everything(reader, number):
    full_home()
    forget(reader)
    with_one = queries(reader, "/vi/")
    other = CampaignPageFactory(keyword="RUNG", lead=PictureFactory())
    EventPageFactory(campaign=other, area=AreaFactory(parent=AreaFactory()))
    MaterialPageFactory(campaign=other, cover=PictureFactory())
    forget(reader)

    assert queries(reader, "/vi/") == with_one
