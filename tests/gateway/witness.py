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
from django.utils import timezone  # noqa: E402
from django_q.brokers import get_broker  # noqa: E402
from django_q.models import Schedule  # noqa: E402
from wagtail.models import Page  # noqa: E402

from campaigns.pages.models import CampaignPage  # noqa: E402
from campaigns.reach.models import ReachEntry, ReachSource  # noqa: E402
from campaigns.sms import defaults  # noqa: E402
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp  # noqa: E402
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


QUESTIONS = {"prepare": prepare, "about": about, "lose_nudges": lose_nudges}

for line in sys.stdin:
    question = json.loads(line)
    answer = QUESTIONS[question.pop("ask")](**question)
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
