"""Says what the site's database holds: one question a line, one JSON answer a line.

Runs as a process of its own, with the site's environment, so that the tests need no database.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "outreach_site.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections, connection  # noqa: E402
from django.db.models import Count, Max, Min  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_q.brokers import get_broker  # noqa: E402
from django_q.models import Schedule  # noqa: E402
from wagtail.models import Page  # noqa: E402

from campaigns.pages.models import CampaignPage  # noqa: E402
from campaigns.reach.models import ReachEntry, ReachSource  # noqa: E402
from campaigns.sms import defaults, outbox, tasks  # noqa: E402
from campaigns.sms.models import (  # noqa: E402
    DeliveryReport,
    Gateway,
    InboundMessage,
    Member,
    OutboundMessage,
    SignUp,
)
from outreach_site import queue as queue_of_tasks  # noqa: E402
from outreach_site.privacy import consent, phones  # noqa: E402


def prepare(*, keyword, welcome):
    """Make a database with one running campaign."""
    call_command("migrate", verbosity=0)
    defaults.ensure_gateways()
    defaults.ensure_schedules()
    day = timezone.localdate()
    page = CampaignPage(title="Hà Giang", slug="loop", keyword=keyword, welcome=welcome)
    page.starts_on, page.ends_on = day - timedelta(days=1), day + timedelta(days=1)
    Page.get_first_root_node().add_child(instance=page)


def about(*, phone):
    """Tell everything about one phone."""
    index = phones.index(phone)
    sign_ups = list(SignUp.objects.filter(member__phone_index=index).select_related("campaign"))
    sources = ReachSource.objects.filter(key__in=[f"sign-up/{sign_up.pk}" for sign_up in sign_ups])
    return {
        "inbound": list(
            InboundMessage.objects.filter(phone_index=index).order_by("pk").values_list("text", "outcome")
        ),
        "sign_ups": len(sign_ups),
        "left": sum(1 for sign_up in sign_ups if sign_up.left_at),
        "consents": [consent.holds(index, sign_up.campaign.consent_key) for sign_up in sign_ups],
        "entries": list(ReachEntry.objects.filter(source__in=sources).values_list("channel", "contacts")),
        "outbound": list(
            OutboundMessage.objects.filter(phone_index=index).order_by("pk").values_list("text", "state")
        ),
    }


def lose_nudges():
    """Empty the queue, as a crash of a queue in memory would; have the sweep run at the next look."""
    broker = get_broker()
    lost = broker.queue_size()
    broker.purge_queue()
    Schedule.objects.update(next_run=timezone.now())
    return lost


def queue(*, number, text, per_second, area="8499", kind=OutboundMessage.Kind.BROADCAST):
    """Write a broadcast of `number` texts, each with its place in it, to numbers of their own."""
    Gateway.objects.update(per_second=per_second, quiet_from=None, quiet_until=None)
    gateway = Gateway.objects.get(slug="kannel")
    drafts = []
    for place in range(number):
        to = Member(language="vi")
        to.set_phone(f"+{area}{place:0{11 - len(area)}d}")
        facts = {"to": to, "gateway": gateway, "text": f"{text} {place}", "language": "vi", "kind": kind}
        drafts.append({**facts, "cause": f"{text}:{place}"})
    return outbox.queue_many(drafts)


def send(*, phone, text):
    """Write one text to a phone."""
    to, gateway = Member(language="vi"), Gateway.objects.get(slug="kannel")
    to.set_phone(phone)
    facts = {"gateway": gateway, "language": "vi", "kind": OutboundMessage.Kind.REPLY}
    return outbox.queue(to=to, text=text, cause=f"test:{phone}", **facts)


def tally(*, text=""):
    """Count texts in by outcome, texts out (those that begin with `text`) by state, and sign-ups."""

    def by(rows, *columns):
        counted = rows.order_by().values_list(*columns).annotate(Count("pk"))
        return {"/".join(map(str, key)): number for *key, number in counted}

    out = OutboundMessage.objects.filter(text__startswith=text)
    return {
        "in": by(InboundMessage.objects, "state", "outcome"),
        "out": by(out, "state"),
        "sign_ups": SignUp.objects.count(),
        "joined": InboundMessage.objects.filter(outcome="joined").count(),
        "welcomes": OutboundMessage.objects.filter(cause__startswith="reply:").count(),
        "reports": DeliveryReport.objects.count(),
    }


def states(*, text):
    """Tell the state of each text that begins with `text`."""
    return dict(OutboundMessage.objects.filter(text__startswith=text).values_list("text", "state"))


def first_and_last():
    """Tell how many texts came in, and when (Unix seconds) the first and the last were stored."""
    row = InboundMessage.objects.aggregate(n=Count("pk"), first=Min("received_at"), last=Max("received_at"))
    return [row["n"], *(moment.timestamp() if moment else 0 for moment in (row["first"], row["last"]))]


def let_time_pass():
    """Have the leases of dead workers and every wait end now; then sweep, as the schedule does."""
    now = timezone.now()
    Gateway.objects.update(next_send_at=None)
    for model in (InboundMessage, OutboundMessage):
        model.objects.filter(lease_until__gt=now).update(lease_until=now - timedelta(seconds=1))
    InboundMessage.objects.filter(state="new").update(next_try_at=now, received_at=now - timedelta(minutes=1))
    OutboundMessage.objects.filter(state="queued").update(next_try_at=now)
    tasks.sweep()


def nudge():
    """Say that there is work, as the next text would."""
    queue_of_tasks.forget_nudges()
    for gateway in Gateway.objects.filter(slug="kannel"):
        queue_of_tasks.nudge_soon(tasks.deliver, gateway.pk)
    queue_of_tasks.nudge_soon(tasks.process_inbound, 0)
    queue_of_tasks.nudge_soon(tasks.apply_reports, 0)


def empty():
    """Forget all texts: the next measurement begins."""
    for model in (OutboundMessage, InboundMessage, DeliveryReport):
        with connection.cursor() as cursor:
            names = model._meta.db_table
            cursor.execute(f"TRUNCATE {names} CASCADE")


QUESTIONS = {
    act.__name__: act
    for act in (
        prepare,
        about,
        lose_nudges,
        queue,
        send,
        tally,
        states,
        first_and_last,
        let_time_pass,
        nudge,
        empty,
    )
}

for line in sys.stdin:
    question = json.loads(line)
    # The server may have been restarted since the last question.
    close_old_connections()
    answer = QUESTIONS[question.pop("ask")](**question)
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
