"""Events as dates that journeys of texts hang on."""

from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from campaigns.sms.journeys import anchors
from events.pages.models import EventPage

KEY = "event"


def register():
    """Called when the app is ready."""
    example = {"day": "30/12/2026", "time": "23:59"}
    anchors.register(anchors.Anchor(KEY, _("the first day of an event of the campaign"), occasions, example))


def occasions(campaign, first, last):
    """Return the `Occasion`s of a campaign's events that begin from `first` to `last`; none that is called off."""
    events = EventPage.objects.live().originals().filter(campaign__translation_key=campaign.translation_key)
    events = events.filter(starts_on__range=(first, last)).exclude(status=EventPage.Status.CANCELLED)
    return [
        anchors.Occasion(f"{KEY}/{event.pk}", event.starts_on, _facts(event))
        for event in events.order_by("pk")
    ]


def _facts(event):
    day = event.starts_on
    hour = time_format(event.start_time, "H:i") if event.start_time else ""
    return {"day": f"{day.day}/{day.month}/{day.year}", "time": hour}
