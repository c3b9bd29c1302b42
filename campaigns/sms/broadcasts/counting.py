"""Delivered texts of broadcasts are indirect reach: counted again and again, always to the same sum.

A text that was not delivered, or of which nobody knows, is not counted; nor is any that was not asked for.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from campaigns.reach import ledger
from campaigns.reach.models import ReachSource
from campaigns.sms.broadcasts.models import MOST_HOURS, Broadcast
from campaigns.sms.care import VALIDITY
from campaigns.sms.models import OutboundMessage
from outreach_site.areas.models import Area

# A report may come late; after this a count is what it is.
COUNTED_FOR = VALIDITY + timedelta(days=2)


def count_lately():
    """Schedule, every hour: count what was delivered of broadcasts that ended, or go on, lately."""
    begun = timezone.now() - COUNTED_FOR - timedelta(hours=MOST_HOURS)
    for broadcast in Broadcast.objects.filter(started_at__gt=begun).select_related("campaign"):
        count(broadcast)


def count(broadcast):
    """Enter what was delivered of `broadcast` into the numbers, by day, area and language of the text."""
    delivered = broadcast.messages.filter(state=OutboundMessage.State.DELIVERED).order_by()
    by_day = delivered.annotate(day=TruncDate("sent_at")).values_list("day", "area", "language")
    found = defaultdict(list)
    for day, area_id, language, number in by_day.annotate(number=Count("pk")):
        found[day, area_id].append(ledger.Group(number, language=language))
    areas = Area.objects.in_bulk({area_id for _day, area_id in found if area_id})
    for (day, area_id), groups in found.items():
        _record(broadcast, day, areas.get(area_id), groups)
    said = {_key(broadcast, day, area_id) for day, area_id in found}
    # What is counted elsewhere by now.
    for source in ReachSource.objects.filter(key__startswith=f"broadcast/{broadcast.pk}/").exclude(
        key__in=said
    ):
        entry = source.entries.first()
        if entry:
            ledger.record(source.key, day=entry.day, channel=entry.channel, groups=[])


def _record(broadcast, day, area, groups):
    ledger.record(
        _key(broadcast, day, area.pk if area else None),
        day=day,
        channel=ledger.Channel.BROADCAST,
        area=area,
        campaign=broadcast.campaign,
        groups=groups,
    )


def _key(broadcast, day, area_id):
    return f"broadcast/{broadcast.pk}/{day}/{area_id or 0}"
