from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.pages.models import EventPage
from tests.factories import EventPageFactory, translated

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.localdate() + timedelta(days=number)


def test_coming_events_include_those_that_go_on():
    exhibition = EventPageFactory(starts_on=days(-5), ends_on=days(5))
    training = EventPageFactory(starts_on=days(3))
    EventPageFactory(starts_on=days(-1))
    EventPageFactory(starts_on=days(1), live=False)

    assert list(EventPage.objects.coming()) == [exhibition, training]


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": days(1), "ends_on": days(0)},
        {"starts_on": days(1), "ends_on": days(1), "start_time": time(14), "end_time": time(9)},
    ],
)
def test_an_event_that_ends_before_it_starts_is_refused(wrong):
    with pytest.raises(ValidationError, match="ends before"):
        EventPageFactory.build(parent=None, **wrong).clean()


def test_hours_of_a_span_are_those_of_each_day():
    hours = {"start_time": time(14), "end_time": time(9)}
    EventPageFactory.build(parent=None, starts_on=days(1), ends_on=days(9), **hours).clean()

    with pytest.raises(ValidationError):
        EventPageFactory.build(parent=None, starts_on=days(1), ends_on=days(1), **hours).clean()


def test_a_cancelled_event_says_so_in_every_language(reader):
    event = EventPageFactory(status="confirmed")
    english = translated(event, "en", title="Workshop")

    event.status = "cancelled"
    event.save_revision().publish()

    assert "Cancelled" in reader.get(english.url).content.decode()
