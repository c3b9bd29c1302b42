import unicodedata

import pytest

from outreach_site.text import LocalizedTextFormField, fold, in_language, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà Bình", "hoa binh"),
        ("Hòa  bình!", "hoa binh"),
        ("Chiến dịch", "chien dich"),
        ("ĐỒNG VĂN", "dong van"),
        (unicodedata.normalize("NFD", "Đăng ký Hà Giang"), "dang ky ha giang"),
        ("ＤＡＮＧＫＹ", "dangky"),
        ("Mèo-Vạc, 2025", "meo vac 2025"),
        ("zero\u200bwidth", "zerowidth"),
        ("ភាសាខ្មែរ", "ភាសាខ្មែរ"),
        ("", ""),
        (None, ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_names_sort_in_vietnamese_order():
    names = [
        "Yên Minh",
        "Đồng Văn",
        "Ấp Mới",
        "Bắc Mê",
        "An Giang",
        "Ân Thi",
        "Ăn Năn",
        "Dương",
        "Hạ",
        "Hà",
        "Ha",
    ]

    assert sorted(names, key=sort_key) == [
        "An Giang", "Ăn Năn", "Ân Thi", "Ấp Mới", "Bắc Mê", "Dương", "Đồng Văn", "Ha", "Hà", "Hạ", "Yên Minh",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "asked", "given"),
    [
        ({"vi": "Gọi", "en": "Call"}, "en", ("Call", "en")),
        ({"vi": "Gọi", "en": "Call"}, "km", ("Gọi", "vi")),
        ({"en": "Call"}, "km", ("Call", "en")),
        ({"hmn": "Hu"}, "km", ("Hu", "hmn")),
        ({}, "km", ("", "km")),
    ],
)
def test_a_text_comes_with_the_language_it_is_in(texts, asked, given):
    piece = in_language(texts, asked)

    assert (piece.text, piece.language) == given


def test_a_localized_text_needs_the_sites_own_language():
    field = LocalizedTextFormField()

    with pytest.raises(Exception, match="Tiếng Việt"):
        field.clean(["", "Call", "", ""])
    assert field.clean(["Gọi ", "", "", ""]) == {"vi": "Gọi"}
