import random

import pytest

from campaigns.sms.segments import BASIC, EXTENSION, measure

VIETNAMESE = "Đăng ký thành công, chào mừng bạn đến Hà Giang "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("gsm", 1)),
        ("a" * 160, ("gsm", 1)),
        ("a" * 161, ("gsm", 2)),
        ("a" * 306, ("gsm", 2)),
        ("a" * 307, ("gsm", 3)),
        ("@£$¥èéùìòÇØøÅåΔÆæßÉ", ("gsm", 1)),
        ("€" * 80, ("gsm", 1)),
        ("€" * 80 + "a", ("gsm", 2)),
        ("đ", ("ucs2", 1)),
        ("ă" * 70, ("ucs2", 1)),
        ("ă" * 71, ("ucs2", 2)),
        ((VIETNAMESE * 6)[:258], ("ucs2", 4)),
        ("👍" * 35, ("ucs2", 1)),
        ("👍" * 36, ("ucs2", 2)),
    ],
)
def test_a_text_is_measured_as_operators_measure_it(text, expected):
    assert measure(text) == expected


def test_a_character_is_never_split_between_two_parts():
    # 153 septets leave one free before an escape; 67 code units leave one free before a surrogate pair.
    assert measure("a" * 152 + "€" + "a" * 152) == ("gsm", 3)
    assert measure("ă" * 66 + "👍" + "ă" * 66) == ("ucs2", 3)


def test_parts_hold_the_text_and_none_is_superfluous():
    letters = random.Random(8088)
    alphabet = [*sorted(BASIC), *sorted(EXTENSION)]
    for _round in range(300):
        text = "".join(letters.choices(alphabet, k=letters.randrange(161, 900)))
        coding, parts = measure(text)
        septets = sum(2 if char in EXTENSION else 1 for char in text)
        assert coding == "gsm"
        assert septets <= parts * 153
        # Every part but the last misses one septet at most.
        assert septets > (parts - 1) * 152
