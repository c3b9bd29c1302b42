"""The gateways and the schedule that every installation has, made after each `migrate`."""

from django.db import connections
from django_q.models import Schedule

from campaigns.sms.models import Gateway
from campaigns.sms.words import vocabulary
from campaigns.sms.words.models import CommandWord

SHORT_CODE = "8088"
GATEWAYS = {"kannel": Gateway.Kind.KANNEL, "simulator": Gateway.Kind.SIMULATOR}

SWEEP = "texts: sweep"
COUNT = "texts: count what was delivered to many"


def ensure_gateways():
    """Make the gateways that are missing; those that staff have changed stay as they are."""
    for slug, kind in GATEWAYS.items():
        Gateway.objects.get_or_create(slug=slug, defaults={"kind": kind, "short_code": SHORT_CODE})


def ensure_schedules():
    """Have the sweep run every minute, and the counting every hour."""
    Schedule.objects.update_or_create(
        name=SWEEP,
        defaults={
            "func": "campaigns.sms.tasks.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
        },
    )

    Schedule.objects.update_or_create(
        name=COUNT,
        defaults={
            "func": "campaigns.sms.tasks.count_broadcasts",
            "schedule_type": Schedule.HOURLY,
            "repeats": -1,
        },
    )


def after_migrate(sender, using="default", **kwargs):
    """Receiver of `post_migrate`: does nothing while a table is missing, as after a partial migration."""
    tables = connections[using].introspection.table_names()
    if Gateway._meta.db_table in tables and Schedule._meta.db_table in tables:
        ensure_gateways()
        ensure_schedules()
    if CommandWord._meta.db_table in tables:
        vocabulary.ensure()
