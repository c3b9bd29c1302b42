"""A leaflet from the editor's draft to its readers, in two languages and not in a third."""

import json
import re

import pytest

from scripts import publishing_walk as walk
from tests.browser.conftest import WIDE

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(signed_in):
    """`staff("editor")` is the page of somebody signed in."""
    pages = {}

    def page_of(username):
        if username not in pages:
            pages[username] = signed_in(username, "/admin/", **WIDE)
            # The admin's forms are heavy, and this walk is the one that shares its machine with a busy worker.
            pages[username].set_default_timeout(45_000)
        return pages[username]

    return page_of


def states_until(page, wanted, seconds=60):
    """Read the leaflet's row of the matrix until it says `wanted`: the worker takes up a change in a moment."""
    for _second in range(seconds):
        page.goto("/admin/translations/?q=phi%C3%AAn")
        cells = page.locator("tr", has_text=walk.TITLE).first.locator(".loa-cell")
        classes = cells.evaluate_all("cells => cells.map((cell) => cell.className)")
        states = [re.search(r"loa-cell--(\w+)", names)[1] for names in classes]
        if states == wanted:
            break
        page.wait_for_timeout(1000)
    return states


def test_a_leaflet_is_approved_translated_and_goes_out_of_date(staff, demo, reader):
    anybody = reader().new_page()

    def status(code):
        return anybody.goto(f"/{code}/tai-lieu/{walk.SLUG}/").status

    demo.python(walk.TEAM)
    library = next(page["id"] for page in demo.pages if page["path"] == "/vi/tai-lieu/")

    leaflet = walk.draft(staff("editor"), library, walk.sound(demo))
    walk.submit(staff("editor"), leaflet)
    walk.decide(staff("reviewer"), leaflet, "reject", "Thêm giờ gọi.")
    assert status("vi") == 404
    walk.submit(staff("editor"), leaflet)
    walk.decide(staff("reviewer"), leaflet, "approve")
    assert status("vi") == 404
    walk.decide(staff("coordinator"), leaflet, "approve")
    assert status("vi") == 200
    assert anybody.locator("main a[href*='/file/'][download]").count() == 1
    assert anybody.locator("main audio[src*='/file/']").count() == 1

    locales = json.loads(demo.python(walk.LOCALES))
    walk.begin(staff("translator"), leaflet, locales["en"], locales["km"])
    versions = json.loads(demo.python(walk.VERSIONS, str(leaflet)))
    walk.translate(staff("translator"), versions["en"], walk.ENGLISH)
    # Half of the Khmer: no word of it is invented here, a sign stands for the first text.
    walk.translate(staff("translator"), versions["km"], ["—"])
    steps = [(name, code) for name in ("review", "approve", "publish") for code in ("en", "km")]
    people = {"review": "translator", "approve": "reviewer", "publish": "coordinator"}
    taken = [step for step in steps if walk.step(staff(people[step[0]]), versions[step[1]], step[0])]
    assert taken == [("review", "en"), ("approve", "en"), ("publish", "en")]
    assert [status(code) for code in ("vi", "en", "km")] == [200, 200, 404]

    walk.change(staff("coordinator"), leaflet, "Nghe rồi hãy đi.")
    wanted = ["original", "outdated", "translation", "missing"]
    assert states_until(staff("coordinator"), wanted) == wanted
    assert [status(code) for code in ("vi", "en", "km")] == [200, 200, 404]
