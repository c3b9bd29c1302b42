import unicodedata

import pytest

from campaigns.sms.verbs import HELP, JOIN, LEAVE, UNKNOWN, parse

KEYWORDS = ["hagiang", "hagiang2", "angiang"]


@pytest.mark.parametrize(
    "text",
    [
        "DANGKY HAGIANG",
        "Đăng ký Hà Giang",
        "Đăng kí hà giang",
        "dk ha giang",
        "ĐK HÀ GIANG",
        "DKHAGIANG",
        "dangkyhagiang",
        "  Đăng   ký,\nHà Giang! ",
        "“DK” HAGIANG.",
        unicodedata.normalize("NFD", "Đăng ký Hà Giang"),
        "ＤＫ　ＨＡＧＩＡＮＧ",
        "DK\u200b HAGIANG",
        "Đăng ky Ha Giang",
        "Đăng ký Hà Giang ạ",
        "tham gia Hà Giang, cảm ơn",
        "join Ha Giang please",
        "HAGIANG",
        "Hà Giang",
    ],
)
def test_people_join_in_the_spelling_they_have(text):
    command = parse(text, KEYWORDS)

    assert (command.asks_for, command.keyword) == (JOIN, "hagiang")


@pytest.mark.parametrize(
    ("text", "keyword"),
    [("dk ha giang 2", "hagiang2"), ("DKHAGIANG2", "hagiang2"), ("dk an giang", "angiang")],
)
def test_the_longest_keyword_wins(text, keyword):
    assert parse(text, KEYWORDS).keyword == keyword


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("HUY", ""),
        ("Hủy", ""),
        ("Huỷ", ""),
        ("stop", ""),
        ("STOP!!!", ""),
        ("Stop. Thank you", ""),
        ("Dừng", ""),
        ("dung", ""),
        ("Dừng. Cảm ơn", ""),
        ("thôi", ""),
        ("thoi", ""),
        ("từ chối", ""),
        ("Unsubscribe", ""),
        ("HUY HAGIANG", "hagiang"),
        ("Hủy đăng ký Hà Giang", "hagiang"),
        ("huy dk ha giang", "hagiang"),
        ("HUYHAGIANG", "hagiang"),
        ("STOP Hà Giang", "hagiang"),
        ("HUY ngay di", ""),
    ],
)
def test_people_leave_with_a_word(text, keyword):
    command = parse(text, KEYWORDS)

    assert (command.asks_for, command.keyword) == (LEAVE, keyword)


@pytest.mark.parametrize(
    "text",
    [
        "We must stop this",
        "Stop texting my sister about this please",
        "Đúng",
        "Đúng rồi",
        "dung roi",
        "Thời tiết",
        "thoi tiet",
        "Hà Giang hôm nay mưa",
        "Làm sao đăng ký Hà Giang",
        "DK HAGIANGX",
        "DANGKY",
        "dk cao bang",
        "",
        "   ",
        "👍",
        "?",
    ],
)
def test_nothing_is_read_into_other_sentences(text):
    assert parse(text, KEYWORDS).asks_for == UNKNOWN


@pytest.mark.parametrize(
    "text", ["HELP", "trợ giúp", "TRO GIUP", "Giúp em với", "cứu tôi với", "Cứu", "help me please now"]
)
def test_people_ask_for_help(text):
    assert parse(text, KEYWORDS).asks_for == HELP


def test_the_word_tells_the_language():
    languages = [
        parse(text, KEYWORDS).language for text in ("join ha giang", "dk ha giang", "ha giang", "stop")
    ]

    assert languages == ["en", "vi", "", ""]


def test_a_keyword_that_begins_like_a_word_for_leaving_is_still_a_keyword():
    assert parse("dk huyen", ["huyen"]).asks_for == JOIN
    assert parse("HUYEN", ["huyen"]).asks_for == JOIN
