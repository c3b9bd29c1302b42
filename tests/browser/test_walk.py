"""From the front page to the number, from a text to the reach table."""

import pytest

from tests.browser.conftest import WIDE
from tests.browser.reach import Channel, reach_until, read_reach

pytestmark = pytest.mark.browser

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@with_and_without_scripts
def test_the_language_menu_leads_a_reader_of_khmer_to_the_number_and_out(reader, neutral, scripts):
    page = reader(java_script_enabled=scripts).new_page()
    page.goto("/vi/")

    page.click(".languages summary")
    page.click(".languages .panel a[hreflang=km]")

    assert page.url.endswith("/km/help/")
    assert page.locator("main a[href='tel:111']").first.is_visible()
    page.click(".call-bar [data-leave]")
    page.wait_for_url(neutral)


@with_and_without_scripts
def test_a_page_that_is_not_in_khmer_says_so_and_says_where_it_is(reader, demo, scripts):
    page = reader(java_script_enabled=scripts).new_page()
    article = demo.path("article", "vi").removeprefix("/vi/")

    answer = page.goto(f"/km/{article}")

    assert answer.status == 404
    # The words are Vietnamese and English until a speaker of Khmer has signed for hers; each is marked.
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("h1 [lang=km]").inner_text() == "ភាសាខ្មែរ"
    assert page.locator("h1 [lang=en]").is_visible()
    assert page.locator("main .buttons a").evaluate_all("links => links.map(one => one.pathname)") == [
        f"/vi/{article}",
        f"/en/{article}",
    ]
    assert page.locator("main a[href='tel:111']").is_visible()


def test_a_text_arrives_is_answered_and_counts_as_one_direct_contact(reader, signed_in):
    table = signed_in("coordinator", "/admin/reach/", **WIDE)
    before = read_reach(table)
    phone = reader().new_page()
    phone.goto("/phone/?n=5")
    answers = phone.locator(".text-theirs").count()

    phone.fill("#text", "DANGKY HAGIANG")
    phone.click("form[method=post] [type=submit]")
    phone.locator(".text-theirs").nth(answers).wait_for(timeout=30_000)

    after = read_reach(table)
    assert after.total(Channel.SMS) == before.total(Channel.SMS) + 1
    assert after.total("direct") == before.total("direct") + 1


def test_a_head_count_stands_in_its_commune_and_counts_once_when_sent_twice(signed_in):
    table = signed_in("coordinator", "/admin/reach/", **WIDE)
    before = read_reach(table)
    field = signed_in("fieldworker", "/field/")
    field.locator(".cards a[href*='event=']").first.click()
    choose_place(field, "xa dong van", "Xã Đồng Văn, Tỉnh Tuyên Quang")
    field.fill("[name='people_f_18-59']", "12")
    sent = field.evaluate("Object.fromEntries(new FormData(document.querySelector('[data-head-count]')))")

    field.click("[data-head-count] [type=submit]")
    field.wait_for_url("**/field/")
    field.request.post("/field/count/", form=sent)

    after = reach_until(table, lambda reach: reach.total(Channel.EVENT) != before.total(Channel.EVENT))
    assert after.in_place("Xã Đồng Văn", Channel.EVENT) == before.in_place("Xã Đồng Văn", Channel.EVENT) + 12
    assert after.total(Channel.EVENT) == before.total(Channel.EVENT) + 12


def choose_place(page, text, name):
    """Type `text` into the area chooser and choose the place that starts with `name`."""
    box = page.locator("choose-area [role=combobox]")
    box.fill("")
    box.press_sequentially(text)
    page.locator("[role=option]", has_text=name).first.click()
