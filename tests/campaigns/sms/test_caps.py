"""Above a cap a second person decides; and a text of which nobody knows whether it was sent, too."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from campaigns.sms import alarms, caps, care, decisions, discretion, outbox, sending
from campaigns.sms.gateways.base import Unknown
from campaigns.sms.models import OutboundMessage
from tests.campaigns.sms.test_outbox import FakeGateway
from tests.campaigns.sms.test_pace import Kind, draft, states
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


# row: cost
def test_what_breaks_the_days_cap_waits_for_a_second_person(kannel, settings):
    settings.SMS_PARTS_A_DAY = 5
    author, other = UserFactory(username="an"), UserFactory(username="binh")
    outbox.queue_many([draft(kannel, n) for n in range(4)], author=author)

    assert outbox.queue_many([draft(kannel, n) for n in range(4, 7)], author=author) == 3
    assert list(states().values()) == ["queued"] * 4 + ["held"] * 3
    held = caps.waiting().get()
    assert (held.cap, held.texts, held.parts, held.author) == ("site", 3, 3, author)

    with pytest.raises(PermissionDenied):
        caps.decide(held.pk, caps.Hold.Decision.RELEASED, by=author)
    assert list(states().values()).count("held") == 3
    assert caps.decide(held.pk, caps.Hold.Decision.RELEASED, by=other) == 3
    assert set(states().values()) == {"queued"}
    assert caps.decide(held.pk, caps.Hold.Decision.CANCELLED, by=other) is None
    assert caps.DayUse.objects.get().parts == 7


def test_a_broadcast_that_is_resumed_does_not_release_what_is_above_the_cap(kannel, settings):
    settings.SMS_PARTS_A_DAY = 1
    outbox.queue_many([draft(kannel, n) for n in range(2)])

    assert outbox.let_go(OutboundMessage.objects.all()) == 0


def test_each_campaign_has_a_cap_of_its_own(kannel, campaign, settings):
    settings.SMS_PARTS_A_CAMPAIGN_A_DAY = 1

    outbox.queue_many([draft(kannel, n, campaign=campaign) for n in range(2)])

    assert caps.waiting().get().cap == "campaign"


def test_answers_are_never_held(kannel, settings):
    settings.SMS_PARTS_A_DAY = 0

    outbox.queue(**draft(kannel, 1, kind=Kind.REPLY, consent_purpose=""))

    assert states() == {"b:1": "queued"}


# --- not known whether it was sent ---------------------------------------------------------
def lost(kannel, **facts):
    outbox.queue(**draft(kannel, 1, **facts))
    sending.hand_over(sending.claim(kannel.pk), FakeGateway(Unknown("no_answer")))
    OutboundMessage.objects.update(state_changed_at=timezone.now() - timedelta(minutes=11))
    return OutboundMessage.objects.get()


# row: worker killed after send, before commit; timeout after accept
def test_an_answer_is_sent_again_once_and_not_a_third_time(kannel):
    lost(kannel, kind=Kind.REPLY, consent_purpose="")

    care.look_after_texts()
    care.look_after_texts()
    again = OutboundMessage.objects.get(cause__startswith="again:")
    assert (again.state, again.text) == ("queued", "Mai 8h")
    OutboundMessage.objects.filter(pk=again.pk).update(
        state="unknown", state_changed_at=timezone.now() - timedelta(minutes=11)
    )
    care.look_after_texts()

    assert OutboundMessage.objects.count() == 2
    assert list(decisions.undecided()) == [again]


# row: worker killed after send, before commit; timeout after accept
@pytest.mark.parametrize("kind", [Kind.REMINDER, Kind.BROADCAST])
def test_a_broadcast_is_never_sent_again_by_itself(kannel, kind):
    message = lost(kannel, kind=kind)

    care.look_after_texts()

    assert (OutboundMessage.objects.count(), list(decisions.undecided())) == (1, [message])


def test_a_person_decides_once(kannel):
    message, person = lost(kannel), UserFactory(username="an")

    done = [decisions.send_again(message.pk, by=person, reason="She asked") for _click in range(2)]

    assert done == [True, False]
    assert not decisions.leave(message.pk, by=person)
    assert OutboundMessage.objects.count() == 2
    assert message.decision.reason == "She asked"


# --- alarms --------------------------------------------------------------------------------
def test_an_alarm_is_one_letter_to_those_who_may_act(mailoutbox, django_capture_on_commit_callbacks):
    UserFactory(username="an", email="an@example.org", is_superuser=True)
    UserFactory(username="binh", email="binh@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        raised = [alarms.raise_alarm("no_credit", "kannel", sending.NO_CREDIT) for _time in range(3)]

    assert raised == [True, False, False]
    assert [letter.to for letter in mailoutbox] == [["an@example.org"]]
    assert (alarms.close("no_credit", "kannel"), alarms.close("no_credit", "kannel")) == (True, False)
    assert alarms.raise_alarm("no_credit", "kannel", sending.NO_CREDIT)


# --- discretion ----------------------------------------------------------------------------
def test_words_that_betray_are_found_however_they_are_spelled():
    discretion.DiscreetWord.objects.create(word="nạn nhân", language="vi")
    discretion.DiscreetWord.objects.create(word="buôn người", weight="block")
    discretion.DiscreetWord.objects.create(word="victim", language="en")

    found = discretion.check("Gọi 111 nếu bạn là NAN  NHÂN bị buon nguoi, victim", "vi")

    assert [(problem.word, problem.blocks) for problem in found] == [
        ("buôn người", True),
        ("nạn nhân", False),
    ]
    assert "nạn nhân" in str(found[1])


def test_a_word_inside_another_betrays_nobody():
    discretion.DiscreetWord.objects.create(word="an")

    assert discretion.check("bạn bàn anh", "vi") == []
