"""Two people at one page, each in a browser of her own: nobody's text disappears behind the other's back."""

import re

import pytest

from tests.browser.conftest import WIDE

pytestmark = pytest.mark.browser

MAKE = """
import sys
import django
django.setup()
from outreach_site.pages.models import ArticlePage
shelf = ArticlePage.objects.filter(locale__language_code="vi").first().get_parent()
page = shelf.add_child(instance=ArticlePage(title=sys.argv[1], introduction="Chợ họp Chủ nhật.", locale=shelf.locale))
page.save_revision().publish()
print(page.pk)
"""
NEWEST = """
import sys
import django
django.setup()
from wagtail.models import Page
page = Page.objects.get(pk=sys.argv[1]).get_latest_revision_as_object()
print(page.title + "|" + page.introduction)
"""
HOTLINE = """
import django
django.setup()
from outreach_site.hotline.models import Hotline
one = Hotline.objects.filter(is_main=False, kind="call").first()
print(one.pk)
"""


@pytest.fixture
def editors(signed_in):
    """Two people who both may edit every page."""
    return [signed_in(name, "/admin/", **WIDE) for name in ("editor", "coordinator")]


def open_both(editors, address):
    for page in editors:
        page.goto(address)
        page.wait_for_load_state("networkidle")


def save(page):
    with page.expect_navigation():
        page.locator(
            "footer button.action-save, footer [data-controller~='w-progress'][type=submit]"
        ).first.click()


def newest(demo, pk):
    return demo.python(NEWEST, pk).strip()


def test_the_later_of_two_is_shown_what_changed_and_chooses(editors, demo):
    pk = demo.python(MAKE, "Chợ phiên của hai người").strip()
    open_both(editors, f"/admin/pages/{pk}/edit/")
    first, second = editors

    first.fill("#id_introduction", "Chợ họp thứ Bảy.")
    save(first)
    second.fill("#id_title", "Chợ phiên ngày mưa")
    save(second)

    assert newest(demo, pk) == "Chợ phiên của hai người|Chợ họp thứ Bảy."
    told = second.locator("main").inner_text()
    assert "đã lưu một phiên bản mới hơn lúc" in told
    assert "không mất gì" in told
    changes = second.locator("table.listing").inner_text()
    assert "hai ngườingày mưa" in changes
    assert "thứ Bảy.Chủ nhật." in changes

    with second.expect_navigation():
        second.locator("main form[method=post] button").click()
    assert newest(demo, pk) == "Chợ phiên ngày mưa|Chợ họp Chủ nhật."
    assert second.input_value("#id_title") == "Chợ phiên ngày mưa"


def test_a_lock_is_seen_taken_over_and_the_late_text_is_refused_but_kept(editors, demo):
    pk = demo.python(MAKE, "Đường lên chợ").strip()
    open_both(editors, f"/admin/pages/{pk}/edit/")
    second, first = editors
    lock(first)
    first.goto(f"/admin/pages/{pk}/edit/")
    first.wait_for_load_state("networkidle")

    second.goto(f"/admin/pages/{pk}/edit/")
    assert re.search(r"Hạnh .*đã khóa trang này cách đây", second.locator("body").inner_text())
    with second.expect_navigation():
        second.locator("[data-w-action-url-value*='take-over']").first.click()
    first.fill("#id_introduction", "Đường trơn.")
    save(first)

    assert newest(demo, pk) == "Đường lên chợ|Chợ họp Chủ nhật."
    assert first.input_value("#id_introduction") == "Đường trơn."
    refused = first.locator("body").inner_text()
    assert "Người khác đã nhận lại quyền sửa" in refused, refused
    assert re.search(r"Lan .*đã khóa trang này cách đây", refused)


def lock(page):
    """Lock the page that is open, by the switch beside it."""
    page.locator("[data-side-panel-toggle=status]").click()
    with page.expect_navigation():
        page.locator("[data-side-panel=status] label.switch:has([data-w-action-url-value*='/lock/'])").click()


def test_an_older_form_of_a_number_is_refused_too(signed_in, demo):
    pk = demo.python(HOTLINE).strip()
    people = [signed_in(name, "/admin/", **WIDE) for name in ("admin", "coordinator")]
    open_both(people, f"/admin/snippets/outreach_site/hotline/edit/{pk}/")
    first, second = people

    first.fill("#id_number", "1900 00 22")
    save(first)
    second.fill("#id_number", "1900 00 33")
    save(second)

    assert second.input_value("#id_number") == "1900 00 33"
    said = second.locator("body").inner_text()
    assert "đã lưu một phiên bản mới hơn lúc" in said
    assert "Ở bản mới hơn: “1900 00 22”" in said
    with second.expect_navigation():
        second.locator(".messages a").click()
    assert second.input_value("#id_number") == "1900 00 22"
