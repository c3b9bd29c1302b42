import re

import pytest
from django.utils import timezone
from wagtail.models import Locale

from outreach_site.pages.views import best_language
from tests.factories import ArticlePageFactory, HotlineFactory, PlainPageFactory, home, translated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "vi"),
        ("en-GB,en;q=0.9", "en"),
        ("km,en;q=0.5", "en"),
        ("km", "vi"),
        ("ja", "vi"),
        ("*", "vi"),
        ("q=;;;,,", "vi"),
        ("x" * 5000, "vi"),
    ],
)
def test_the_front_door_opens_in_the_best_language(reader, header, code):
    translated(home(), "en")

    answer = reader.get("/", headers={"accept-language": header} if header else {})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{code}/")
    assert "Accept-Language" in answer.headers["Vary"]
    assert reader.get(answer.headers["Location"]).status_code == 200


def test_weights_of_accept_language_count():
    assert best_language("vi;q=0.3, en;q=0.8", {"vi": 1, "en": 2}) == "en"


def test_a_page_that_is_not_in_a_language_says_so(reader):
    HotlineFactory()
    page = ArticlePageFactory(title="Đi chợ", slug="di-cho")
    translated(page, "en", title="To market")

    answer = reader.get("/km/di-cho/")
    html = answer.content.decode()

    assert answer.status_code == 404
    assert '<html lang="vi">' in html  # the language its words are in
    assert 'href="tel:111"' in html
    assert re.findall(r'<a class="button" href="([^"]+)" hreflang="(\w+)" lang="\w+">', html) == [
        ("/vi/di-cho/", "vi"),
        ("/en/di-cho/", "en"),
    ]
    assert '<span lang="en">This page is not yet in this language</span>' in html


def test_the_foot_says_which_language_its_pages_are_in(reader):
    HotlineFactory()
    PlainPageFactory(title="Giới thiệu", slug="gioi-thieu")

    khmer, vietnamese = (reader.get(f"/{code}/leaving/").content.decode() for code in ("km", "vi"))

    assert '<a href="/vi/gioi-thieu/" hreflang="vi">' in khmer
    assert '<a href="/vi/gioi-thieu/">' in vietnamese


def test_a_draft_is_in_no_menu_and_at_no_address(reader):
    page = ArticlePageFactory(slug="di-cho")
    draft = translated(page, "en")
    draft.unpublish()

    html = reader.get("/vi/di-cho/").content.decode()

    assert 'hreflang="en" lang="en" aria' not in html
    assert "/en/di-cho/" not in html
    assert reader.get("/en/di-cho/").status_code == 404


def test_the_language_menu_names_languages_in_themselves(reader):
    page = ArticlePageFactory(slug="di-cho")
    translated(page, "en")

    menu = reader.get("/vi/di-cho/").content.decode().split("<details", 1)[1].split("</details>")[0]

    exists, number_only = menu.split("</ul>", 1)
    assert [">Tiếng Việt<" in exists, ">English<" in exists, "ភាសាខ្មែរ" in exists] == [True, True, False]
    assert "/km/help/" in number_only
    assert "Hmoob" in number_only


def test_a_page_that_is_nowhere_still_gives_the_number(reader):
    HotlineFactory()

    answer = reader.get("/vi/khong-co/")

    assert answer.status_code == 404
    assert 'href="tel:111"' in answer.content.decode()


def test_an_unknown_language_is_not_found(reader):
    assert reader.get("/xx/").status_code in (302, 404)
    assert reader.get("/xx/", follow=True).status_code == 404


def test_a_reader_gets_no_cookie_and_no_page_is_stored(reader):
    page = ArticlePageFactory()

    for url in ["/", "/vi/", page.url, "/vi/help/", "/vi/leaving/", "/km/", "/vi/khong-co/"]:
        answer = reader.get(url)
        assert not answer.cookies, url
        if url != "/":
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_kept_page_costs_no_query(reader, django_assert_num_queries):
    page = ArticlePageFactory(title="Đi chợ")
    first = reader.get(page.url)

    with django_assert_num_queries(0):
        assert reader.get(page.url).content == first.content


def test_publishing_makes_kept_pages_old(reader):
    page = ArticlePageFactory(title="Đi chợ")
    reader.get(page.url)

    page.title = "Đi chợ sớm"
    page.save_revision().publish()

    assert "Đi chợ sớm" in reader.get(page.url).content.decode()


def test_a_shelf_costs_the_same_with_one_and_with_three_pages(reader, django_assert_num_queries):
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    shelf = PlainPageFactory(lists_children=True)
    costs = []
    for _round in range(2):
        for _page in range(1 if not costs else 2):
            ArticlePageFactory(parent=shelf)
        cache.clear()
        reader.get(shelf.url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            reader.get(shelf.url)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_new_sites_have_a_home_in_every_table_of_languages():
    assert set(Locale.objects.values_list("language_code", flat=True)) >= {"vi", "en", "km", "hmn"}
    assert home().locale.language_code == "vi"


def test_health(reader):
    from outreach_site.pages import health

    assert reader.get("/healthz").content == b"ok"
    assert reader.get("/readyz").status_code == 503  # nothing heard of the worker yet

    health.heartbeat()
    assert reader.get("/readyz").json()["queue"] == "ok"


def test_a_worker_that_stands_still_is_reported(reader):
    from datetime import timedelta

    from django.core.cache import cache

    from outreach_site.pages import health

    cache.set(health.HEARTBEAT, timezone.now() - timedelta(minutes=6))

    answer = reader.get("/readyz")
    assert (answer.status_code, answer.json()["queue"]) == (503, "late")
