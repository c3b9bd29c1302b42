"""Views and taps, counted by day and by nothing else.

What `tally.py` writes is a number for a day; a job carries it to the ledger.
"""

import re

from django.db.models import F
from django.utils import translation
from django_q.models import Schedule
from wagtail.models import Page

from campaigns.reach import ledger
from campaigns.reach.models import DailyCount
from campaigns.reach.tally import Tally

# Machines that look a page up; whoever they fetch it for is not known to have read it.
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|zalo|telegram|curl|wget|python|monitor|lighthouse",
    re.IGNORECASE,
)

# The help page is made out of the records: it is counted as the page that no page can be.
HELP_PAGE = 0

tally = Tally(DailyCount, "channel", "subject", "language")
tally.write_by_itself()


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
