"""The screens of journeys: written with their steps, started, changed, stopped."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.sms.journeys import firing
from campaigns.sms.journeys.models import Journey, JourneyStep
from campaigns.sms.models import OutboundMessage
from events import reminders
from tests.campaigns.sms.broadcasts.conftest import author, gateway, people
from tests.campaigns.sms.desk.conftest import client_of, said
from tests.factories import EventPageFactory

pytestmark = pytest.mark.django_db
__all__ = ["author", "gateway", "people"]

LIST = "/admin/sms/journeys/"


def form(campaign, gateway, *steps, initial=0, **facts):
    data = {"name": "After joining", "campaign": campaign.pk, "gateway": gateway.pk, "anchor": "joining"}
    data |= {"steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": initial}
    for n, step in enumerate(steps):
        step = {
            "number": 3,
            "side": "1",
            "hour": "09:00",
            "hours_valid": 24,
            "text_vi": "Bạn thế nào?",
            **step,
        }
        data |= {f"steps-{n}-{name}": value for name, value in step.items()}
    return data | facts


def test_written_started_and_stopped(coordinator, campaign, gateway):
    coordinator.post(
        reverse("sms_journey_add"),
        form(campaign, gateway, {}, {"number": 2, "side": "-1", "text_vi": "Sắp rồi", "hour": "18:30"}),
    )
    journey = Journey.objects.get()
    assert [(step.days, str(step.hour)) for step in journey.steps.all()] == [
        (-2, "18:30:00"),
        (3, "09:00:00"),
    ]
    assert journey.author == coordinator.user

    shown = said(coordinator.get(LIST))
    assert "2 days before" in shown
    assert "Bạn thế nào?" in shown
    assert "It runs." in said(coordinator.post(reverse("sms_journey_start", args=[journey.pk]), follow=True))
    journey.refresh_from_db()
    assert journey.active_since
    assert "It rests." in said(coordinator.post(reverse("sms_journey_stop", args=[journey.pk]), follow=True))


def test_bad_input_is_told_and_nothing_is_lost(coordinator, campaign, gateway):
    answer = coordinator.post(
        reverse("sms_journey_add"),
        form(campaign, gateway, {"text_vi": "", "number": 2}, {"fallback": "km"}, {"number": 9999}, name=""),
    )

    assert answer.status_code == 400
    assert not Journey.objects.exists()
    shown = said(answer)
    for words in (
        "Write the text in at least one language.",
        "Nothing is written in this language.",
        "less than or equal to 730",
        "Bạn thế nào?",
    ):
        assert words in shown, words


def test_a_deleted_step_takes_its_waiting_texts_with_it(coordinator, campaign, gateway, people):
    now = timezone.localtime()
    people(1, joined_at=now - timedelta(days=3))
    hour = (now - timedelta(minutes=2)).strftime("%H:%M")
    coordinator.post(reverse("sms_journey_add"), form(campaign, gateway, {"hour": hour, "hours_valid": 48}))
    journey = Journey.objects.get()
    Journey.objects.update(active_since=now - timedelta(days=5))
    firing.run()
    assert OutboundMessage.objects.get().state == "queued"

    step = JourneyStep.objects.get()
    answer = coordinator.post(
        reverse("sms_journey", args=[journey.pk]),
        form(campaign, gateway, {"id": step.pk, "DELETE": "on"}, initial=1, opened=1),
        follow=True,
    )

    assert "1 text of the older version is stopped." in said(answer)
    assert not JourneyStep.objects.exists()
    assert OutboundMessage.objects.get().state == "cancelled"


def test_a_save_on_top_of_a_newer_version_is_refused(coordinator, campaign, gateway):
    coordinator.post(reverse("sms_journey_add"), form(campaign, gateway, {}))
    journey, step = Journey.objects.get(), JourneyStep.objects.get()
    address = reverse("sms_journey", args=[journey.pk])
    mine = form(campaign, gateway, {"id": step.pk}, initial=1, opened=1, name="Mine")
    coordinator.post(address, form(campaign, gateway, {"id": step.pk}, initial=1, opened=1, name="Hers"))

    answer = coordinator.post(address, mine)

    assert "Somebody saved a newer version" in said(answer)
    assert 'value="Mine"' in said(answer)
    assert Journey.objects.get().name == "Hers"


def test_without_a_step_it_does_not_start(coordinator, campaign, gateway, author):
    journey = Journey.objects.create(name="Empty", campaign=campaign, gateway=gateway, author=author)

    shown = said(coordinator.post(reverse("sms_journey_start", args=[journey.pk]), follow=True))

    assert "It has no step yet." in shown
    journey.refresh_from_db()
    assert journey.active_since is None


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_others_do_not_see_them(role, db):
    assert client_of(role).get(LIST).status_code == 302


def test_events_of_the_campaign_are_dates_to_count_from(campaign):
    day = timezone.localdate() + timedelta(days=5)
    event = EventPageFactory(campaign=campaign, starts_on=day, ends_on=day, start_time="08:30")
    EventPageFactory(campaign=campaign, starts_on=day, ends_on=day, status="cancelled")
    EventPageFactory(starts_on=day, ends_on=day)
    event.refresh_from_db()

    [occasion] = reminders.occasions(campaign, day - timedelta(days=1), day)

    assert (occasion.key, occasion.day) == (f"event/{event.pk}", day)
    assert occasion.facts == {"day": f"{day.day}/{day.month}/{day.year}", "time": "08:30"}
    assert reminders.occasions(campaign, day + timedelta(days=1), day + timedelta(days=9)) == []
