"""What leaves the site by itself: nothing that not everybody may read."""

import json
import re
from datetime import date, time
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import override_settings
from wagtail.models import PageViewRestriction

from outreach_site.pages import pictures
from tests.factories import (
    AreaFactory,
    ArticlePageFactory,
    CampaignPageFactory,
    EventPageFactory,
    HotlineFactory,
    MaterialPageFactory,
    PictureFactory,
    PlainPageFactory,
    home,
    translated,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITE = settings.SITE_URL


def publish(page):
    page.save_revision().publish()
    return page


def rss(reader, code="vi"):
    return ElementTree.fromstring(reader.get(f"/{code}/feed.rss").content).find("channel")


def atom(reader, code="vi"):
    return ElementTree.fromstring(reader.get(f"/{code}/feed.atom").content)


def test_both_feeds_hold_the_newest_pages_of_their_language_with_whole_addresses(reader):
    page = publish(ArticlePageFactory(title="Đi chợ", slug="di-cho", introduction="Chợ & phiên <sớm>"))
    publish(MaterialPageFactory(title="Tờ rơi"))
    publish(PlainPageFactory(title="Giới thiệu"))
    translated(page, "en", title="To market")

    channel, feed = rss(reader), atom(reader)

    assert [item.findtext("title") for item in channel.findall("item")] == ["Tờ rơi", "Đi chợ"]
    assert channel.findall("item")[1].findtext("link") == f"{SITE}/vi/di-cho/"
    assert channel.findall("item")[1].findtext("description") == "Chợ & phiên <sớm>"
    assert channel.findtext("language") == "vi"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["Tờ rơi", "Đi chợ"]
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*", entry.findtext(f"{ATOM}updated"))
    assert feed.findtext(f"{ATOM}updated")


def test_an_entry_keeps_its_name_and_each_language_has_its_own(reader):
    page = publish(ArticlePageFactory(title="Đi chợ"))
    translated(home(), "en")
    translated(page, "en")
    name = lambda code: [item.findtext("guid") for item in rss(reader, code).findall("item")]  # noqa: E731
    before = name("vi")

    page.title = "Đi chợ sớm"
    publish(page)

    assert name("vi") == before != name("en")


def test_no_draft_and_no_private_page_is_in_a_feed_or_the_sitemap(reader):
    draft = ArticlePageFactory(title="Bản nháp", slug="ban-nhap", live=False)
    draft.save_revision()
    shelf = publish(PlainPageFactory(slug="noi-bo"))
    publish(ArticlePageFactory(parent=shelf, title="Lịch trực", slug="lich-truc"))
    gone = publish(ArticlePageFactory(title="Đã gỡ", slug="da-go"))
    gone.unpublish()
    PageViewRestriction.objects.create(page=shelf, restriction_type="login")

    everything = "".join(
        reader.get(path).content.decode() for path in ("/vi/feed.rss", "/vi/feed.atom", "/sitemap.xml")
    )

    assert [word for word in ("ban-nhap", "lich-truc", "noi-bo", "da-go") if word in everything] == []


def test_a_feed_holds_no_address_of_an_event_and_nobodys_number(reader):
    publish(
        EventPageFactory(
            title="Tập huấn",
            starts_on=date(2026, 3, 12),
            ends_on=date(2026, 3, 14),
            status="cancelled",
            place="Số 4 ngõ Kín, gặp chị Mai 0912 345 678",
            introduction="Ba ngày học.",
        )
    )

    item = rss(reader).find("item")
    text = reader.get("/vi/feed.atom").content.decode()

    assert item.findtext("description").endswith(" · 12/3/2026 – 14/3/2026 · Ba ngày học.")
    assert ("0912" in text, "Kín" in text) == (False, False)


def test_a_language_without_pages_has_an_empty_feed(reader):
    assert rss(reader, "km").findall("item") == []
    assert atom(reader, "km").findall(f"{ATOM}entry") == []


def test_signs_that_xml_cannot_hold_are_left_out(reader):
    page = publish(ArticlePageFactory(title="Đi chợ"))
    type(page).objects.filter(pk=page.pk).update(title="Đi\x0b chợ\x7f", introduction="a\x1fb")

    assert rss(reader).find("item").findtext("title") == "Đi chợ"


def test_a_feed_is_kept_and_made_anew_when_something_is_published(reader, django_assert_num_queries):
    publish(ArticlePageFactory(title="Đi chợ"))
    reader.get("/vi/feed.atom")
    with django_assert_num_queries(0):
        reader.get("/vi/feed.atom")

    publish(ArticlePageFactory(title="Ra đồng"))

    assert len(atom(reader).findall(f"{ATOM}entry")) == 2


# --- sitemap -------------------------------------------------------------------------------
def sitemap(reader):
    """Return {address: {hreflang: address}}."""
    root = ElementTree.fromstring(reader.get("/sitemap.xml").content)
    return {
        url.findtext(f"{MAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")
        }
        for url in root.findall(f"{MAP}url")
    }


def test_every_version_names_every_other_and_itself(reader):
    shelf = publish(PlainPageFactory(slug="tin-tuc"))
    page = publish(ArticlePageFactory(parent=shelf, slug="di-cho"))
    for code in ("en", "km"):
        translated(home(), code)
        translated(page, code)
    publish(ArticlePageFactory(slug="chi-tieng-viet"))

    found = sitemap(reader)

    for address, versions in found.items():
        assert address in versions.values()
        for code, other in versions.items():
            if code != "x-default":
                assert found[other] == versions, (address, code)
            assert other in found or other == f"{SITE}/"
    assert found[f"{SITE}/en/tin-tuc/di-cho/"] == {
        "vi": f"{SITE}/vi/tin-tuc/di-cho/",
        "en": f"{SITE}/en/tin-tuc/di-cho/",
        "km": f"{SITE}/km/tin-tuc/di-cho/",
        "x-default": f"{SITE}/vi/tin-tuc/di-cho/",
    }
    assert found[f"{SITE}/vi/"]["x-default"] == f"{SITE}/"
    assert set(found[f"{SITE}/hmn/help/"]) == {"vi", "en", "km", "hmn", "x-default"}


def test_the_addresses_of_the_sitemap_open(reader):
    HotlineFactory()
    publish(ArticlePageFactory(parent=publish(PlainPageFactory(slug="tin-tuc")), slug="di-cho"))

    for address in sitemap(reader):
        assert reader.get(address.removeprefix(SITE)).status_code == 200, address


def test_the_sitemap_costs_the_same_with_one_and_with_three_pages(reader, django_assert_num_queries):
    publish(ArticlePageFactory())
    reader.get("/sitemap.xml")
    publish(ArticlePageFactory())
    publish(ArticlePageFactory())

    with django_assert_num_queries(4):  # the site, its homes, private pages, all pages
        reader.get("/sitemap.xml")


def test_machines_are_told_what_to_leave_alone(reader):
    said = reader.get("/robots.txt").content.decode()

    assert "Disallow: /admin/\n" in said
    assert "Disallow: /vi/search/\n" in said
    assert f"Sitemap: {SITE}/sitemap.xml\n" in said
    with override_settings(DEBUG=True):
        assert "Disallow: /\n" in reader.get("/robots.txt").content.decode()


# --- what a page says of itself ------------------------------------------------------------
def head(reader, page):
    return reader.get(page.url).content.decode().split("</head>")[0]


def said(reader, page):
    """Return what the page says in the words of schema.org."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(reader, page))
    assert len(scripts) == 1
    return json.loads(scripts[0])


def test_the_home_page_says_who_runs_the_site_and_gives_the_number_of_the_record(reader):
    HotlineFactory(spoken="vi, hmn")
    page = publish(home())

    graph = {thing["@type"]: thing for thing in said(reader, page)["@graph"]}

    assert graph["WebSite"]["url"] == f"{SITE}/vi/"
    assert graph["Organization"]["contactPoint"] == [
        {
            "@type": "ContactPoint",
            "contactType": "hotline",
            "telephone": "111",
            "availableLanguage": ["vi", "hmn"],
        }
    ]


def test_an_article_says_what_an_article_has_to(reader):
    page = publish(ArticlePageFactory(title="Đi chợ </script><b>", day=date(2026, 3, 15)))

    found = said(reader, page)

    assert found["@type"] == "Article"
    assert found["headline"] == "Đi chợ </script><b>"
    assert found["datePublished"] == "2026-03-15"
    assert {"@context", "dateModified", "inLanguage", "url", "description"} <= set(found)


def test_an_event_says_when_and_where_and_what_became_of_it(reader):
    area = AreaFactory(parent=AreaFactory())
    page = publish(
        EventPageFactory(
            title="Tập huấn",
            starts_on=date(2026, 3, 15),
            start_time=time(8, 30),
            status="cancelled",
            place="Nhà văn hóa",
            area=area,
            organisers="Hội Phụ nữ",
        )
    )

    found = said(reader, page)

    assert {
        name: found[name] for name in ("@type", "name", "startDate", "endDate", "eventStatus", "organizer")
    } == {
        "@type": "Event",
        "name": "Tập huấn",
        "startDate": "2026-03-15T08:30+07:00",
        "endDate": "2026-03-15",
        "eventStatus": "https://schema.org/EventCancelled",
        "organizer": {"@type": "Organization", "name": "Hội Phụ nữ"},
    }
    assert found["location"] == {"@type": "Place", "name": "Nhà văn hóa", "address": str(area.place)}


@pytest.mark.parametrize(
    ("factory", "kind"),
    [(MaterialPageFactory, "CreativeWork"), (CampaignPageFactory, "WebPage"), (PlainPageFactory, "WebPage")],
)
def test_every_other_type_says_what_it_is(reader, factory, kind):
    page = publish(factory(title="Trang này"))

    found = said(reader, page)

    assert (found["@type"], found["name"], found["url"]) == (kind, "Trang này", f"{SITE}{page.url}")


def test_the_head_names_the_versions_the_feeds_and_the_address(reader):
    page = publish(ArticlePageFactory(title="Đi chợ", slug="di-cho"))
    translated(page, "en")

    found = head(reader, page)

    assert re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', found) == [
        ("vi", f"{SITE}/vi/di-cho/"),
        ("en", f"{SITE}/en/di-cho/"),
        ("x-default", f"{SITE}/vi/di-cho/"),
    ]
    assert f'<link rel="canonical" href="{SITE}/vi/di-cho/">' in found
    assert 'type="application/atom+xml" href="/vi/feed.atom"' in found
    assert 'property="og:title" content="Đi chợ"' in found


def test_a_shared_page_takes_its_picture_along_once_that_is_made(reader):
    picture = PictureFactory()
    page = publish(ArticlePageFactory(lead=picture))
    assert "og:image" not in head(reader, page)

    pictures.make_renditions(picture.pk)
    page.save_revision().publish()

    address = re.search(r'property="og:image" content="([^"]+)"', head(reader, page))[1]
    assert address.startswith(f"{SITE}/")
    assert said(reader, page)["image"] == address


def test_a_page_previewed_before_it_is_stored_has_no_address_to_tell(reader, rf):
    page = ArticlePageFactory.build(title="Mới", parent=None)
    page.locale = home().locale

    assert page.make_preview_request().status_code == 200
