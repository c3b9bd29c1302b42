"""The report of words: each language's words add up, and each stands where it belongs."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outreach_site.translation import changes, steps, words
from tests.factories import ArticlePageFactory, UserFactory, home, reads_english
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db

# "Chợ phiên", "Chợ họp sáng Chủ nhật.", "Gọi đường dây nóng khi cần."
ARTICLE = 2 + 5 + 6


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def administrator(db):
    home().save_revision().publish()
    return UserFactory(is_superuser=True, is_staff=True)


def line(user, code, **facts):
    return next(line for line in words.report(user, **facts) if line.code == code)


def numbers(line):
    return line.translated, line.machine, line.outdated, line.missing


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("một hai", 2), ("<b>một</b> hai", 2), ("một<br/>hai", 2), ('Gọi <a id="a1">111</a>.', 2)],
)
def test_a_word_is_what_stands_between_two_spaces(text, number):
    assert words.count(text) == number


def test_of_a_page_that_nobody_began_all_words_are_missing(administrator):
    before = line(administrator, "km").missing
    stage.article()

    after = line(administrator, "km")
    assert after.missing == before + ARTICLE
    assert after.words == sum(numbers(after))
    # It is written in Vietnamese: there is nothing to translate into that.
    assert line(administrator, "vi").words == 0


def test_words_move_from_missing_to_translated_as_they_are_translated(administrator):
    page = stage.article()
    before = line(administrator, "km")
    record = stage.into(page)
    assert line(administrator, "km").missing == before.missing

    stage.fill(record, leave_out=1)
    translated, _machine, _outdated, missing = numbers(line(administrator, "km"))
    assert 0 < translated < ARTICLE
    assert translated + missing == before.missing


def test_a_machines_words_are_no_translation_until_a_person_has_gone_over_them(administrator):
    record = stage.fill(stage.into(stage.article()), kind="machine")
    work = steps.work_of(record)
    work.is_machine_made = True
    work.save()

    assert numbers(line(administrator, "km"))[:2] == (0, ARTICLE)


def test_what_changed_in_the_source_since_approval_is_out_of_date(administrator):
    page = stage.article()
    stage.approved(page)
    assert line(administrator, "km").translated == ARTICLE

    page.introduction = "Chợ họp sáng thứ Bảy, đông vui lắm."
    page.save_revision().publish()
    changes.sweep()

    after = line(administrator, "km")
    assert (after.outdated, after.translated) == (8, ARTICLE - 5)


def test_drafts_do_not_count(administrator):
    before = line(administrator, "km").words
    ArticlePageFactory(live=False)

    assert line(administrator, "km").words == before


def test_the_report_costs_the_same_with_many_pages(administrator):
    def cost():
        words.report(administrator)
        with CaptureQueriesContext(connection) as queries:
            words.report(administrator)
        return len(queries)

    stage.into(stage.article())
    few = cost()
    for number in range(5):
        stage.into(stage.article(title=f"Bài {number}", slug=f"bai-{number}"))
        stage.article(title=f"Tin {number}", slug=f"tin-{number}")

    assert cost() == few
    assert few <= 20


def test_the_screen_and_the_table_say_the_same(administrator):
    stage.article()
    reads_english(administrator)
    client = Client()
    client.force_login(administrator)

    page = client.get("/admin/translations/words/").content.decode()
    table = client.get("/admin/translations/words/?as=csv").content.decode()

    missing = line(administrator, "km").missing
    assert f"<td>{missing}</td>" in page
    assert table.startswith("\ufeffLanguage,Pages,Words")
    assert f",0,0,0,{missing}\r\n" in table


def test_a_campaign_narrows_the_report_to_what_belongs_to_it(administrator):
    stage.article()

    assert line(administrator, "km", campaign=999_999).words == 0
