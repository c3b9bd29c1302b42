"""A text through operator, Kannel, site and worker, and its answer back: nothing lost, nothing twice."""

import time

import pytest

from tests.gateway.conftest import WELCOME, phones_in_use, wait_for
from tests.gateway.smpp_smsc import gsm_encode

pytestmark = pytest.mark.gateway

UCS2 = 8  # data coding of an SMS


def test_a_text_with_marks_becomes_one_sign_up_and_an_answer_in_right_vietnamese(loop, site, phone):
    loop.text(phone, "Đăng ký Hà Giang")

    known = site.settled(phone, 1)
    assert known == {
        "inbound": [["Đăng ký Hà Giang", "joined"]],
        "sign_ups": 1,
        "left": 0,
        "consents": [True],
        "entries": [["sms", 1]],
        "outbound": [[WELCOME, "delivered"]],
    }
    arrived = loop.arrived(phone)
    assert [(mt["text"], mt["dcs"] & 0x0C, mt["from"], mt["parts"]) for mt in arrived] == [
        (WELCOME, UCS2, "8088", 2)
    ]


@pytest.mark.parametrize(
    "again",
    [
        lambda loop, phone: loop.text(phone, "dk ha giang"),
        lambda loop, phone: loop.text(phone, "DANGKY HAGIANG", repeat=2),
    ],
    ids=["second text", "operator repeats"],
)
def test_texting_again_adds_nothing(loop, site, phone, again):
    loop.text(phone, "Đăng ký Hà Giang")
    site.settled(phone, 1)

    again(loop, phone)

    known = wait_for(lambda: _when_all_understood(site, phone, at_least=2))
    assert (known["sign_ups"], known["entries"], len(known["outbound"])) == (1, [["sms", 1]], 1)
    assert len(loop.arrived(phone)) == 1


def test_stop_opts_out_and_a_later_text_opts_in(loop, site, phone):
    loop.text(phone, "DANGKY HAGIANG")
    site.settled(phone, 1)

    loop.text(phone, "Hủy")
    known = site.settled(phone, 2)
    assert (known["sign_ups"], known["left"], known["consents"]) == (1, 1, [False])


def test_a_plain_answer_goes_out_in_the_phones_own_alphabet(loop, site, phone):
    loop.text(phone, "join ha giang")
    site.settled(phone, 1)
    loop.text(phone, "HELP")

    known = site.settled(phone, 2)
    assert [outcome for _text, outcome in known["inbound"]] == ["joined", "help"]
    assert [mt["text"] for mt in loop.arrived(phone)] == [text for text, _state in known["outbound"]]


@pytest.mark.parametrize(("coding", "text"), [("utf8", "Đăng ký Hà Giang"), ("hex", "0006ff00fe")])
def test_texts_that_cannot_be_read_are_kept_and_sign_nobody_up(loop, site, phone, coding, text):
    loop.text(phone, text, coding=coding)

    known = wait_for(lambda: _when_all_understood(site, phone, at_least=1))
    assert known["sign_ups"] == 0
    assert known["inbound"][0][1] in ("unknown", "ignored")


GSM_DCS, EMOJI = 0, "Chào bạn 🌾"
BYTES = {
    "signs up": ("Cảm ơn bạn đã đăng ký. Gọi 111 khi cần.", UCS2, 1),
    "three parts": (
        "Cảm ơn bạn đã đăng ký. Gọi 111 khi cần. " * 4 + "Hẹn gặp bạn ở chợ phiên sáng thứ bảy.",
        UCS2,
        3,
    ),
    "plain": ("Cam on ban da dang ky. Goi 111 khi can [24h].", GSM_DCS, 1),
    "emoji": (EMOJI, UCS2, 1),
}


@pytest.mark.parametrize("name", BYTES)
def test_the_operator_receives_exactly_the_right_bytes(loop, site, name):
    """sms.md §1, encoding trap: UCS-2 only where it has to be, and then every letter right."""
    text, dcs, parts = BYTES[name]
    site.ask("send", phone=(phone := f"+84935{next(phones_in_use):06d}"), text=text)

    arrived = wait_for(lambda: loop.arrived(phone))
    assert [(mt["text"], mt["dcs"] & 0x0C, mt["parts"]) for mt in arrived] == [(text, dcs, parts)]
    assert bytes.fromhex(arrived[0]["hex"]) == (text.encode("utf-16-be") if dcs == UCS2 else gsm_encode(text))


def test_row_joining_overtaken_by_leaving_ends_as_left(loop, site, phone):
    """sms.md §6, LEAVE then an older JOIN arrives: DANGKY and HUY a second apart, with one 500 in between.

    While the site is down smsbox holds the DANGKY for its next try; HUY is let in first.
    """
    loop.faults.fail()
    loop.text(phone, "DANGKY HAGIANG")
    time.sleep(1)
    loop.text(phone, "HUY")

    known = wait_for(lambda: _when_all_understood(site, phone, at_least=2))
    assert sorted(text for text, _outcome in known["inbound"]) == ["DANGKY HAGIANG", "HUY"]
    assert known["inbound"][0][0] == "HUY"
    assert loop.faults.failed
    assert known["sign_ups"] == known["left"]
    assert not any(known["consents"])


def test_a_text_that_the_operator_cannot_deliver_is_failed(loop, site, phone):
    loop.behave(dlr="failed")

    loop.text(phone, "dk ha giang")

    states = wait_for(lambda: [state for _text, state in site.about(phone)["outbound"] if state == "failed"])
    assert states == ["failed"]


def test_texts_wait_while_the_site_is_down(loop, site, phone):
    site.stop("web")
    loop.text(phone, "dk ha giang")
    site.start("web")

    known = site.settled(phone, 1)
    assert (len(known["inbound"]), known["sign_ups"]) == (1, 1)


def test_texts_wait_while_the_worker_is_down(loop, site, phone):
    site.stop("worker")
    loop.text(phone, "dk ha giang")
    known = wait_for(lambda: known if (known := site.about(phone))["inbound"] else None)
    assert known["inbound"] == [["dk ha giang", ""]]

    site.start("worker")

    assert site.settled(phone, 1)["sign_ups"] == 1


def test_the_sweep_makes_up_for_nudges_that_got_lost(loop, site, phone):
    site.stop("worker")
    loop.text(phone, "dk ha giang")
    assert wait_for(lambda: site.about(phone)["inbound"])
    assert site.ask("lose_nudges")

    site.start("worker")

    # The queue looks for due schedules every 30 seconds, and the sweep leaves a text 10 seconds.
    known = site.settled(phone, 1, seconds=120)
    assert (known["sign_ups"], len(known["outbound"])) == (1, 1)


def _when_all_understood(site, phone, at_least):
    known = site.about(phone)
    outcomes = [outcome for _text, outcome in known["inbound"]]
    return known if len(outcomes) >= at_least and all(outcomes) else None
