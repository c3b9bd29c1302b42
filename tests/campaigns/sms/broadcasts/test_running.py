"""A broadcast is sent once, can be stopped at any text, and says exactly what became of it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from campaigns.sms import alarms, caps, decisions, outbox, sending, tasks
from campaigns.sms.broadcasts import forecast, progress, running
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.gateways.base import Accepted, Retry, Unknown
from campaigns.sms.models import OutboundMessage, SignUp
from tests.campaigns.sms.conftest import together
from tests.campaigns.sms.test_outbox import FakeGateway
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
State = Broadcast.State


def states(broadcast):
    return Counter(broadcast.messages.values_list("state", flat=True))


def now_is(broadcast):
    broadcast.refresh_from_db()
    return broadcast.state


def leave(gateway, *answers):
    """The gateway takes one batch, answering with `answers` first."""
    claimed = sending.claim(gateway.pk)
    sending.hand_over(claimed, FakeGateway(*answers))
    return len(claimed.messages)


# --- confirming ----------------------------------------------------------------------------
# row: broadcast sent twice by two staff
def test_two_clicks_send_once(draft, people, author):
    people(2)
    broadcast = draft()
    seen = {"token": broadcast.token, "people": 2}

    running.confirm(broadcast.pk, **seen, by=author)
    with pytest.raises(running.Refused) as refusal:
        running.confirm(broadcast.pk, **seen, by=UserFactory(username="binh"))
    assert refusal.value.reason == "taken"

    for _again in range(3):
        running.run()
    assert broadcast.messages.count() == 2


# row: broadcast sent twice by two staff
@pytest.mark.django_db(transaction=True)
def test_two_staff_at_the_same_moment_send_once(for_real, draft, people, author):
    people(2)
    broadcast = draft()

    def confirm(_place):
        try:
            running.confirm(broadcast.pk, token=broadcast.token, people=2, by=author)
        except running.Refused as refusal:
            return refusal.reason
        return "sent"

    assert Counter(together(3, confirm)) == {"sent": 1, "taken": 2}


def test_a_draft_that_changed_since_is_not_sent(draft, people, author):
    people(1)
    broadcast = draft()
    old = broadcast.token
    Broadcast.objects.filter(pk=broadcast.pk).update(token="7d1b8c06-5ac1-4b8e-93fb-67b9a0a4f4d0")

    with pytest.raises(running.Refused) as refusal:
        running.confirm(broadcast.pk, token=old, people=1, by=author)
    assert refusal.value.reason == "changed"
    assert now_is(broadcast) == State.DRAFT


def test_many_more_people_than_were_seen_are_not_written_to(draft, people, author):
    people(30)
    broadcast = draft()

    with pytest.raises(running.Refused) as refusal:
        running.confirm(broadcast.pk, token=broadcast.token, people=5, by=author)
    assert refusal.value.reason == "grew"


def test_what_has_problems_is_not_sent(draft, people, author):
    people(1, language="km")
    broadcast = draft()

    with pytest.raises(running.Refused) as refusal:
        running.confirm(broadcast.pk, token=broadcast.token, people=1, by=author)
    assert refusal.value.reason == "unfit"


# --- writing and sending -------------------------------------------------------------------
def test_each_reader_gets_it_once_in_her_language(sent, people, gateway):
    people(2)
    people(1, language="en")
    people(1, language="km")
    broadcast = sent(texts={"vi": "Mai 8h", "en": "Tomorrow at 8"}, fallback="en")

    running.run()
    texts = Counter(broadcast.messages.values_list("text", "language"))
    assert texts == {("Mai 8h", "vi"): 2, ("Tomorrow at 8", "en"): 2}
    assert {message.is_answer for message in broadcast.messages.all()} == {False}
    assert now_is(broadcast) == State.SENDING

    assert leave(gateway) == 4
    running.run()
    assert now_is(broadcast) == State.DONE
    assert (broadcast.written, progress.of(broadcast).percent) == (4, 100)


def test_a_worker_that_dies_between_two_parts_loses_and_doubles_nothing(sent, people, monkeypatch):
    monkeypatch.setattr(running, "PART", 2)
    people(5)
    broadcast = sent()
    running.advance(broadcast.pk)
    running.advance(broadcast.pk)
    assert broadcast.messages.count() == 2

    # Another worker finds it in the sweep; whatever was written already has its cause.
    Broadcast.objects.filter(pk=broadcast.pk).update(written_to=0, written=0)
    tasks.sweep()

    assert broadcast.messages.count() == 5
    assert len(set(broadcast.messages.values_list("phone_index", flat=True))) == 5


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_each_text_once(for_real, sent, people, monkeypatch):
    monkeypatch.setattr(running, "PART", 3)
    people(20)
    broadcast = sent()

    together(2, lambda _place: running.run(5))

    assert broadcast.messages.count() == 20
    broadcast.refresh_from_db()
    assert broadcast.written == 20


def test_it_waits_for_its_time(sent, people):
    people(1)
    broadcast = sent(send_at=timezone.now() + timedelta(hours=2))

    running.run()
    assert now_is(broadcast) == State.WAITING
    assert not broadcast.messages.exists()

    Broadcast.objects.filter(pk=broadcast.pk).update(send_at=timezone.now() - timedelta(minutes=1))
    running.run()
    assert now_is(broadcast) == State.SENDING
    assert broadcast.messages.get().expires_at == broadcast.too_late_after


# row: midnight, quiet hours
def test_after_a_long_downtime_it_is_not_sent_late(sent, people):
    people(1)
    broadcast = sent(send_at=timezone.now() + timedelta(hours=2), hours_valid=3)
    Broadcast.objects.filter(pk=broadcast.pk).update(send_at=timezone.now() - timedelta(hours=4))

    running.run()

    broadcast.refresh_from_db()
    assert (broadcast.stop_reason, broadcast.messages.count()) == (Broadcast.Stop.TOO_LATE, 0)
    assert alarms.Alarm.objects.open().filter(kind="broadcast").exists()


def test_an_audience_that_grew_in_the_meantime_waits_for_a_person(sent, people, author):
    people(1)
    broadcast = sent(send_at=timezone.now() + timedelta(hours=2))
    people(20)
    Broadcast.objects.filter(pk=broadcast.pk).update(send_at=timezone.now() - timedelta(minutes=1))

    running.run()
    broadcast.refresh_from_db()
    assert (broadcast.stop_reason, broadcast.messages.count()) == (Broadcast.Stop.GREW, 0)

    running.resume(broadcast.pk, by=author)
    running.run()
    assert broadcast.messages.count() == 21
    assert not alarms.Alarm.objects.open().exists()


# row: opt-out while a broadcast runs
def test_who_leaves_while_it_runs_gets_nothing(sent, people, gateway, text_in):
    stays, leaves = people(2)
    broadcast = sent()
    running.run()
    text_in("HUY", phone=leaves.member.reveal_phone())
    OutboundMessage.objects.filter(broadcast=None).delete()

    leave(gateway)

    assert states(broadcast) == {"sent": 1, "dropped": 1}
    assert broadcast.messages.get(state="sent").phone_index == stays.member.phone_index


# --- stopping ------------------------------------------------------------------------------
def test_paused_resumed_and_cancelled_midway_with_an_exact_sum(sent, people, gateway, author, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    people(7)
    broadcast = sent()
    running.run()
    leave(gateway)

    assert running.pause(broadcast.pk, by=author) == 5
    assert running.pause(broadcast.pk, by=author) is None
    assert leave(gateway) == 0
    assert states(broadcast) == {"sent": 2, "held": 5}

    assert running.resume(broadcast.pk, by=author) == 5
    assert leave(gateway, Unknown("no_answer")) == 2
    assert running.cancel(broadcast.pk, by=author) == 3
    assert running.cancel(broadcast.pk, by=author) is None
    assert leave(gateway) == 0

    assert states(broadcast) == {"sent": 3, "unknown": 1, "cancelled": 3}
    found = progress.of(broadcast)
    assert (found.texts, found.settled, found.waiting, found.parts) == (7, 7, 0, 4)
    assert now_is(broadcast) == State.CANCELLED


@pytest.mark.parametrize(("stop", "becomes"), [(running.pause, "held"), (running.cancel, "cancelled")])
def test_a_text_that_the_gateway_gives_back_stays_stopped(sent, people, gateway, author, stop, becomes):
    people(1)
    broadcast = sent()
    running.run()
    claimed = sending.claim(gateway.pk)

    stop(broadcast.pk, by=author)
    sending.hand_over(claimed, FakeGateway(Retry("busy")))
    assert states(broadcast) == {"queued": 1}

    OutboundMessage.objects.update(next_try_at=timezone.now())
    type(gateway).objects.update(next_send_at=None)
    assert sending.claim(gateway.pk).messages == []
    assert states(broadcast) == {becomes: 1}


def test_paused_while_it_is_written_it_writes_on_only_after(sent, people, author, monkeypatch):
    monkeypatch.setattr(running, "PART", 2)
    people(5)
    broadcast = sent()
    running.advance(broadcast.pk)
    running.advance(broadcast.pk)

    running.pause(broadcast.pk, by=author)
    running.run()
    assert states(broadcast) == {"held": 2}

    running.resume(broadcast.pk, by=author)
    running.run()
    assert states(broadcast) == {"queued": 5}


# row: cost
def test_above_the_cap_one_decision_frees_all_of_it(sent, people, author, settings, monkeypatch):
    monkeypatch.setattr(running, "PART", 2)
    settings.SMS_PARTS_A_DAY = 3
    people(5)
    broadcast = sent()
    for _part in range(2):
        running.advance(broadcast.pk)
    held = caps.waiting().get()
    assert (held.texts, held.parts, states(broadcast)) == (5, 5, {"held": 2})

    with pytest.raises(PermissionDenied):
        caps.decide(held.pk, caps.Hold.Decision.RELEASED, by=author)
    caps.decide(held.pk, caps.Hold.Decision.RELEASED, by=UserFactory(username="binh"))
    running.run()

    assert states(broadcast) == {"queued": 5}
    assert not caps.waiting().exists()


def test_cancelled_above_the_cap_nothing_waits_for_anybody(sent, people, author, settings):
    settings.SMS_PARTS_A_DAY = 1
    people(2)
    broadcast = sent()
    running.run()

    running.cancel(broadcast.pk, by=author)

    assert states(broadcast) == {"cancelled": 2}
    assert not caps.waiting().exists()


# row: worker killed after send, before commit; timeout after accept
def test_what_is_unknown_is_never_sent_again_by_itself(sent, people, gateway, author):
    people(1)
    broadcast = sent()
    running.run()
    leave(gateway, Unknown("no_answer"))
    OutboundMessage.objects.update(state_changed_at=timezone.now() - timedelta(hours=1))

    tasks.sweep()
    assert states(broadcast) == {"unknown": 1}

    decisions.send_again(broadcast.messages.get().pk, by=author, reason="asked her")
    assert states(broadcast) == {"unknown": 1, "queued": 1}


def test_a_reader_who_was_erased_leaves_no_hole(sent, people, gateway):
    first, _second = people(2)
    broadcast = sent()
    SignUp.objects.filter(pk=first.pk).delete()

    running.run()
    leave(gateway, Accepted("op"))

    assert states(broadcast) == {"sent": 1}
    assert forecast.of(broadcast).people == 1
    assert outbox.cancel(broadcast.messages.all()) == 0
