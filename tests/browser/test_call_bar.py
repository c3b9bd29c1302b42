"""The way to the number, on every page."""

import pytest

from tests.browser.conftest import WIDE
from tests.browser.public import public_pages
from tests.browser.reach import Channel, reach_until, read_reach

pytestmark = pytest.mark.browser

LAST_LINE = "[...document.querySelectorAll('.site-foot > *')].at(-1).getBoundingClientRect().bottom"
BAR = "document.querySelector('.call-bar').getBoundingClientRect()"


def test_the_bar_stands_at_the_lower_edge_of_a_phone_and_covers_no_last_line(page, demo):
    for path in public_pages(demo).values():
        page.goto(path)
        assert page.evaluate(f"Math.round({BAR}.bottom)") == 640, path

        page.evaluate("scrollTo(0, document.body.scrollHeight)")

        assert page.evaluate(LAST_LINE) <= page.evaluate(f"{BAR}.top"), path
        assert page.evaluate(f"Math.round({BAR}.bottom)") == 640, path


def test_the_bar_stands_on_top_of_a_wide_screen_and_stays(reader, demo):
    page = reader(**WIDE).new_page()
    for path in public_pages(demo).values():
        page.goto(path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")

        assert page.evaluate(f"Math.round({BAR}.top)") == 0, path


def test_the_bar_never_covers_what_has_the_focus(page, demo):
    page.goto(demo.path("campaign", "vi"))
    covered = []

    for _press in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(f"""() => {{
            const one = document.activeElement, box = one.getBoundingClientRect();
            return !one.closest(".call-bar, .skip") && one !== document.body && box.top >= {BAR}.top
                && one.outerHTML.slice(0, 100)}}""")
        covered += [hidden] if hidden else []

    assert covered == []


def test_the_links_dial_and_text(page, demo):
    for path in public_pages(demo).values():
        page.goto(path)

        assert page.locator(".call-bar .call").get_attribute("href") == "tel:111", path
        assert page.locator(".call-bar .write").get_attribute("href") == "sms:8088", path


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_tap_on_the_number_counts_once(reader, signed_in, scripts):
    table = signed_in("coordinator", "/admin/reach/", **WIDE)
    before = read_reach(table).total(Channel.HOTLINE)
    page = reader(java_script_enabled=scripts).new_page()
    page.goto("/vi/help/")

    page.locator(".call-bar .call").tap()

    after = reach_until(table, lambda reach: reach.total(Channel.HOTLINE) != before)
    assert after.total(Channel.HOTLINE) == before + 1
