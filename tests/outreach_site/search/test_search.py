"""What a reader gets for what she typed."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outreach_site.hotline.models import Organisation
from outreach_site.search import query
from outreach_site.search.models import SearchEntry, SearchWord
from tests.factories import ArticlePageFactory, EventPageFactory, HotlineFactory, home, translated

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()
    return page


@pytest.fixture
def market():
    """An article in Vietnamese and English, and a number."""
    HotlineFactory()
    page = ArticlePageFactory(
        title="Chiến dịch đường biên",
        slug="di-xa",
        introduction="Trước khi đi xa, hãy nói với người nhà.",
        live=False,
    )
    publish(page)
    translated(page, "en", title="Border campaign", introduction="Before you travel far, tell your family.")
    return page


def test_postgresql_asks_its_index_and_never_reads_all_entries(market):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's FTS5 has no other way than its index; make test-postgres runs this")

    with CaptureQueriesContext(connection) as asked:
        query.find("chiến dịch", language="vi")
    question = next(one["sql"] for one in asked.captured_queries if "to_tsquery" in one["sql"])

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {question.replace('%', '%%')}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'outreach_site_searchindex'")
        assert cursor.fetchone() == (["fastupdate=off"],)
    assert "outreach_site_searchindex" in plan


def titles(reader, text, path="/vi/search/", **more):
    html = reader.get(path, {"q": text, **more}).content.decode()
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r"(?s)<h2[^>]*>(.*?)</h2>", html)]


@pytest.mark.parametrize(
    "typed",
    [
        "chiến dịch",
        "CHIEN DICH",
        "chien  dich!",
        "chieens dichj",
        "chie6n1 dich5",
        "ddi xa",
        "dduwowngf",
        "đuờng bien",
        "duowng bieen",
        "người nhà",
        "nguowfi nhaf",
        "truowcs khi ddi xa",
        "duoong bien",
        "chien dihc",
        "nguoiw nha",
        "chien dich khongco",
    ],
)
def test_she_finds_it_as_her_keyboard_wrote_it(reader, market, typed):
    assert titles(reader, typed)[0] == "Chiến dịch đường biên"


@pytest.mark.parametrize("typed", ["campain", "borders", "bordr", "camapign", "famly"])
def test_one_letter_may_slip_and_a_word_may_end_otherwise(reader, market, typed):
    assert titles(reader, typed, "/en/search/") == ["Border campaign"]


def test_close_is_not_passed_off_as_exact(reader, market):
    close = reader.get("/en/search/", {"q": "campain"}).content.decode()
    exact = reader.get("/en/search/", {"q": "campaign"}).content.decode()

    assert "Nothing matches exactly" in close
    assert "Nothing matches exactly" not in exact


def test_a_number_is_found_by_its_digits(reader, market):
    publish(ArticlePageFactory(title="Gọi 111 khi cần", introduction="Số 111, 111, 111."))

    html = reader.get("/vi/search/", {"q": "111"}).content.decode()

    assert titles(reader, "111") == ["111 · Tổng đài quốc gia", "Gọi 111 khi cần"]
    assert 'href="tel:111"' in html.split('<ol class="found"')[1]


def test_a_number_that_is_not_in_use_is_not_offered(reader):
    yesterday = timezone.localdate() - timedelta(days=1)
    HotlineFactory(number="18001567", is_main=False, valid_to=yesterday)

    assert titles(reader, "18001567") == []


def test_her_own_language_comes_first_and_others_are_marked(reader, market):
    other = publish(ArticlePageFactory(title="Border gate", introduction="Cửa khẩu"))

    answer = reader.get("/en/search/", {"q": "border"}).content.decode().split('<ol class="found"')[1]

    assert [*titles(reader, "border", "/en/search/")] == ["Border campaign", "Border gate"]
    assert f'<h2 lang="vi"><a href="{other.url}"><mark>Border</mark> gate</a></h2>' in answer
    assert '<span lang="vi">Tiếng Việt</span>' in answer


def test_a_page_stands_there_once_however_many_languages_match(reader, market):
    publish(EventPageFactory(title="Radio"))

    assert titles(reader, "radio", "/en/search/") == ["Radio"]
    translated(EventPageFactory(title="Loa radio"), "en", title="Radio speaker")
    assert titles(reader, "radio speaker", "/vi/search/") == ["Radio speaker"]


def test_a_language_without_content_says_so(reader, market):
    html = reader.get("/hmn/search/", {"q": "chien dich"}).content.decode()

    assert '<html lang="vi">' in html
    assert '<span lang="hmn">Hmoob</span>' in html.split("<main")[1]
    assert "Chiến dịch" in re.sub(r"</?mark>", "", html)


def test_hits_are_marked_as_they_were_written_and_nothing_else_is_html(reader):
    publish(
        ArticlePageFactory(
            title="Đi <xa> & về", introduction="<script>alert(1)</script> Trước khi đi xa, hãy hỏi."
        )
    )

    html = reader.get("/vi/search/", {"q": "di xa"}).content.decode()

    assert "<mark>Đi</mark> &lt;<mark>xa</mark>&gt; &amp; về" in html
    assert "Trước khi <mark>đi</mark> <mark>xa</mark>, hãy hỏi." in html
    assert "<script>alert" not in html


def test_the_excerpt_is_around_the_hit(reader):
    filler = "Một câu dài để lấp chỗ trống trong bài. " * 40
    publish(ArticlePageFactory(title="Bài dài", body=[("text", f"<p>{filler}con trâu trắng {filler}</p>")]))

    html = reader.get("/vi/search/", {"q": "trau trang"}).content.decode()

    excerpt = html.split("<mark>trâu</mark> <mark>trắng</mark>")
    assert len(excerpt) == 2
    assert len(html) < 12_000


def test_khmer_is_found_inside_of_a_sentence_and_marked(reader):
    page = publish(ArticlePageFactory(title="Trợ giúp", slug="tro-giup"))
    translated(page, "km", title="សូមជួយខ្ញុំ")

    html = reader.get("/km/search/", {"q": "ជួយ"}).content.decode()

    assert "សូម<mark>ជួយ</mark>ខ្ញុំ" in html


def test_filters_are_plain_fields(reader, market):
    publish(EventPageFactory(title="Chiến dịch ra quân"))

    assert titles(reader, "chien dich", kind="event") == ["Chiến dịch ra quân"]
    assert titles(reader, "campaign", **{"in": "en"}) == ["Border campaign"]
    assert titles(reader, "campaign", **{"in": "vi"}) == []
    assert len(titles(reader, "chien dich", kind="nonsense", **{"in": "xx"})) == 2


def test_more_than_a_page_is_turned(reader):
    for number in range(12):
        publish(ArticlePageFactory(title=f"Bản tin {number}"))

    first, last = titles(reader, "ban tin"), titles(reader, "ban tin", page=2)

    assert (len(first), len(last), len({*first, *last})) == (10, 2, 12)
    assert 'href="?q=ban+tin&amp;page=2"' in reader.get("/vi/search/", {"q": "ban tin"}).content.decode()
    for page in ("0", "-1", "x", "99", "٣", "9" * 50):
        assert reader.get("/vi/search/", {"q": "ban tin", "page": page}).status_code == 200


@pytest.mark.parametrize("typed", ["", "   ", "khongcogica", "zzz yyy xxx"])
def test_with_nothing_found_there_is_still_the_number_and_the_help(reader, market, typed):
    html = reader.get("/vi/search/", {"q": typed}).content.decode().split("<main")[1].split("</main>")[0]

    assert 'href="tel:111"' in html
    assert 'href="/vi/help/"' in html


@pytest.mark.parametrize(
    ("query_string", "answer"),
    [
        ("q=" + "x" * 2000, "too long"),
        ("q=" + "chien+" * 300, "too long"),
        ("q=%00", "Search"),
        ("q=a%00b", "Nothing found"),
        ("q=%ff%fe%c3", "write a word"),
        ("q=%21%3F", "write a word"),
        ("q=%22", "write a word"),
        ("q=%27+OR+1%3D1+--", "Nothing found"),
        ("q=NEAR(a+b)+AND+NOT+*", "Nothing found"),
        ("q=%F0%9F%98%80", "write a word"),
        ("q=a&q=b&kind=%00&in=%00&page=%00", "Nothing found"),
        ("q=" + "a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v", "Nothing found"),
    ],
)
def test_whatever_is_typed_gets_a_clear_answer(reader, query_string, answer):
    HotlineFactory()

    found = reader.get(f"/en/search/?{query_string}")

    assert found.status_code == 200
    html = found.content.decode()
    assert answer in html
    assert 'href="tel:111"' in html.split("<main")[1]


def test_what_was_typed_is_kept_nowhere(reader, market, caplog):
    caplog.set_level(logging.DEBUG)
    counted = [SearchEntry.objects.count(), SearchWord.objects.count()]

    answer = reader.get("/vi/search/", {"q": "bimatcuatoi"})

    assert "bimatcuatoi" not in caplog.text.replace(str(connection.queries_log), "")
    assert [SearchEntry.objects.count(), SearchWord.objects.count()] == counted
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not answer.cookies
    assert not getattr(answer, "may_be_kept", False)
    assert not getattr(answer, "visit", None)


def test_only_reading_is_answered(reader):
    assert reader.post("/vi/search/", {"q": "x"}).status_code == 405


def test_ten_results_cost_the_same_queries_as_one(reader):
    HotlineFactory()
    costs = []
    for number in range(10):
        publish(ArticlePageFactory(title=f"Bản tin {number}"))
        if number in (0, 9):
            reader.get("/vi/search/", {"q": "ban tin"})
            with CaptureQueriesContext(connection) as asked:
                reader.get("/vi/search/", {"q": "ban tin"})
            costs.append(len(asked))

    assert costs[0] == costs[1] <= 8


def test_an_organisation_without_a_number_leads_to_the_help_page(reader):
    Organisation.objects.create(name={"vi": "Phòng tham vấn"}, services={"vi": "Tham vấn tâm lý miễn phí"})

    html = reader.get("/vi/search/", {"q": "tham vấn"}).content.decode().split('<ol class="found"')[1]

    assert 'href="/vi/help/"' in html
    assert "<mark>Tham</mark> <mark>vấn</mark> tâm lý" in html


def test_every_page_with_a_menu_and_a_missing_one_lead_to_the_search(reader):
    publish(home())

    assert 'href="/vi/search/"' in reader.get("/vi/").content.decode()
    assert 'action="/vi/search/"' in reader.get("/vi/khong-co/").content.decode()
    assert "/search/" not in reader.get("/vi/help/").content.decode()


def test_it_is_asked_within_limits():
    assert query.find("", language="vi").hits == []
    assert query.find("!!!", language="vi").hits == []


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_home_page_asks_what_she_looks_for(reader, market, code):
    html = reader.get(f"/{code}/").content.decode()

    assert f'<form class="search-box" action="/{code}/search/" role="search"' in html
    assert '<label for="q">' in html
    assert 'id="q" type="search" name="q"' in html
