"""Scans, counted by day and code and by nothing else.

As with page views, a scan is noted in memory and written after an answer has left; a job carries
what was written to the ledger.
"""

import atexit
import logging

from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.db.models import F
from django_q.models import Schedule

from campaigns.printing.models import LinkCount
from campaigns.reach import ledger, visits

logger = logging.getLogger(__name__)
tally = visits.Tally()


def count(link, language, request):
    """Count one scan of `link` that led to a page in `language`; machines and previews do not count."""
    if request.method == "GET" and visits.is_reader(request):
        tally.add(ledger.Channel.QR, link.pk, language)


def write(**_signal):
    """Write what waits to the database; when that does not answer it waits on."""
    counts = tally.take()
    try:
        for (day, channel, link_id, language), number in list(counts.items()):
            row, _is_new = LinkCount.objects.get_or_create(day=day, link_id=link_id, language=language)
            LinkCount.objects.filter(pk=row.pk).update(number=F("number") + number)
            del counts[(day, channel, link_id, language)]
    except DatabaseError as error:
        logger.warning("scans wait: %s", type(error).__name__)
        tally.put_back(counts)


def write_when_due(**_signal):
    if tally.is_due():
        write()


def write_at_exit():
    if tally.waiting:
        write()
        close_old_connections()


request_finished.connect(write_when_due, dispatch_uid="write-scans")
atexit.register(write_at_exit)


def carry_to_ledger():
    """Record every day's scans that are new or corrected. Safe to run twice, or at once."""
    changed = LinkCount.objects.exclude(number=F("recorded")).select_related("link__area", "link__campaign")
    for count in changed:
        ledger.record(
            f"scans/{count.pk}",
            day=count.day,
            channel=ledger.Channel.QR,
            area=count.link.area,
            campaign=count.link.campaign,
            groups=[ledger.Group(min(count.number, ledger.MOST_CONTACTS), language=count.language)],
        )
        LinkCount.objects.filter(pk=count.pk, recorded=count.recorded).update(recorded=count.number)


def ensure_schedules(**_signal):
    """Have scans carried to the ledger every five minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="print: scans",
        defaults={
            "func": "campaigns.printing.scans.carry_to_ledger",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
        },
    )
