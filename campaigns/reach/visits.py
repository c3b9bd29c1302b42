"""Views and taps, counted by day and by nothing else.

A view is noted in this process's memory and written every few seconds, after an answer has left:
a page out of the cache costs no query. What is written is a number for a day; a job carries it to
the ledger. At a crash the last seconds of counts are lost, and nothing but counts.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter

from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.db.models import F
from django.utils import timezone, translation
from django_q.models import Schedule
from wagtail.models import Page

from campaigns.reach import ledger
from campaigns.reach.models import DailyCount

logger = logging.getLogger(__name__)

WRITE_EVERY_SECONDS = 5
# Machines that look a page up; whoever they fetch it for is not known to have read it.
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|zalo|telegram|curl|wget|python|monitor|lighthouse",
    re.IGNORECASE,
)


class Tally:
    """Counts waiting to be written: {(day, channel, subject, language): number}."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = Counter()
        self.written_at = time.monotonic()

    def add(self, channel, subject, language):
        with self.lock:
            self.waiting[(timezone.localdate(), channel, subject, language)] += 1

    def is_due(self):
        return bool(self.waiting) and time.monotonic() - self.written_at >= WRITE_EVERY_SECONDS

    def take(self):
        """Return what waits, and forget it."""
        with self.lock:
            taken, self.waiting = self.waiting, Counter()
            self.written_at = time.monotonic()
        return taken

    def put_back(self, counts):
        with self.lock:
            self.waiting.update(counts)


tally = Tally()


def write(**_signal):
    """Write what waits to the database; when that does not answer it waits on."""
    counts = tally.take()
    try:
        for (day, channel, subject, language), number in list(counts.items()):
            key = {"day": day, "channel": channel, "subject": subject, "language": language}
            row, _is_new = DailyCount.objects.get_or_create(**key)
            DailyCount.objects.filter(pk=row.pk).update(number=F("number") + number)
            del counts[(day, channel, subject, language)]
    except DatabaseError as error:
        logger.warning("counts wait: %s", type(error).__name__)
        tally.put_back(counts)


def write_when_due(**_signal):
    if tally.is_due():
        write()


def write_at_exit():
    if tally.waiting:
        write()
        close_old_connections()


request_finished.connect(write_when_due, dispatch_uid="write-counts")
atexit.register(write_at_exit)


class CountVisits:
    """Count a page that was really given to a reader, from the cache or not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        visit = getattr(response, "visit", None)
        if visit and request.method == "GET" and response.status_code == 200 and is_reader(request):
            channel, page_id, language = visit
            tally.add(channel, page_id, language)
        return response


def is_reader(request):
    """Return whether a person seems to read: no machine, no preview, no browser fetching ahead."""
    if "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")):
        return False
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not MACHINES.search(agent)


def count_tap(hotline_id, request):
    """Count a tap on a hotline number. Staff who try it out count too: nobody is told apart."""
    if is_reader(request):
        tally.add(ledger.Channel.HOTLINE, hotline_id, translation.get_language() or "")


def carry_to_ledger():
    """Record every day's counts that grew since the last time. Safe to run twice, or at once."""
    changed = list(DailyCount.objects.exclude(number=F("recorded")))
    page_ids = {count.subject for count in changed if count.channel != ledger.Channel.HOTLINE}
    pages = Page.objects.in_bulk(page_ids)
    campaigns = _campaigns_of(pages)
    for count in changed:
        ledger.record(
            f"count/{count.pk}",
            day=count.day,
            channel=count.channel,
            campaign=campaigns.get(count.subject) if count.channel != ledger.Channel.HOTLINE else None,
            groups=[ledger.Group(min(count.number, ledger.MOST_CONTACTS), language=count.language)],
        )
        DailyCount.objects.filter(pk=count.pk, recorded__lt=count.number).update(recorded=count.number)


def _campaigns_of(pages):
    """Return {page id: campaign} for pages that belong to one: a campaign's own, and its materials."""
    found = {}
    for page_id, page in pages.items():
        specific = page.specific
        campaign = getattr(specific, "campaign", None) or (specific if hasattr(specific, "keyword") else None)
        if campaign:
            found[page_id] = campaign
    return found


def ensure_schedules(**_signal):
    """Have the counts carried to the ledger every five minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="reach: counts",
        defaults={
            "func": "campaigns.reach.visits.carry_to_ledger",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
        },
    )
