"""A reader who only reads leaves nothing, meets nobody else, and sees nothing break."""

import pytest

from scripts.chromium import wait_for_pictures
from tests.browser.public import public_pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_reading_leaves_no_cookie_and_asks_nobody_else(reader, demo, scripts):
    context = reader(java_script_enabled=scripts)
    page = context.new_page()
    elsewhere, complaints = [], []
    context.on("request", lambda request: request.url.startswith(demo.url) or elsewhere.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.location['url']}: {said.text}"))

    for path in public_pages(demo).values():
        page.goto(path)
        wait_for_pictures(page)
        # That a page which is not there answers 404 is no complaint.
        complaints = [
            words for words in complaints if not words.startswith(f"{demo.url}{path}: Failed to load")
        ]
        assert complaints == []
    assert elsewhere == []
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_no_picture_is_missing(page, demo):
    missing = []
    page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))

    for code in ("vi", "en"):
        for kind in ("home", "campaign", "material", "list of material", "article", "event"):
            page.goto(demo.path(kind, code))
            wait_for_pictures(page)

    assert missing == []
