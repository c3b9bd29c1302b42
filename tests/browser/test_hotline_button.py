"""A number put into a text by the editor's button is the record's: readers call what the record says today."""

import re

import pytest

from scripts import publishing_walk as walk
from tests.browser.conftest import WIDE

pytestmark = pytest.mark.browser

MAKE = """
import django
django.setup()
from outreach_site.hotline.models import Hotline
from outreach_site.pages.models import ArticlePage
shelf = ArticlePage.objects.filter(locale__language_code="vi").first().get_parent()
page = shelf.add_child(instance=ArticlePage(
    title="Số gọi trong câu", body=[("text", "<p>Hãy gọi</p>")], locale=shelf.locale, live=False
))
page.save_revision()
one = Hotline.objects.filter(is_main=False, kind="call").first()
one.pk, one.number = None, "1800 55 44"
one.save()
print(one.pk, page.pk, page.get_url_parts()[2])
"""


def save(page):
    with page.expect_navigation():
        page.locator("footer [type=submit]").first.click()


def test_the_button_puts_in_a_record_and_the_page_follows_it(signed_in, demo, reader):
    hotline, pk, address = demo.python(MAKE).split()
    editor = signed_in("coordinator", "/admin/", **WIDE)
    editor.set_default_timeout(45_000)
    editor.goto(f"/admin/pages/{pk}/edit/")
    box = editor.locator("[contenteditable=true][role=textbox]").first
    box.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" x")
    # The bar comes with something marked, which the number replaces.
    editor.keyboard.press("Shift+ArrowLeft")

    editor.locator("button[name=HOTLINE]").first.click()
    window = editor.locator(".modal-dialog")
    window.locator(f"a[data-chooser-modal-choice][href$='/{hotline}/']").click()
    window.wait_for(state="detached")
    assert box.inner_text().strip() == "Hãy gọi 1800 55 44"
    button = walk.more_actions(editor, "button[name='action-publish']")
    with editor.expect_navigation():
        button.click()

    anybody = reader().new_page()
    assert anybody.goto(address).status == 200
    link = anybody.locator("main a[href='tel:18005544']", has_text="1800 55 44")
    assert link.count() == 1
    assert anybody.locator("main p", has_text="Hãy gọi").inner_text() == "Hãy gọi 1800 55 44"

    editor.goto(f"/admin/snippets/outreach_site/hotline/edit/{hotline}/")
    editor.fill("#id_number", "1800 66 77")
    save(editor)
    anybody.goto(address)
    assert anybody.locator("main a[href='tel:18006677']").inner_text() == "1800 66 77"
    assert "1800 55 44" not in anybody.content()
    # Whoever opens the page to edit it sees the record of today by its name.
    editor.goto(f"/admin/pages/{pk}/edit/")
    told = editor.locator("[contenteditable=true] .TooltipEntity").first.get_attribute("title")
    assert re.match("1800 66 77", told)
