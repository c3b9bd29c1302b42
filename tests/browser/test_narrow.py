"""On a small phone no screen of the staff is wider than the frame, and a message is read whole."""

import pytest

from scripts.screens_list import PO_PREVIEW, staff
from scripts.screens_stage import bring_po
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

# Wagtail's main part hides what is wider: it could not even be pushed into view.
TOO_WIDE = """
() => [document.documentElement, ...document.querySelectorAll("main")].map((one) => one.scrollWidth - one.clientWidth)
"""
COVERED = """
() => {
  const button = document.querySelector(".sidebar-nav-toggle").getBoundingClientRect();
  const words = document.createRange();
  words.selectNodeContents(document.querySelector(".messages li"));
  return [...words.getClientRects()].filter((line) => line.left < button.right && line.top < button.bottom).length;
}
"""


@pytest.mark.parametrize("username", ["editor", "translator", "reviewer", "coordinator", "admin"])
def test_no_screen_of_a_role_is_wider_than_a_small_phone(signed_in, demo, staged, username):
    page = signed_in(username, "/admin/")
    wider = {}

    for name, address in staff(demo, staged)[username].items():
        assert page.goto(address).status == 200, address
        if name == PO_PREVIEW:
            bring_po(page, staged["po_file"])
        page.wait_for_load_state("networkidle")
        over = page.evaluate(TOO_WIDE)
        if any(pixels > 0 for pixels in over):
            wider[name] = over

    assert page.viewport_size == PHONE["viewport"]
    assert wider == {}


def test_the_columns_of_a_list_can_be_pushed_into_view(signed_in, demo, staged):
    page = signed_in("coordinator", "/admin/")
    page.goto(staff(demo, staged)["coordinator"]["hotlines"])

    last = page.locator("#listing-results th").last
    last.scroll_into_view_if_needed()

    box = last.bounding_box()
    assert box["x"] + box["width"] <= PHONE["viewport"]["width"] + 1


def test_the_button_of_the_menu_covers_no_word_of_a_message(signed_in, demo, staged):
    page = signed_in("coordinator", "/admin/")
    page.goto(staff(demo, staged)["coordinator"]["sms-gateway"])

    with page.expect_navigation():
        page.locator("main form [type=submit]").click()

    page.locator(".messages li").wait_for()
    page.wait_for_timeout(600)
    assert page.locator(".sidebar-nav-toggle").is_visible()
    assert page.evaluate(COVERED) == 0
