"""Pages that go live or go off at their hour."""

from django.core.management import call_command
from django_q.models import Schedule


def publish_due():
    """Schedule: publish what is due and take off what has expired. Kept pages are forgotten by the signals."""
    call_command("publish_scheduled")


def ensure_schedules(**_signal):
    """Have due pages published every two minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="staff: pages at their hour",
        defaults={
            "func": "outreach_site.staff.schedule.publish_due",
            "schedule_type": Schedule.MINUTES,
            "minutes": 2,
        },
    )
