"""Staff can read and use the admin: WCAG 2.2 AA by axe, for each role, on a small phone and a desk, light and dark."""

import pytest

from scripts.screens_list import PO_PREVIEW, staff
from scripts.screens_stage import bring_po
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_access import LEVELS

pytestmark = pytest.mark.browser

ROLES = ("editor", "translator", "reviewer", "coordinator", "admin")
LOOK = """
(levels) => axe.run(document, {runOnly: levels, resultTypes: ["violations"]}).then((found) =>
  found.violations.flatMap((rule) => rule.nodes.map((node) =>
    [rule.id, `${node.target.join(" ")}: ${node.any.concat(node.all, node.none)[0]?.message ?? rule.help}`])))
"""
# Wagtail's field for tags is made by a script that gives its box no name; the field itself has its label.
OF_WAGTAIL = (("label", ".ui-autocomplete-input: "),)
# Colours on their way from light to dark are neither.
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"


def looks(page, axe_script, states):
    """Return what axe finds on an open page, in each of `states`: (size, colour scheme)."""
    page.evaluate(axe_script)
    page.add_style_tag(content=STILL)
    found = []
    for size, scheme in states:
        page.set_viewport_size(size["viewport"])
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(50)
        found += [
            f"{size['viewport']['width']} {scheme}: {rule}: {said}"
            for rule, said in page.evaluate(LOOK, LEVELS)
            if not any(rule == known and said.startswith(node) for known, node in OF_WAGTAIL)
        ]
    return found


@pytest.mark.parametrize("username", ROLES)
def test_the_screens_of_a_role_keep_wcag_2_2_aa(signed_in, demo, staged, axe_script, username):
    screens = staff(demo, staged)[username]
    page = signed_in(username, "/admin/", bypass_csp=True, is_mobile=False)
    found = []

    for number, (name, address) in enumerate(screens.items()):
        assert page.goto(address).status == 200, address
        if name == PO_PREVIEW:
            bring_po(page, staged["po_file"])
        # Each screen small and wide; light and dark take turns.
        schemes = ("light", "dark") if number % 2 else ("dark", "light")
        found += [
            f"{name}: {one}" for one in looks(page, axe_script, zip((PHONE, WIDE), schemes, strict=True))
        ]

    assert found == []


def test_signing_in_keeps_wcag_2_2_aa(reader, axe_script):
    page = reader(bypass_csp=True, is_mobile=False).new_page()
    page.goto("/admin/login/")

    assert looks(page, axe_script, [(PHONE, "light"), (WIDE, "dark")]) == []
