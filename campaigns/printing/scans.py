"""Scans, counted by day and code and by nothing else.

As with page views, `campaigns.reach.tally` writes a number for a day, and a job carries it to the ledger.
"""

from django.db.models import F
from django_q.models import Schedule

from campaigns.printing.models import LinkCount
from campaigns.reach import ledger, visits
from campaigns.reach.tally import Tally

tally = Tally(LinkCount, "link_id", "language")
tally.write_by_itself()


def count(link, language, request):
    """Count one scan of `link` that led to a page in `language`; machines and previews do not count."""
    if request.method == "GET" and visits.is_reader(request):
        tally.add(link.pk, language)


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
