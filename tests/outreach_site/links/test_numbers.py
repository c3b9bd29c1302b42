"""What counts as a phone number in a text, and what only looks like one."""

import pytest

from outreach_site.links import numbers
from outreach_site.links.rich import Rich
from tests.factories import HotlineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    HotlineFactory(number="111")
    HotlineFactory(number="1900 96 96 80", is_main=False)
    HotlineFactory(number="+84 981 84 84 84", is_main=False)
    HotlineFactory(number="18001567", is_main=False)
    return numbers.Records()


def keys(text, records, language="vi"):
    return [typed.key for typed in numbers.find(text, records, language)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Gọi 111 lúc nào cũng được.", "111"),
        ("Đường dây nóng: 111", "111"),
        ("Call 111, day and night.", "111"),
        ("Bạn có thể bấm (111).", "111"),
        ("Gọi 0981.848.484 nhé", "+84981848484"),
        ("Gọi 0981 84 84 84", "+84981848484"),
        ("+84 981 848 484", "+84981848484"),
        ("1900969680", "+841900969680"),
        ("số 1900.96.96.80!", "+841900969680"),
        ("1800 1567", "+8418001567"),
        ("Chị Hoa: 0912 345 678.", "+84912345678"),
        ("Văn phòng (024) 3825 1234", "+842438251234"),
        ("From abroad +44 20 7946 0958", "+442079460958"),
        ("Gọi 1900 96 96 80. Người nghe máy hỏi chuyện trước.", "+841900969680"),
    ],
)
def test_a_number_is_found_however_it_is_written(records, text, key):
    assert keys(text, records) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 15/3/2026, lúc 08:30",
        "từ 01-02-2026 đến 03.04.2026",
        "2017-2026",
        "Luật số 12/2011/QH12",
        "Nghị định 162/2025/NĐ-CP",
        "Công văn số 0912345678/CV-UBND",
        "1.900.000.000 đồng",
        "1 900 000 000",
        "12.500.000 đ",
        "0,912345678",
        "1900969680 đồng",
        "Số tài khoản 0981848484 tại ngân hàng",
        "STK: 0912345678",
        "CCCD 001234567890",
        "Mã số thuế 0100109106",
        "0123456789012345",
        "912345678",
        "111 người đã đến.",
        "Nhà số 111 đường Lê Lợi",
        "trang 111",
        "Gọi nhau về họp. Có 111 hộ đến dự.",
        "Gọi 1111 lần",
        "Gọi 111/2026",
        "https://example.org/0981848484",
        "ISBN 978-604-1-23456-7",
        "tọa độ 21.0285, 105.8542",
        "IP 192.168.100.111",
        "HG-2026-0981848484",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(records, text):
    assert keys(text, records) == []


def test_two_numbers_in_a_sentence_are_two(records):
    assert keys("Gọi 111 hoặc 1900 96 96 80 nếu bạn ở xa", records) == ["111", "+841900969680"]


def test_a_number_without_a_record_counts_too():
    assert keys("Chị Hoa: 0912 345 678", numbers.Records([])) == ["+84912345678"]


def test_rich_text_knows_where_its_characters_stand():
    html = '<p>Gọi&nbsp;<b>111</b> &amp; nghe <a href="tel:113">113</a></p><p>Hết</p>'

    rich = Rich(html)
    start = rich.text.index("111")
    begin, end = rich.span(start, start + 3)

    assert (html[begin:end], rich.link_at(rich.text.index("113")).attrs) == ("111", {"href": "tel:113"})
    assert "&" in rich.text
    assert rich.links[0].words == "113"
    assert html[rich.links[0].start : rich.links[0].end] == '<a href="tel:113">113</a>'
