import pytest

from outreach_site.search.words import is_slip, plain, units, without_keys


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chieens", "chien"),
        ("dichj", "dich"),
        ("ddi", "di"),
        ("xa", "xa"),
        ("dduwowngf", "duong"),
        ("nguwowif", "nguoi"),
        ("tuwf", "tu"),
        ("hoaf", "hoa"),
        ("trwowngf", "truong"),
        ("chiesn", "chien"),
        ("tiengse", "tieng"),
        ("quas", "qua"),
        ("gif", "gi"),
        ("giups", "giup"),
        ("chie6n1", "chien"),
        ("dich5", "dich"),
        ("d9i", "di"),
        ("d9u7o7ng2", "duong"),
        ("111", "111"),
        ("sxr", "sxr"),
    ],
)
def test_keys_left_by_a_vietnamese_keyboard_are_taken_out(typed, meant):
    assert without_keys(typed) == meant


@pytest.mark.parametrize(
    ("typed", "word", "slip"),
    [
        ("hotlne", "hotline", True),
        ("hottline", "hotline", True),
        ("hotlime", "hotline", True),
        ("hotlien", "hotline", True),
        ("otline", "hotline", True),
        ("hotlin", "hotline", True),
        ("hotline", "hotline", False),
        ("hotlimes", "hotline", False),
        ("hoitlne", "hotline", False),
        ("eniltoh", "hotline", False),
    ],
)
def test_one_letter_is_a_slip_and_two_are_another_word(typed, word, slip):
    assert is_slip(typed, word) is is_slip(word, typed) is slip


def test_words_are_folded_and_plain():
    assert units("Đường dây nóng: 1900 96!") == [("duong",), ("day",), ("nong",), ("1900",), ("96",)]
    assert plain("ĐI  XA\0nhà") == "di xa nha"


def test_a_script_without_spaces_is_found_letter_by_letter():
    word, longer = units("ជួយ")[0], units("សូមជួយខ្ញុំ")[0]

    assert len(word) == 2
    assert " ".join(word) in " ".join(longer)
    assert all(piece.isascii() and piece.isalnum() for piece in longer)
    assert len(units("ខ្ញុំ")[0]) == 1  # one letter with what hangs below it
