"""A step of a journey is taken on its day, at its hour, once; not late, and not after an edit."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.sms import sending, tasks
from campaigns.sms.journeys import anchors, firing
from campaigns.sms.journeys.anchors import Anchor, Occasion
from campaigns.sms.journeys.models import Fire, Journey, JourneyText
from campaigns.sms.models import Gateway, OutboundMessage, SignUp
from tests.campaigns.sms.broadcasts.conftest import author, gateway, people, sign_up
from tests.campaigns.sms.conftest import campaign, for_real, kannel, text_in, together
from tests.campaigns.sms.test_outbox import FakeGateway

pytestmark = pytest.mark.django_db
__all__ = ["author", "campaign", "for_real", "gateway", "kannel", "people", "text_in"]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(*moment):
    return datetime(*moment, tzinfo=ZONE)


@pytest.fixture
def clock(monkeypatch):
    def set_to(*moment):
        monkeypatch.setattr(timezone, "now", lambda: at(*moment))

    set_to(2026, 3, 1, 12)
    return set_to


@pytest.fixture
def journey(clock, campaign, gateway, author):
    """A text three days after joining, at nine."""

    def made(days=3, texts=None, anchor="joining", **facts):
        found = Journey.objects.create(
            name="Theo dõi", campaign=campaign, gateway=gateway, author=author, anchor=anchor
        )
        step = found.steps.create(days=days, hour=time(9), **facts)
        for language, text in (texts or {"vi": "Bạn thế nào?"}).items():
            JourneyText.objects.create(step=step, language=language, text=text)
        firing.start(found)
        found.refresh_from_db()
        return found

    return made


@pytest.fixture
def workshop(monkeypatch):
    """An event on 10/3, which the test may move or call off."""
    days = {"event/1": at(2026, 3, 10).date()}

    def occasions(campaign, first, last):
        found = [Occasion(key, day, {"day": f"{day.day}/{day.month}"}) for key, day in days.items()]
        return [one for one in found if first <= one.day <= last]

    monkeypatch.setitem(anchors._anchors, "event", Anchor("event", "event", occasions))
    return days


def written():
    return list(OutboundMessage.objects.order_by("pk").values_list("text", "state"))


# --- its day and hour ----------------------------------------------------------------------
def test_taken_on_its_day_at_its_hour_and_once(journey, campaign, clock):
    journey()
    sign_up(campaign, joined_at=at(2026, 3, 1, 15))

    clock(2026, 3, 4, 8, 59)
    assert firing.run() == 0
    clock(2026, 3, 4, 9, 0)
    assert firing.run() == 1
    for _again in range(3):
        tasks.sweep()
    assert len(written()) == 1
    message = OutboundMessage.objects.get()
    assert (message.kind, message.expires_at) == (2, at(2026, 3, 5, 9))


# row: midnight, quiet hours
def test_what_a_downtime_left_is_not_sent_late(journey, campaign, clock):
    journey(hours_valid=12)
    sign_up(campaign, joined_at=at(2026, 3, 1, 15))

    clock(2026, 3, 4, 21, 30)
    assert firing.run() == 0


def test_who_joined_before_it_was_started_is_written_to_only_about_what_comes(journey, campaign, clock):
    sign_up(campaign, joined_at=at(2026, 2, 26, 10))
    sign_up(campaign, joined_at=at(2026, 2, 27, 10))
    journey()

    assert firing.run() == 0
    clock(2026, 3, 2, 9, 5)
    assert firing.run() == 1


def test_on_the_day_itself_only_who_was_there_by_then(journey, campaign, clock):
    journey(days=0)
    sign_up(campaign, joined_at=at(2026, 3, 2, 8))
    sign_up(campaign, joined_at=at(2026, 3, 2, 10))

    clock(2026, 3, 2, 11)
    assert firing.run() == 1


def test_in_her_language_or_the_fallback_or_not_at_all(journey, campaign, clock):
    journey(texts={"vi": "Bạn thế nào?", "en": "How are you?"}, fallback="en")
    for language in ("vi", "en", "km"):
        sign_up(campaign, joined_at=at(2026, 3, 1, 15), language=language)
    clock(2026, 3, 4, 9)

    firing.run()
    assert sorted(text for text, _state in written()) == ["Bạn thế nào?", "How are you?", "How are you?"]


def test_who_left_gets_nothing(journey, campaign, clock, gateway):
    journey()
    left = sign_up(campaign, joined_at=at(2026, 3, 1, 15))
    SignUp.objects.filter(pk=left.pk).update(left_at=at(2026, 3, 2))
    clock(2026, 3, 4, 9)

    assert firing.run() == 0


# row: two schedulers
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_take_a_step_once(for_real, campaign, gateway, author):
    now = timezone.now()
    found = Journey.objects.create(name="Theo dõi", campaign=campaign, gateway=gateway, author=author)
    hour = timezone.localtime(now - timedelta(minutes=5))
    step = found.steps.create(days=3, hour=hour.time(), hours_valid=48)
    JourneyText.objects.create(step=step, language="vi", text="Bạn thế nào?")
    Journey.objects.update(active_since=now - timedelta(days=10))
    for _n in range(6):
        sign_up(
            campaign,
            joined_at=timezone.make_aware(datetime.combine(hour.date(), time(0, 1))) - timedelta(days=3),
        )

    together(3, lambda _place: firing.run())

    assert OutboundMessage.objects.count() == Fire.objects.count() == 6


# --- edits ---------------------------------------------------------------------------------
# row: date moved after scheduling
def test_an_edit_stops_the_older_texts_and_the_newer_go_instead(journey, campaign, clock, gateway):
    found = journey()
    first = sign_up(campaign, joined_at=at(2026, 3, 1, 15))
    second = sign_up(campaign, joined_at=at(2026, 3, 1, 16))
    clock(2026, 3, 4, 9)
    firing.run()
    Gateway.objects.update(per_second=1)
    sending.send(OutboundMessage.objects.get(phone_index=first.member.phone_index).pk, FakeGateway())

    JourneyText.objects.update(text="Bạn khỏe không?")
    assert firing.edited(found) == 1
    firing.run()
    firing.run()

    # Who got the older one does not get the newer one as well.
    assert written() == [
        ("Bạn thế nào?", "sent"),
        ("Bạn thế nào?", "cancelled"),
        ("Bạn khỏe không?", "queued"),
    ]
    assert Fire.objects.get(sign_up=second).version == 2


def test_stopped_and_started_again(journey, campaign, clock):
    found = journey()
    sign_up(campaign, joined_at=at(2026, 3, 1, 15))
    clock(2026, 3, 4, 9)
    firing.run()

    assert firing.stop(found) == 1
    clock(2026, 3, 4, 10)
    firing.start(found)
    # Nine o'clock was while it rested.
    assert firing.run() == 0
    assert written() == [("Bạn thế nào?", "cancelled")]


# --- events --------------------------------------------------------------------------------
def test_before_an_event_with_its_facts(journey, campaign, clock, workshop):
    journey(days=-2, anchor="event", texts={"vi": "Lớp học ngày {day}."})
    sign_up(campaign, joined_at=at(2026, 2, 1))
    sign_up(campaign, joined_at=at(2026, 3, 8, 8))

    clock(2026, 3, 8, 9)
    assert firing.run() == 2
    assert written()[0] == ("Lớp học ngày 10/3.", "queued")


# row: date moved after scheduling
def test_a_moved_event_stops_the_reminder_and_has_another(journey, campaign, clock, workshop):
    journey(days=-2, anchor="event", texts={"vi": "Lớp học ngày {day}."}, hours_valid=48)
    sign_up(campaign, joined_at=at(2026, 2, 1))
    clock(2026, 3, 8, 9)
    firing.run()

    workshop["event/1"] = at(2026, 3, 20).date()
    firing.run()
    assert written() == [("Lớp học ngày 10/3.", "cancelled")]
    clock(2026, 3, 18, 9)
    firing.run()
    assert written()[1] == ("Lớp học ngày 20/3.", "queued")


# row: midnight, quiet hours
def test_a_reminder_of_what_is_over_is_dropped(journey, campaign, clock, workshop, gateway):
    journey(days=0, anchor="event", hours_valid=72)
    sign_up(campaign, joined_at=at(2026, 2, 1))
    clock(2026, 3, 10, 9)
    firing.run()

    clock(2026, 3, 11, 8)
    assert sending.claim(gateway.pk).messages == []
    assert OutboundMessage.objects.get().state == "expired"
    assert firing.run() == 0


def test_an_anchor_that_is_gone_stops_nothing_else(journey, campaign, clock):
    journey(anchor="gone")

    assert firing.run() == 0
