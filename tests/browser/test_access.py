"""Everybody can read and use the pages: WCAG 2.2 AA by axe, targets that a thumb hits, valid HTML."""

import json
import subprocess

import pytest

from tests.browser.public import EVERYWHERE, KINDS, NOT_YET_IN, WRITTEN_IN, public_pages

pytestmark = pytest.mark.browser

NAMES = [
    *(f"{kind}, {code}" for code in WRITTEN_IN for kind in (*KINDS, *EVERYWHERE)),
    *(f"{kind}, {NOT_YET_IN}" for kind in (*EVERYWHERE, "not yet")),
]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = """
(levels) => axe.run(document, {runOnly: levels, resultTypes: ["violations"]}).then((found) =>
  found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none)[0]?.message ?? rule.help}`)))
"""
# Whatever can be tapped in menus, cards and bars; links in running text are left out, as WCAG does.
SMALL = """
() => {
  const runningText = (link) => {
    const block = link.closest("p, li, dd, figcaption");
    return block && !link.closest("nav, .languages") && block.innerText.trim() !== link.innerText.trim();
  };
  const target = (one) => one.closest(".card") ?? one;
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((one) => one.checkVisibility() && !one.closest(".skip, wagtail-userbar"))
    .filter((one) => one.matches(".card a") || !runningText(one) || one.matches(".button, .quiet-button"))
    .map((one) => [one.outerHTML.slice(0, 120), target(one.closest("label") ?? one).getBoundingClientRect()])
    .filter(([, box]) => box.height < 47.9 || box.width < 47.9)
    .map(([html, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`);
}
"""


@pytest.fixture
def violations(axe_script):
    """Return what axe finds on a page, in the light and in the dark."""

    def look(page):
        # A screen as high as the page: the call bar lies over nothing, as at the end of the scroll.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": 360, "height": max(640, height)})
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(axe_script)
            found += [f"{scheme}: {one}" for one in page.evaluate(LOOK, LEVELS)]
        return found

    return look


@pytest.mark.parametrize("name", NAMES)
def test_a_public_page_keeps_wcag_2_2_aa(reader, demo, violations, name):
    page = reader(bypass_csp=True).new_page()
    page.goto(public_pages(demo)[name])

    assert violations(page) == []


def test_the_open_language_menu_keeps_wcag_2_2_aa(reader, violations):
    page = reader(bypass_csp=True).new_page()
    page.goto("/vi/")
    page.click(".languages summary")

    assert violations(page) == []


def test_the_simulated_handset_keeps_wcag_2_2_aa(reader, violations):
    page = reader(bypass_csp=True).new_page()
    page.goto("/phone/?n=1")

    assert violations(page) == []


def test_the_field_workers_pages_keep_wcag_2_2_aa(signed_in, violations):
    page = signed_in("fieldworker", "/field/", bypass_csp=True)
    page.evaluate("document.querySelector('wagtail-userbar')?.remove()")
    assert violations(page) == []

    page.locator(".cards a[href*='event=']").first.click()
    page.locator(".step").first.wait_for()
    page.evaluate("document.querySelector('wagtail-userbar')?.remove()")
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_thumb_hits_what_can_be_tapped(page, demo, name):
    page.goto(public_pages(demo)[name])
    page.evaluate("document.querySelector('details.languages').open = true")

    assert page.evaluate(SMALL) == []


def test_a_thumb_hits_what_can_be_tapped_in_the_field(signed_in):
    page = signed_in("fieldworker", "/field/")
    assert page.evaluate(SMALL) == []

    page.locator(".cards a[href*='event=']").first.click()
    page.locator(".step").first.wait_for()
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_the_screen(reader, demo, width):
    page = reader(viewport={"width": width, "height": 640}, is_mobile=False).new_page()
    too_wide = []

    for path in [*public_pages(demo).values(), "/phone/"]:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            too_wide.append((path, wide))

    assert too_wide == []


def test_the_html_is_valid(reader, demo, html_checker, tmp_path):
    context = reader(java_script_enabled=False)
    files = {}
    for number, path in enumerate([*public_pages(demo).values(), "/phone/?n=1"]):
        file = tmp_path / f"{number}.html"
        file.write_bytes(context.request.get(path).body())
        files[file.as_uri()] = path

    done = subprocess.run(
        ["java", "-jar", html_checker, "--format", "json", "--errors-only", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
    )

    said = json.loads(done.stderr or done.stdout)["messages"]
    assert [f"{files[one['url']]}:{one['lastLine']}: {one['message']}" for one in said] == []
