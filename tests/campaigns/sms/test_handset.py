"""The simulated handset: the same inbox and outbox as any gateway, and nothing of anybody's."""

import pytest

from campaigns.sms import defaults, handset, inbox, tasks
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from outreach_site.privacy import phones

pytestmark = pytest.mark.django_db

FIRST = handset.NUMBERS["1"]


@pytest.fixture(autouse=True)
def gateways(db):
    defaults.ensure_gateways()


def send(reader, text, n="1"):
    return reader.post("/phone/", {"n": n, "text": text})


def work_off():
    for message in InboundMessage.objects.filter(state="new"):
        inbox.process(message.pk)
    tasks.sweep()


def test_a_text_from_the_handset_signs_up_and_its_answer_shows(reader, campaign):
    answer = send(reader, "Đăng ký Hà Giang")
    assert (answer.status_code, answer["Location"]) == (302, "/phone/?n=1#write")
    waiting = reader.get("/phone/thread?n=1").content.decode()
    work_off()

    assert SignUp.objects.get().member.phone_index == phones.index(FIRST)
    page = reader.get("/phone/?n=1").content.decode()
    assert "Đăng ký Hà Giang" in page
    assert campaign.welcome in page
    assert ("data-waiting" in waiting, "data-waiting" in page) == (True, False)
    assert OutboundMessage.objects.get().state == "delivered"


def test_each_handset_shows_its_own_texts(reader, campaign):
    send(reader, "xin chào", n="2")

    assert "xin chào" in reader.get("/phone/thread?n=2").content.decode()
    assert "xin chào" not in reader.get("/phone/thread?n=1").content.decode()


def test_a_real_gateways_texts_never_show(reader, text_in):
    text_in("bí mật", phone=FIRST)

    assert "bí mật" not in reader.get("/phone/?n=1").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "a" * 1001, "a" * 2000, "DK \ufffd", "DK\0"])
def test_a_text_that_no_phone_sends_is_refused_with_a_reason(reader, text):
    answer = send(reader, text)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not InboundMessage.objects.exists()


def test_bytes_that_are_no_utf8_are_refused(reader):
    answer = reader.post("/phone/", b"n=1&text=%ff%fe", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert not InboundMessage.objects.exists()


def test_a_text_is_shown_as_text(reader):
    send(reader, "<script>alert(1)</script>")

    assert "<script>alert" not in reader.get("/phone/?n=1").content.decode()


@pytest.mark.parametrize("n", ["0", "6", "", "+84912345678"])
def test_there_are_five_handsets(reader, n):
    assert send(reader, "xin chào", n=n).status_code == 400
    assert reader.get("/phone/thread", {"n": n}).status_code in (302, 404)
    assert not InboundMessage.objects.exists()


def test_the_words_to_try_are_those_of_running_campaigns(reader, campaign):
    page = reader.get("/phone/", headers={"accept-language": "en"}).content.decode()

    assert 'data-words="JOIN HAGIANG"' in page
    assert 'data-words="STOP"' in page


def test_words_to_try_fill_the_box_without_a_script(reader):
    page = reader.get("/phone/?n=1&text=DANGKY+HAGIANG").content.decode()

    assert ">DANGKY HAGIANG</textarea>" in page


def test_there_is_no_handset_where_people_have_real_ones(reader, settings):
    settings.PHONE_SIMULATOR = False

    assert send(reader, "dk ha giang").status_code in (302, 404)
    assert reader.get("/phone/thread").status_code in (302, 404)
    assert not InboundMessage.objects.exists()


def test_the_handset_sets_no_cookie_but_the_forms_own(reader):
    answer = reader.get("/phone/")

    assert list(answer.cookies) == ["csrftoken"]
    assert "no-store" in answer["Cache-Control"]


def test_a_browser_says_whose_form_it_sends(reader):
    # A stricter policy makes it send "Origin: null", which the check of forms refuses.
    assert reader.get("/phone/")["Referrer-Policy"] == "same-origin"
