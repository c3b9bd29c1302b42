"""The area chooser in Chromium: by keyboard, by pointer, without network, without JavaScript."""

import os
import re
import shutil

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.outreach_site.areas.urls")]


@pytest.fixture(scope="module")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright's own loop would make Django refuse to touch the database in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_form(live_server, two_provinces, chromium):
    contexts = []

    def go(**options):
        context = chromium.new_context(viewport={"width": 360, "height": 640}, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{live_server.url}/form/")
        return page

    yield go
    for context in contexts:
        context.close()


def type_place(page, text):
    with page.expect_response(re.compile(r"/areas/\?q=")):
        page.locator("#id_place").press_sequentially(text)
    page.get_by_role("listbox").wait_for()
    return page.get_by_role("combobox")


def send(page):
    page.get_by_role("button", name="Send").click()
    return page.locator("#key").inner_text()


def test_by_keyboard(open_form):
    page = open_form()
    box = type_place(page, "dong van")

    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-autocomplete") == "list"
    assert page.get_by_role("listbox").get_attribute("id") == box.get_attribute("aria-controls")
    assert page.get_by_role("status").inner_text() == "5 places found."
    options = page.get_by_role("option")
    assert options.first.inner_text() == "Xã Đồng Văn, Tỉnh Tuyên Quang (from 1 July 2025)"

    def active():
        marked = page.locator('[role=option][aria-selected="true"]')
        assert marked.count() == 1
        assert box.get_attribute("aria-activedescendant") == marked.get_attribute("id")
        return marked.inner_text().split(" (")[0]

    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    assert active() == "Xã Đồng Văn, Tỉnh Tuyên Quang"
    box.press("ArrowDown")
    assert active() == "Huyện Đồng Văn, Tỉnh Hà Giang"
    box.press("End")
    assert active() == "Xã Sà Phìn, Huyện Đồng Văn, Tỉnh Hà Giang"
    box.press("ArrowDown")
    assert active() == "Xã Đồng Văn, Tỉnh Tuyên Quang"
    box.press("ArrowUp")
    assert active() == "Xã Sà Phìn, Huyện Đồng Văn, Tỉnh Hà Giang"
    box.press("Home")
    box.press("ArrowDown")
    box.press("Enter")

    assert box.input_value() == "Huyện Đồng Văn, Tỉnh Hà Giang (before 1 July 2025)"
    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("status").inner_text() == ""
    assert send(page) == "pre-2025/2/026"
    assert page.faults == []


def test_escape_closes_and_keeps_the_text(open_form):
    page = open_form()
    box = type_place(page, "lung")
    box.press("ArrowDown")
    box.press("Escape")

    assert page.get_by_role("listbox").count() == 0
    assert box.input_value() == "lung"
    assert box.get_attribute("aria-activedescendant") is None


def test_by_pointer_with_room_for_a_thumb(open_form):
    page = open_form()
    type_place(page, "lung cu")
    option = page.get_by_role("option").nth(1)

    assert option.bounding_box()["height"] >= 48
    assert page.locator("#id_place").bounding_box()["height"] >= 48
    option.click()
    assert send(page) == "pre-2025/3/00715"


def test_leaving_the_box_closes_the_list(open_form):
    page = open_form()
    type_place(page, "lung cu").press("Tab")

    assert page.get_by_role("listbox").count() == 0
    assert page.get_by_label("Next").evaluate("node => node === document.activeElement")


def test_nothing_found_is_announced(open_form):
    page = open_form()
    with page.expect_response(re.compile(r"/areas/\?q=")):
        page.locator("#id_place").press_sequentially("atlantis")

    page.get_by_text("No place found.").wait_for()
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"


def test_a_text_changed_after_the_choice_is_searched_anew(open_form):
    page = open_form()
    box = type_place(page, "lung cu")
    page.get_by_role("option").first.click()
    box.fill("sung chang")

    assert send(page) == "pre-2025/3/00829"


def test_radio_buttons_go_when_the_list_was_used(open_form):
    page = open_form()
    page.locator("#id_place").fill("lung cu")
    send(page)
    assert page.get_by_role("radio").count() == 2

    page.locator("#id_place").fill("")
    type_place(page, "dong van")
    page.get_by_role("option").first.click()

    assert page.get_by_role("radio").count() == 0
    assert send(page) == "2025/2/00721"


def test_without_network_it_is_the_plain_form(open_form):
    page = open_form()
    page.route("**/areas/**", lambda route: route.abort())
    page.locator("#id_place").press_sequentially("dong van tuyen quang")
    page.wait_for_timeout(500)

    assert page.get_by_role("listbox").count() == 0
    assert send(page) == "2025/2/00721"


def test_without_javascript_it_asks_with_radio_buttons(open_form):
    page = open_form(java_script_enabled=False)
    page.locator("#id_place").fill("lung cu")
    page.get_by_role("button", name="Send").click()

    assert "Several places match. Choose one." in page.content()
    radio = page.get_by_label("Xã Lũng Cú, Huyện Đồng Văn, Tỉnh Hà Giang (before 1 July 2025)")
    assert page.locator(".area-chooser__match").first.bounding_box()["height"] >= 48
    radio.check()
    assert send(page) == "pre-2025/3/00715"
