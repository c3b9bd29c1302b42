"""A reader who only reads leaves nothing, meets nobody else, and sees nothing break."""

import pytest

from tests.browser.public import public_pages

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_reading_leaves_no_cookie_and_asks_nobody_else(reader, demo, scripts):
    context = reader(java_script_enabled=scripts)
    page = context.new_page()
    elsewhere, complaints = [], []
    context.on("request", lambda request: request.url.startswith(demo.url) or elsewhere.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))

    for path in public_pages(demo).values():
        answer = page.goto(path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # pictures that wait to come near
        page.wait_for_load_state("networkidle")
        if answer.status == 404:
            # Chromium's own word about the page itself.
            complaints = drop_one(complaints, "404 (Not Found)")
        assert complaints == [], path
    assert elsewhere == []
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def drop_one(lines, words):
    """Return `lines` without the first that holds `words`."""
    for place, line in enumerate(lines):
        if words in line:
            return lines[:place] + lines[place + 1 :]
    return lines


def test_no_picture_is_missing(page, demo):
    missing = []
    page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))

    for code in ("vi", "en"):
        for kind in ("home", "campaign", "material", "list of material", "article", "event"):
            page.goto(demo.path(kind, code))
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_load_state("networkidle")

    assert missing == []
