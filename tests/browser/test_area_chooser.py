"""Choosing a place by keyboard, on the form for head counts."""

import pytest

pytestmark = pytest.mark.browser


def open_form(page):
    page.locator(".cards a[href*='event=']").first.click()
    box = page.locator("choose-area input[type=text]")
    box.fill("")
    return box


def test_a_place_is_chosen_with_the_arrows(signed_in):
    page = signed_in("fieldworker", "/field/")
    box = open_form(page)

    box.press_sequentially("dong van")
    page.locator("[role=option]").nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    wanted = active.inner_text()
    assert active.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")

    assert box.input_value() == wanted
    assert page.locator("[role=listbox]").is_hidden()
    assert page.url.endswith("/field/count/") is False, "Enter chooses; it does not send the form"
    assert page.evaluate(
        "new FormData(document.querySelector('[data-head-count]')).get('area_pick')"
    ).isdigit()


def test_escape_shuts_the_list_and_keeps_the_text(signed_in):
    page = signed_in("fieldworker", "/field/")
    box = open_form(page)

    box.press_sequentially("dong van")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Escape")

    assert page.locator("[role=listbox]").is_hidden()
    assert box.input_value() == "dong van"


def test_without_scripts_the_form_asks_which_of_several_places_is_meant(signed_in):
    page = signed_in("fieldworker", "/field/", java_script_enabled=False)
    box = open_form(page)
    page.fill("[name='people_m_60+']", "1")
    box.fill("dong van")
    page.click("[data-head-count] [type=submit]")

    radios = page.locator("choose-area [type=radio]")
    assert radios.count() > 1
    assert page.locator("[name='people_m_60+']").input_value() == "1"
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    assert radios.nth(1).is_checked()
    page.click("[data-head-count] [type=submit]")

    page.wait_for_url("**/field/")
    assert page.locator(".notice").is_visible()
