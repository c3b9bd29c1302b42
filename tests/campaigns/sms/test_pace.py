"""When a text leaves: in its turn, at the gateway's rate, at decent hours, or not at all."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.sms import alarms, care, outbox, pace, sending
from campaigns.sms.gateways.base import Accepted, NoCredit, Retry, Unknown
from campaigns.sms.models import Gateway, OutboundMessage
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.test_outbox import FakeGateway, member

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = outbox.Kind


def number(n):
    return f"+8491{n:07d}"


def draft(gateway, n, *, kind=Kind.BROADCAST, cause="", **facts):
    phone = number(n)
    consent.note(
        phone_index=phones.index(phone),
        purpose="campaign:1",
        given=True,
        channel="sms",
        at=timezone.now() - timedelta(days=1),
        source=f"tests/{phone}",
    )
    facts = {"text": "Mai 8h", "language": "vi", "consent_purpose": "campaign:1", **facts}
    return {"to": member(phone), "gateway": gateway, "kind": kind, "cause": cause or f"b:{n}", **facts}


def states():
    return dict(OutboundMessage.objects.order_by("pk").values_list("cause", "state"))


def clock(monkeypatch, *moment):
    at = datetime(*moment, tzinfo=ZONE)
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


# --- turns and rate ------------------------------------------------------------------------
def test_thousands_are_queued_at_once_and_the_same_cause_is_no_error(kannel):
    drafts = [draft(kannel, n) for n in range(30)]

    assert outbox.queue_many([*drafts[:10], drafts[0]]) == 10
    assert outbox.queue_many(drafts) == 20
    assert OutboundMessage.objects.count() == 30


def test_an_answer_passes_a_running_broadcast(kannel):
    outbox.queue_many([draft(kannel, n) for n in range(100)])
    gateway = FakeGateway()
    sending.hand_over(sending.claim(kannel.pk), gateway)
    Gateway.objects.update(allowance=10)

    outbox.queue(**draft(kannel, 500, kind=Kind.REPLY, cause="answer", consent_purpose=""))
    sending.hand_over(sending.claim(kannel.pk), gateway)

    assert 0 < [outgoing.to for outgoing in gateway.sent].index(number(500)) <= 10 + sending.THREADS


def test_no_more_leaves_than_the_rate_allows(kannel, monkeypatch):
    clock(monkeypatch, 2026, 11, 24, 9)
    Gateway.objects.update(per_second=5)
    outbox.queue_many([draft(kannel, n) for n in range(30)])

    first = sending.claim(kannel.pk)
    at_once = sending.claim(kannel.pk)
    clock(monkeypatch, 2026, 11, 24, 9, 0, 1)
    second = sending.claim(kannel.pk)
    clock(monkeypatch, 2026, 11, 24, 10)
    after_an_hour = sending.claim(kannel.pk)

    assert [len(claimed.messages) for claimed in (first, at_once, second, after_an_hour)] == [5, 0, 5, 5]
    assert at_once.wait == pytest.approx(0.2)


def test_a_long_text_counts_as_its_parts(kannel, monkeypatch):
    clock(monkeypatch, 2026, 11, 24, 9)
    Gateway.objects.update(per_second=4)
    outbox.queue_many([draft(kannel, n, text="ă" * 150) for n in range(4)])

    assert sum(message.parts for message in sending.claim(kannel.pk).messages) == 6
    assert sending.claim(kannel.pk).wait == pytest.approx(0.75)


def test_what_a_text_costs_is_known_before_it_leaves(kannel):
    Gateway.objects.update(cost_per_part="350.50")
    kannel.refresh_from_db()

    outbox.queue(**draft(kannel, 1, text="ă" * 150))

    assert OutboundMessage.objects.get().cost == 1051.5


# --- a gateway that is not well ------------------------------------------------------------
# row: throttle, quota, no credit
def test_a_throttled_gateway_rests_and_no_text_loses_its_place_or_an_attempt(kannel):
    Gateway.objects.update(per_second=100)
    outbox.queue_many([draft(kannel, n) for n in range(20)])
    gateway = FakeGateway(*[Retry("http_429")] * 20)

    sending.hand_over(sending.claim(kannel.pk), gateway)

    kannel.refresh_from_db()
    assert kannel.next_send_at > timezone.now()
    assert sending.claim(kannel.pk) is None
    assert set(OutboundMessage.objects.values_list("state", "attempts")) == {("queued", 0)}
    assert len(gateway.sent) < sending.BAD_ANSWERS + sending.THREADS


def test_how_long_a_gateway_asks_to_be_left_alone_is_heeded(kannel):
    outbox.queue_many([draft(kannel, n) for n in range(2)])

    sending.hand_over(sending.claim(kannel.pk), FakeGateway(*[Retry("http_503", after=900)] * 2))

    kannel.refresh_from_db()
    assert kannel.next_send_at > timezone.now() + timedelta(seconds=890)


def test_a_text_that_alone_is_refused_does_not_hold_up_the_others(kannel):
    outbox.queue_many([draft(kannel, n) for n in range(3)])

    sending.hand_over(sending.claim(kannel.pk), FakeGateway(Retry("http_503"), Accepted(), Accepted()))

    assert sorted(states().values()) == ["queued", "sent", "sent"]
    assert OutboundMessage.objects.get(state="queued").attempts == 1
    kannel.refresh_from_db()
    assert not kannel.is_resting(timezone.now())


# row: throttle, quota, no credit
def test_without_credit_the_gateway_is_paused_and_staff_are_told(kannel):
    outbox.queue_many([draft(kannel, n) for n in range(3)])

    sending.hand_over(sending.claim(kannel.pk), FakeGateway(*[NoCredit("no_credit")] * 3))

    kannel.refresh_from_db()
    assert (kannel.pause_reason, sending.claim(kannel.pk)) == ("no_credit", None)
    assert set(OutboundMessage.objects.values_list("state", "attempts")) == {("queued", 0)}
    assert alarms.Alarm.objects.open().get().kind == "no_credit"


def test_a_gateway_that_only_loses_answers_is_left_alone(kannel):
    Gateway.objects.update(per_second=100)
    outbox.queue_many([draft(kannel, n) for n in range(40)])

    sending.hand_over(sending.claim(kannel.pk), FakeGateway(*[Unknown("no_answer")] * 40))

    unknown = OutboundMessage.objects.filter(state="unknown").count()
    assert sending.BAD_ANSWERS <= unknown < sending.BAD_ANSWERS + sending.THREADS
    assert sending.claim(kannel.pk) is None


def test_an_alarm_is_over_once_the_gateway_takes_texts_again(kannel):
    gateway = FakeGateway(*[Retry("no_connection")] * 4)
    outbox.queue(**draft(kannel, 1))
    for _attempt in range(5):
        sending.hand_over(sending.claim(kannel.pk), gateway)
        OutboundMessage.objects.update(next_try_at=timezone.now())
        Gateway.objects.update(next_send_at=None)

    alarm = alarms.Alarm.objects.get()
    assert (alarm.kind, alarm.closed_at is None, states()) == ("takes_nothing", False, {"b:1": "sent"})


# --- hours ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ((2026, 11, 24, 22, 10), (2026, 11, 25, 7)),
        ((2026, 11, 24, 6, 59), (2026, 11, 24, 7)),
        ((2026, 11, 24, 7), None),
        ((2026, 11, 24, 21, 59), None),
        ((2026, 12, 31, 23, 30), (2027, 1, 1, 7)),
    ],
)
def test_the_night_is_quiet_in_the_sites_zone(moment, opens):
    found = pace.opens_at((time(22), time(7)), datetime(*moment, tzinfo=ZONE))

    assert found == (opens and datetime(*opens, tzinfo=ZONE))


# row: midnight, quiet hours
def test_what_is_due_at_ten_past_ten_leaves_at_seven_unless_it_is_too_late_then(kannel, monkeypatch):
    now = clock(monkeypatch, 2026, 11, 24, 22, 10)
    Gateway.objects.update(quiet_from=time(22))
    outbox.queue(**draft(kannel, 1, kind=Kind.REMINDER, expires_at=now + timedelta(hours=4)))
    outbox.queue(**draft(kannel, 2, kind=Kind.REMINDER))
    outbox.queue(**draft(kannel, 3, kind=Kind.REPLY, consent_purpose=""))

    leaving = sending.claim(kannel.pk).messages

    assert [message.cause for message in leaving] == ["b:3"]
    assert states() == {"b:1": "expired", "b:2": "queued", "b:3": "sending"}
    assert OutboundMessage.objects.get(cause="b:2").next_try_at == datetime(2026, 11, 25, 7, tzinfo=ZONE)


# --- too late ------------------------------------------------------------------------------
# row: midnight, quiet hours (reminders for past events dropped, not sent late)
def test_a_reminder_of_what_is_over_is_dropped(kannel):
    outbox.queue(**draft(kannel, 1, kind=Kind.REMINDER, expires_at=timezone.now() - timedelta(seconds=1)))

    assert (sending.claim(kannel.pk).messages, states()) == ([], {"b:1": "expired"})


# row: backlog after outage
def test_after_an_outage_stale_answers_are_dropped_but_not_what_stays_right(kannel, monkeypatch):
    for cause, lasting in (("welcome", False), ("you have left", True)):
        outbox.queue(**draft(kannel, 1, kind=Kind.REPLY, cause=cause, consent_purpose=""), lasting=lasting)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert [message.cause for message in sending.claim(kannel.pk).messages] == ["you have left"]
    assert states()["welcome"] == "expired"


# row: DLR never
def test_what_nobody_reports_on_is_unconfirmed_and_a_late_report_still_counts(kannel):
    outbox.queue(**draft(kannel, 1))
    sending.hand_over(sending.claim(kannel.pk), FakeGateway())
    OutboundMessage.objects.update(sent_at=timezone.now() - care.VALIDITY - timedelta(minutes=1))

    care.look_after_texts()
    assert states() == {"b:1": "unconfirmed"}

    outbox.apply_report(gateway=kannel, uid=OutboundMessage.objects.get().uid, status="delivered")
    assert states() == {"b:1": "delivered"}


def test_what_was_cancelled_or_held_does_not_leave(kannel):
    outbox.queue_many([draft(kannel, n) for n in range(3)])
    rows = OutboundMessage.objects.all()

    assert (outbox.cancel(rows.filter(cause="b:0")), outbox.hold(rows), outbox.cancel(rows.none())) == (
        1,
        2,
        0,
    )
    assert sending.claim(kannel.pk).messages == []
    assert (outbox.let_go(rows), states()["b:0"]) == (2, "cancelled")
    assert len(sending.claim(kannel.pk).messages) == 2


# --- one number ----------------------------------------------------------------------------
def test_a_number_gets_three_promotion_texts_a_day(kannel):
    Gateway.objects.update(promotion_label={"vi": "[QC]"}, promotion_opt_out={"vi": "Tu choi: HUY"})
    kannel.refresh_from_db()
    facts = {"message_class": outbox.Class.PROMOTION}
    outbox.queue_many([draft(kannel, 1, cause=f"p:{n}", **facts) for n in range(4)])

    sending.hand_over(sending.claim(kannel.pk), FakeGateway())

    assert list(states().values()) == ["sent", "sent", "sent", "queued"]
    last = OutboundMessage.objects.get(cause="p:3")
    assert last.next_try_at > timezone.now() + timedelta(hours=23)
    assert last.text == "[QC] Mai 8h Tu choi: HUY"


def test_nobody_gets_more_texts_than_the_ceiling(kannel, settings):
    settings.SMS_TEXTS_A_NUMBER_A_DAY = 2
    facts = {"kind": Kind.REPLY, "consent_purpose": ""}
    for n in range(3):
        outbox.queue(**draft(kannel, 1, cause=f"r:{n}", **facts))

    sending.hand_over(sending.claim(kannel.pk), FakeGateway())

    assert list(states().values()) == ["sent", "sent", "queued"]


@pytest.mark.parametrize("missing", ["promotion_label", "promotion_opt_out"])
def test_promotion_without_label_or_way_to_refuse_is_not_sent(kannel, missing):
    words = {"promotion_label": {"vi": "[QC]"}, "promotion_opt_out": {"vi": "Tu choi: HUY"}, missing: {}}
    Gateway.objects.update(**words)
    kannel.refresh_from_db()

    with pytest.raises(ValueError, match="carries no promotion"):
        outbox.queue(**draft(kannel, 1, message_class=outbox.Class.PROMOTION))


# --- consent -------------------------------------------------------------------------------
# row: opt-out from an unknown number
def test_a_text_that_needs_no_consent_still_spares_who_left_everything(kannel):
    outbox.queue(**draft(kannel, 1, kind=Kind.REMINDER, consent_purpose=""))
    consent.note(
        phone_index=phones.index(number(1)),
        purpose=consent.ALL,
        given=False,
        channel="sms",
        at=timezone.now(),
        source="tests/left",
    )

    assert (sending.claim(kannel.pk).messages, states()) == ([], {"b:1": "dropped"})


@pytest.mark.parametrize("purpose", ["campaign:1", "campaign:2"])
@pytest.mark.parametrize(
    "events",
    [
        [],
        [("campaign:1", True, 1)],
        [("campaign:1", True, 1), ("campaign:1", False, 1)],
        [("campaign:1", True, 1), ("all", False, 2)],
        [("campaign:1", True, 3), ("all", False, 2)],
        [("campaign:2", True, 3), ("campaign:1", True, 1), ("all", False, 2)],
    ],
)
def test_many_consents_are_read_as_one_is(events, purpose):
    index = phones.index(number(1))
    for place, (about, given, minute) in enumerate(events):
        consent.note(
            phone_index=index,
            purpose=about,
            given=given,
            channel="sms",
            at=datetime(2026, 1, 1, 0, minute, tzinfo=ZONE),
            source=f"tests/{place}",
        )

    assert ((index, purpose) in consent.holding([(index, purpose)])) == consent.holds(index, purpose)
