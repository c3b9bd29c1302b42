import unicodedata

import pytest

from campaigns.sms.verbs import HELP, JOIN, LANGUAGE, LEAVE, UNKNOWN, parse

pytestmark = pytest.mark.django_db
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
        "DK HAGIANGXYZ",
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


@pytest.mark.parametrize("text", ["HELP", "trợ giúp", "TRO GIUP", "Giúp em với", "help please", "sos giúp"])
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


@pytest.mark.parametrize(
    ("text", "asks_for", "keyword"),
    [
        ("ddawng kys haf giang", JOIN, "hagiang"),
        ("d9a8ng ky1 ha2 giang", JOIN, "hagiang"),
        ("HUYR", LEAVE, ""),
        ("hu3y haf giang", LEAVE, "hagiang"),
        ("ddungs", UNKNOWN, ""),
    ],
)
def test_keys_that_a_keyboard_left_in_the_words_are_passed_over(text, asks_for, keyword):
    command = parse(text, KEYWORDS)

    assert (command.asks_for, command.keyword) == (asks_for, keyword)


@pytest.mark.parametrize(
    ("text", "asks_for", "keyword"),
    [
        ("DANKY HAGIANG", JOIN, "hagiang"),
        ("dagn ky ha giang", JOIN, "hagiang"),
        ("DK HAGIAGN", JOIN, "hagiang"),
        ("hagianng", JOIN, "hagiang"),
        ("DK HAGIANH a", JOIN, "hagiang"),
        ("HUYY HAGIANG", LEAVE, "hagiang"),
        ("unsubscribee", LEAVE, ""),
    ],
)
def test_one_slip_of_the_finger_is_forgiven(text, asks_for, keyword):
    command = parse(text, KEYWORDS)

    assert (command.asks_for, command.keyword) == (asks_for, keyword)


@pytest.mark.parametrize("text", ["DK HAGIANG3", "dk xagiang", "HIY", "thanks giang"])
def test_a_slip_that_could_mean_two_things_or_another_number_is_asked_back(text):
    assert parse(text, ["hagiang", "hagiang2", "cagiang"]).asks_for == UNKNOWN


@pytest.mark.parametrize(
    ("text", "code"), [("TIENG VIET", "vi"), ("English please", "en"), ("tiếng khmer ạ", "km")]
)
def test_a_language_is_chosen_by_its_name(text, code):
    command = parse(text, KEYWORDS)

    assert (command.asks_for, command.language) == (LANGUAGE, code)


@pytest.mark.parametrize(
    ("text", "asks_for"),
    [
        ("Alo, em muon dang ky ha giang a", JOIN),
        ("Hi I would like to join Ha Giang please, thank you", JOIN),
        ("soan tin: DK HAGIANG", JOIN),
        ("Hủy đăng ký Hà Giang giúp em với ạ, cảm ơn", LEAVE),
        ("em ko tham gia ha giang nua", LEAVE),
        ("em o ha giang", UNKNOWN),
        ("ha giang khong em", UNKNOWN),
        ("o ha giang co gi vui khong chi", UNKNOWN),
    ],
)
def test_politeness_around_a_command_is_passed_over(text, asks_for):
    assert parse(text, KEYWORDS).asks_for == asks_for
