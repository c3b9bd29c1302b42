"""While a text for phones is written, the script counts what the server counts at save."""

import pytest

from campaigns.sms import composing
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser
TEXTS = [
    "Cam on ban.",
    "Cảm ơn bạn đã đăng ký. Gọi 111 khi cần.",
    "a" * 159 + "ạ",
    "€" * 81,
    "{[|]}" * 20,
    "“Đừng ngại” – gọi 111…",
    "Chào 🌾" * 12,
    "ø ł ı É é è\nhai dòng",
    "e\u0323\u0302" * 71,
]


def test_the_box_counts_as_the_outbox_does(signed_in, demo):
    campaign = next(page for page in demo.pages if (page["kind"], page["language"]) == ("campaign", "vi"))
    page = signed_in("coordinator", f"/admin/pages/{campaign['id']}/edit/", **PHONE)
    line = page.locator("[name=welcome] ~ [data-sms-count]")

    for text in TEXTS:
        page.fill("[name=welcome]", text)
        expected = composing.measure(text)
        shown = [
            int(line.locator(f"[data-{name}]").text_content()) for name in ("parts", "characters", "plain")
        ]
        assert shown == [expected.parts, expected.characters, expected.plain_parts], text
        assert line.locator("[data-accented]").is_visible() == expected.is_accented

    page.fill("[name=welcome]", "Cảm ơn bạn – gọi 111…")
    line.locator("[data-unaccent]").click()
    assert page.input_value("[name=welcome]") == "Cam on ban - goi 111..."
    assert not line.locator("[data-accented]").is_visible()
    page.keyboard.press("Control+z")
    assert page.input_value("[name=welcome]") == "Cảm ơn bạn – gọi 111…"

    page.fill("[name=welcome]", "")
    assert not line.is_visible()
