"""What an event says of itself to feeds and machines."""

from datetime import datetime

from django.utils import formats, timezone

from outreach_site.feeds import schema

STATES = {"moved": "EventRescheduled", "cancelled": "EventCancelled"}


def schema_of(event):
    """Return the event in the words of schema.org."""
    return schema.of_page(
        event,
        "Event",
        startDate=_moment(event.starts_on, event.start_time),
        endDate=_moment(event.ends_on, event.end_time),
        eventStatus=f"https://schema.org/{STATES.get(event.status, 'EventScheduled')}",
        location=_location(event),
        organizer=event.organisers and {"@type": "Organization", "name": event.organisers},
    )


def feed_summary(event):
    """Return "Cancelled · 12/3/2026 – 29/3/2026 · introduction"; a state only where it is not as planned."""
    days = [
        formats.date_format(day, "DATE_FORMAT") for day in dict.fromkeys((event.starts_on, event.ends_on))
    ]
    state = str(event.get_status_display()) if event.status in STATES else ""
    return " · ".join(piece for piece in (state, " – ".join(days), event.introduction) if piece)


def _location(event):
    area = event.area.place if event.area else ""
    if not (event.place or area):
        return None
    return {"@type": "Place", "name": event.place or area, "address": area or event.place}


def _moment(day, time):
    """Return a day, or a day and hour in the site's zone, as ISO 8601 has it."""
    if time is None:
        return day.isoformat()
    return timezone.make_aware(datetime.combine(day, time)).isoformat(timespec="minutes")
