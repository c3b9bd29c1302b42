"""The help page is useful with next to nothing: on paper, without pictures, without scripts."""

import re

import pytest

pytestmark = pytest.mark.browser

A6 = (297, 419)  # points


@pytest.mark.parametrize("code", ["vi", "en", "km"])
def test_the_help_page_prints_on_one_a6_card(page, code):
    page.goto(f"/{code}/help/")

    paper = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    left, bottom, right, top = (
        float(number) for number in re.search(rb"/MediaBox\s*\[([^\]]*)", paper)[1].split()
    )
    assert (int(right - left), int(top - bottom)) == pytest.approx(A6, abs=1)


def test_the_number_its_cost_and_its_hours_need_neither_pictures_nor_scripts_nor_styles(reader):
    context = reader(java_script_enabled=False)
    context.route(
        "**/*", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort()
    )
    page = context.new_page()
    page.goto("/en/help/")

    card = page.locator("main .hotline-card").first.inner_text()

    assert "111" in card
    assert "Free" in card
    assert "Day and night" in card
