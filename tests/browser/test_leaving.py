"""Leaving quickly: one tap, and the Back button does not lead in again."""

import pytest

pytestmark = pytest.mark.browser

scripts_on_and_off = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
OURS = ".call-bar, .site-head, main#content"


def place(demo, kind):
    return "/vi/help/" if kind == "help" else demo.path(kind, "vi")


def assert_nothing_of_ours(page, demo):
    assert not page.url.startswith(demo.url), page.url
    assert page.locator(OURS).count() == 0


@scripts_on_and_off
@pytest.mark.parametrize("kind", ["help", "campaign", "article"])
def test_back_never_leads_in_again(reader, demo, neutral, kind, scripts):
    page = reader(java_script_enabled=scripts).new_page()
    page.goto("/vi/")
    page.goto(demo.path("list of article", "vi"))
    page.goto(place(demo, kind))

    page.click(".call-bar [data-leave]")
    page.wait_for_url(neutral)

    for _press in range(3):
        page.go_back()
        assert_nothing_of_ours(page, demo)


@scripts_on_and_off
def test_a_page_reached_by_links_is_shut_too(reader, demo, neutral, scripts):
    page = reader(java_script_enabled=scripts).new_page()
    page.goto("/vi/")
    page.locator("main .cards a").first.click()
    page.wait_for_load_state()

    page.click(".call-bar [data-leave]")
    page.wait_for_url(neutral)
    page.go_back()

    assert_nothing_of_ours(page, demo)


def test_three_times_shift_leaves(page, demo, neutral):
    page.goto(demo.path("campaign", "vi"))

    for _press in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url(neutral)


@pytest.mark.parametrize(
    "keys", ["Control+Shift", "Alt+Shift", "Shift+A"], ids=["ctrl", "alt", "capital letters"]
)
def test_shift_together_with_another_key_does_not_leave(page, demo, keys):
    path = demo.path("campaign", "vi")
    page.goto(path)

    for _press in range(4):
        page.keyboard.press(keys)
    page.wait_for_timeout(500)

    assert page.url == demo.url + path


@scripts_on_and_off
def test_leaving_is_two_tabs_away(reader, demo, neutral, scripts):
    page = reader(java_script_enabled=scripts).new_page()
    page.goto(demo.path("article", "vi"))

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")

    assert focused.get_attribute("href") == "/exit/"
    box = focused.bounding_box()
    assert box["x"] >= 0, "whoever sees must see where the focus is"
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url(neutral)


@scripts_on_and_off
def test_the_plain_address_opens_the_site_again(reader, demo, neutral, scripts):
    context = reader(java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/vi/help/")
    page.click(".call-bar [data-leave]")
    page.wait_for_url(neutral)
    assert [(cookie["name"], cookie["httpOnly"]) for cookie in context.cookies()] == [("away", True)]

    page.goto("/")

    assert page.url == f"{demo.url}/vi/"
    assert page.locator(".call-bar").is_visible()
    assert context.cookies() == []
    page.goto(demo.path("article", "vi"))
    assert page.locator(".call-bar").is_visible()
