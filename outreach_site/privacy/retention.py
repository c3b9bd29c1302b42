"""What is old is let go: made to say nothing of anybody, in the night, by the rules that staff see and set."""

import time
from datetime import timedelta

from django.utils import timezone
from django_q.models import Schedule

from outreach_site.privacy import holdings
from outreach_site.privacy.models import RetentionRule, RetentionRun

DAYS_A_MONTH = 30.44
AT_ONCE = 500
# A night's share of one kind; the rest is left to the next night.
SECONDS = 40


def ensure_schedules(**_signal):
    """Have old data let go once a day. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="privacy: retention",
        defaults={"func": "outreach_site.privacy.retention.run", "schedule_type": Schedule.DAILY},
    )


def rules():
    """Return [(Holding, RetentionRule)] of everything that is let go, rules made where they are missing."""
    found = []
    for holding in holdings.all_of_them():
        if holding.let_go:
            rule, _new = RetentionRule.objects.get_or_create(
                key=holding.key, defaults={"months": holding.months}
            )
            found.append((holding, rule))
    return found


def run():
    """Let go what is older than its rule says; return {key: number of rows}."""
    done = {}
    for holding, rule in rules():
        if not rule.months:
            continue
        before = timezone.now() - timedelta(days=round(rule.months * DAYS_A_MONTH))
        number, stop_at = 0, time.monotonic() + SECONDS
        while time.monotonic() < stop_at:
            some = holding.let_go(before, AT_ONCE)
            number += some
            if some < AT_ONCE:
                break
        if number:
            RetentionRun.objects.create(key=holding.key, before=before, number=number)
        done[holding.key] = number
    return done
