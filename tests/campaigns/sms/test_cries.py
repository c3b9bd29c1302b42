"""Cries for help: known in whatever spelling, answered at once, kept before the staff until taken."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.sms import care, cries, inbox, urgent
from campaigns.sms.alarms import Alarm
from campaigns.sms.models import InboundMessage, OutboundMessage
from campaigns.sms.words.models import CryPhrase
from tests.campaigns.sms.conftest import replies
from tests.campaigns.sms.desk.conftest import client_of
from tests.factories import HotlineFactory

pytestmark = pytest.mark.django_db


def phrases(*texts, hints=(), harmless=(), short=()):
    found = [cries.compiled(text) for text in texts]
    found += [cries.compiled(text, weight=cries.HINT) for text in hints]
    found += [cries.compiled(text, weight=cries.HARMLESS) for text in harmless]
    return cries.Phrases(found, short)


@pytest.mark.parametrize(
    "text",
    [
        "cứu tôi",
        "Cuu toi voi",
        "CỨU TÔI!!!",
        "lam on cuu toi voi a",
        "cuutoi",
        "cuutoivoi",
        "cuwus tooi",
        "cu71u to6i",
        "ＣＵＵ　ＴＯＩ",
        "DANGKY HAGIANG cuu toi",
        "HUY cứu tôi",
    ],
)
def test_a_cry_is_known_wherever_it_stands_and_however_it_is_spelled(text):
    assert cries.find(text, phrases("cứu tôi/em"))


@pytest.mark.parametrize("text", ["cừu tôi", "cứu hỏa", "cửu tối", "toi cuu duoc roi", "", "👍", "cứu"])
def test_other_words_and_other_marks_are_no_cry(text):
    assert cries.find(text, phrases("cứu tôi/em")) is None


@pytest.mark.parametrize(
    ("text", "is_cry"),
    [
        ("họ không cho tôi về nhà", True),
        ("ho khong cho ve", True),
        ("khong cho toi di dau ca ve", False),
        ("khong cho minh ra", True),
        ("khongg cho ra", True),
        ("không cho", False),
    ],
)
def test_three_dots_stand_for_up_to_three_words(text, is_cry):
    assert bool(cries.find(text, phrases("không cho … về/ra"))) == is_cry


def test_marks_that_are_written_tell_words_apart():
    assert cries.find("ban con toi", phrases("bán con"))
    assert cries.find("bạn còn đó không", phrases("bán con")) is None


def test_two_hints_make_a_cry_and_one_does_not():
    known = phrases(hints=["sợ", "giấy tờ", "họ biết"])

    assert cries.find("em so lam, dung goi lai ho biet", known)
    assert cries.find("em sợ muộn", known) is None
    assert cries.find("sợ quá sợ", known) is None


def test_what_stands_in_a_harmless_phrase_is_passed_over_and_nothing_else():
    known = phrases("muốn chết", "cứu tôi", harmless=["đói/nóng … muốn chết"])

    assert cries.find("doi qua muon chet ma me chua nau com", known) is None
    assert cries.find("em muon chet", known)
    assert cries.find("nóng muốn chết, cứu tôi với", known)


def test_short_forms_are_spelled_out():
    known = phrases(
        "không cho em về", "qua biên giới", short=[("ko", "không"), ("e", "em"), ("bg", "biên giới")]
    )

    assert cries.find("ho ko cho e ve", known)
    assert cries.find("toi nay qua bg", known)


@pytest.mark.parametrize("phrase", ["…", "… cứu", "cứu …", "/", "ai", "can't leave"])
def test_a_phrase_that_matches_nothing_or_everything_is_refused(phrase):
    with pytest.raises(ValidationError):
        CryPhrase(phrase=phrase).full_clean()


@pytest.mark.parametrize("text", ["DANGKY HAGIANG cứu tôi", "HUY cuu toi", "cứu tôi"])
def test_a_cry_is_no_command_and_gets_the_number_at_once(campaign, text_in, text):
    HotlineFactory(number="111", is_main=True)

    assert text_in(text) == "cry"

    assert campaign.sign_ups.count() == 0
    answer = OutboundMessage.objects.get()
    assert "111" in answer.text
    assert answer.kind == OutboundMessage.Kind.URGENT
    assert urgent.Cry.objects.get().texts == 1


def test_no_cap_of_a_day_holds_a_cry_back(campaign, text_in, settings):
    HotlineFactory(number="111", is_main=True)
    for number in range(inbox.MOST_REPLIES_A_DAY + 5):
        text_in(f"HELP {number}")
    before = len(replies())

    text_in("cứu tôi với")

    assert before == inbox.MOST_REPLIES_AN_HOUR
    assert len(replies()) == before + 1


def test_a_cry_in_several_texts_is_one_cry_and_one_answer_a_minute(campaign, text_in):
    HotlineFactory(number="111", is_main=True)
    for text in ("cứu tôi", "cuu toi voi", "cuu em"):
        text_in(text)

    assert urgent.Cry.objects.get().texts == 3
    assert len(replies()) == 1


def test_staff_are_written_to_once_a_cry_and_again_while_nobody_takes_it(campaign, text_in):
    coordinator = client_of("coordinator", username="hanh", email="hanh@example.org").user
    client_of("editor", username="lan", email="lan@example.org")
    text_in("cứu tôi")
    care.look_after_texts()
    urgent.Cry.objects.update(told_at=timezone.now() - urgent.REMIND_EVERY - timedelta(seconds=1))
    care.look_after_texts()
    care.look_after_texts()

    assert Alarm.objects.open().filter(kind="cry").count() == 1
    assert urgent.Cry.objects.waiting().count() == 1
    assert coordinator.has_perm(urgent.TAKES)


def test_the_letter_reaches_those_who_may_take_it_and_says_nothing_of_the_text(
    text_in, django_capture_on_commit_callbacks
):
    client_of("coordinator", username="hanh", email="hanh@example.org")
    client_of("editor", username="lan", email="lan@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        text_in("cứu tôi, họ nhốt tôi")

    assert [letter.to for letter in mail.outbox] == [["hanh@example.org"]]
    assert "nhốt" not in mail.outbox[0].body
    assert "/sms/urgent/" in mail.outbox[0].body


def test_one_colleague_takes_a_cry_and_the_alarm_is_over(campaign, text_in, django_user_model):
    text_in("cứu tôi")
    row = urgent.Cry.objects.get()
    urgent.Cry.objects.update(raised_at=timezone.now() - timedelta(minutes=7))
    hanh, minh = (django_user_model.objects.create(username=name) for name in ("hanh", "minh"))

    assert urgent.take(row.pk, by=hanh)
    assert not urgent.take(row.pk, by=minh)

    row.refresh_from_db()
    assert (row.taken_by, row.minutes) == (hanh, 7)
    assert urgent.median_minutes() == 7
    assert not Alarm.objects.open().exists()


def test_a_cry_after_the_last_one_was_taken_is_a_new_one(campaign, text_in, django_user_model):
    text_in("cứu tôi")
    urgent.take(urgent.Cry.objects.get().pk, by=django_user_model.objects.create(username="hanh"))

    text_in("cứu tôi")

    assert urgent.Cry.objects.waiting().count() == 1
    assert urgent.Cry.objects.count() == 2


def test_a_cry_overtakes_a_backlog(campaign, text_in):
    inbox._looked_to = 0
    for number in range(inbox.AT_ONCE + 5):
        text_in(f"xin chao {number}", phone=f"+84912345{number:03}", process=False)
    last = text_in("cuu toi", process=False)

    inbox.process_waiting()

    last.refresh_from_db()
    assert last.outcome == "cry"
    assert InboundMessage.objects.filter(state="new").count() == inbox.AT_ONCE + 5
