"""A page on paper: the number on top, the text, no menus; nothing wider than the sheet."""

import pypdfium2
import pytest

from tests.browser.public import WRITTEN_IN

pytestmark = pytest.mark.browser

KINDS = ("article", "material", "campaign", "event", "list of material")
# A4 without its margins of 15 mm, at the 96 dots an inch of style sheets.
SHEET = 680
A4, A6 = (595, 842), (298, 420)
ON_SCREEN_ONLY = ".languages, nav, .site-search, .search-box, .site-foot ul, .leave, .button, audio, video, .finder, .skip a"
SEEN = """(what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90))"""
WIDE = """
(sheet) => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > sheet + 1)
  .map((one) => one.outerHTML.slice(0, 90))
"""
NUMBER = """
() => {
  const number = document.querySelector(".call-bar .call b"), box = number.getBoundingClientRect();
  return [number.innerText, parseFloat(getComputedStyle(number).fontSize), box.top];
}
"""
COLOURS = """
() => {
  const main = getComputedStyle(document.querySelector("main p")), page = getComputedStyle(document.body);
  return [main.color, page.backgroundColor];
}
"""


def address(demo, kind, code):
    return f"/{code}/help/" if kind == "help" else demo.path(kind, code)


@pytest.fixture
def on_paper(reader, demo):
    """Open a page as the printer gets it, also when the reader's screen is dark."""

    def open_page(kind, code):
        page = reader(viewport={"width": SHEET, "height": 1009}, is_mobile=False).new_page()
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(address(demo, kind, code))
        return page

    return open_page


@pytest.mark.parametrize("code", WRITTEN_IN)
@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_the_number_large_on_top_and_no_menus(on_paper, kind, code):
    page = on_paper(kind, code)

    number, size, top = page.evaluate(NUMBER)
    assert any(sign.isdigit() for sign in number)
    assert (size >= 30, top < 60) == (True, True)
    assert page.evaluate(SEEN, ON_SCREEN_ONLY) == []
    assert page.evaluate(WIDE, SHEET) == []
    assert page.evaluate(COLOURS)[1] == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('main h1')).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("code", WRITTEN_IN)
@pytest.mark.parametrize("kind", [*KINDS, "help"])
def test_the_sheet_is_a4_and_the_card_of_the_help_page_a6(reader, demo, kind, code):
    page = reader(is_mobile=False).new_page()
    page.goto(address(demo, kind, code))

    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    size = A6 if kind == "help" else A4
    assert [sheet.get_size() for sheet in sheets] == [pytest.approx(size, abs=2)] * len(sheets)
    beginning = sheets[0].get_textpage().get_text_range()[:120]
    assert any(sign.isdigit() for sign in beginning), beginning


def test_paper_says_where_a_link_to_another_site_leads(on_paper):
    page = on_paper("article", "vi")
    page.evaluate(
        """document.querySelector("main p").innerHTML =
        '<a id="out" href="https://example.org/x">đọc thêm</a> <a id="in" href="/vi/">trang đầu</a>'"""
    )

    shown = "(id) => getComputedStyle(document.getElementById(id), '::after').content"
    assert page.evaluate(shown, "out") == '" (https://example.org/x)"'
    assert page.evaluate(shown, "in") == "none"
