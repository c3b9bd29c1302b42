"""When another site is asked, and what its answer means for the link.

A link is broken only after it failed on three different days. Whatever may be our own fault, or a door closed
to programs alone, says "cannot tell" and is left to a person. When nobody at all can be reached, our own
line is down, and nothing is written.
"""

import logging
import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, F, Value, When
from django.utils import timezone

from outreach_site.links import fetching
from outreach_site.links.models import CheckedLink

logger = logging.getLogger(__name__)
State = CheckedLink.State

DAYS_UNTIL_BROKEN = 3
BATCH = 20
# New links are begun this long; with the last one and a witness a run stays below the queue's timeout.
RUN_SECONDS = 20
# Nobody is asked twice within this time, by whatever worker.
PAUSE_SECONDS = 2
CLAIM = timedelta(hours=1)
AGAIN = {
    State.OK: timedelta(days=7),
    State.MOVED: timedelta(days=7),
    State.BROKEN: timedelta(days=7),
    State.UNSURE: timedelta(days=1),
}
# Readers fare no better. All other reasons may be ours, or for programs only.
FAILS = {
    "not_found",
    "gone",
    "unknown_host",
    "no_connection",
    "certificate",
    "no_encryption",
    "redirect_loop",
    "private_network",
    "not_an_address",
}
LINE_DOWN = "links-line-down"
RECORDED = [
    "state",
    "reason",
    "http_status",
    "new_address",
    "failed_days",
    "first_failed_at",
    "last_failed_on",
    "last_checked_at",
    "next_try_at",
]


def sweep():
    """Schedule: ask the links that are due, unless LINK_CHECKS is off."""
    if settings.LINK_CHECKS:
        due = CheckedLink.objects.due().filter(places__isnull=False).distinct().order_by("next_try_at", "pk")
        check([link for link in due[: BATCH * 3] if _claim(link)][:BATCH])


def check_now(link_id):
    """Task: ask one link, whatever LINK_CHECKS says. Safe to run twice."""
    link = CheckedLink.objects.filter(pk=link_id, kind=CheckedLink.Kind.SITE).first()
    if link and _claim(link):
        check([link])


def _claim(link):
    """Take the link for this worker; true for exactly one of several."""
    same = CheckedLink.objects.filter(pk=link.pk, next_try_at=link.next_try_at)
    return same.update(next_try_at=timezone.now() + CLAIM, attempts=F("attempts") + 1) == 1


def check(links):
    """Ask these links, hosts by turns, and write what came of it; nothing while our own line is down."""
    end = time.monotonic() + RUN_SECONDS
    outcomes = []
    for link in by_turns(links):
        if outcomes and time.monotonic() > end:
            CheckedLink.objects.filter(pk=link.pk).update(next_try_at=timezone.now())
            continue
        outcomes.append((link, _ask(link.address)))
    if outcomes and line_is_down(outcomes):
        cache.set(LINE_DOWN, timezone.now(), 24 * 3600)
        logger.warning("links: nobody could be reached, %s answers not recorded", len(outcomes))
        return
    if outcomes:
        cache.delete(LINE_DOWN)
    for link, outcome in outcomes:
        record(link, outcome)


def by_turns(links):
    """Return the links so that the same host comes as rarely as possible in a row."""
    shelves = {}
    for link in links:
        shelves.setdefault(host_of(link.address), []).append(link)
    turns = []
    while shelves:
        for host in list(shelves):
            turns.append(shelves[host].pop(0))
            if not shelves[host]:
                del shelves[host]
    return turns


def host_of(address):
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _ask(address):
    end = time.monotonic() + 2 * PAUSE_SECONDS
    while not cache.add(f"links-asked:{host_of(address)}", 1, PAUSE_SECONDS) and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS / 10)
    return fetching.ask(address)


def line_is_down(outcomes):
    """Whether nobody was reached, one more site included."""
    if any(outcome.reached_somebody for _link, outcome in outcomes):
        return False
    hosts = {host_of(link.address) for link, _outcome in outcomes}
    likely = CheckedLink.objects.filter(kind=CheckedLink.Kind.SITE).exclude(state=State.BROKEN)
    # A site that worked is the better witness than one that nobody has asked yet.
    likely = likely.order_by(Case(When(state=State.OK, then=Value(0)), default=Value(1)), "-last_checked_at")
    witness = next((link for link in likely[:50] if host_of(link.address) not in hosts), None)
    if witness is None:
        return len(hosts) > 1
    return not _ask(witness.address).reached_somebody


def record(link, outcome, now=None):
    """Write what an `Outcome` means for the link at `now` (aware; default: now)."""
    now = now or timezone.now()
    link.last_checked_at, link.http_status = now, outcome.status
    link.reason, link.new_address = outcome.reason, outcome.new_address
    if outcome.reason in ("", "moved"):
        link.state = State.MOVED if outcome.reason else State.OK
        link.failed_days, link.first_failed_at, link.last_failed_on = 0, None, None
    else:
        _failed(link, outcome.reason, now)
    link.next_try_at = now + AGAIN[link.state]
    # Not the whole row: somebody may have called it fine while the site was asked.
    link.save(update_fields=RECORDED)


def _failed(link, reason, now):
    link.first_failed_at = link.first_failed_at or now
    today = timezone.localdate(now)
    if reason in FAILS and link.last_failed_on != today:
        link.failed_days += 1
        link.last_failed_on = today
    link.state = State.BROKEN if link.failed_days >= DAYS_UNTIL_BROKEN else State.UNSURE
