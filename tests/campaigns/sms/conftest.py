"""Texting as people and gateways do it: `text_in` for one text, `campaign` to text to."""

import base64
import itertools
import threading
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.db import connections
from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns.pages.models import CampaignPage
from campaigns.sms import defaults, inbox
from campaigns.sms.models import Gateway, InboundMessage, OutboundMessage
from outreach_site.privacy import phones

PHONE = "+84912345678"
ids = itertools.count(1)


def index_page(**facts):
    """Return a campaign below the root: what a database has that was emptied between two tests."""
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    day = timezone.localdate()
    facts = {"starts_on": day - timedelta(days=60), "ends_on": day + timedelta(days=60), **facts}
    return root.add_child(instance=CampaignPage(slug=f"c{next(ids)}", **facts))


@pytest.fixture
def campaign(db):
    return index_page(
        title="Hà Giang", keyword="HAGIANG", welcome="Chào bạn! Bạn đã có tên. Muốn dừng, nhắn HUY."
    )


def at_every_hour(slug):
    """Return the gateway without quiet hours: a test must not depend on the hour at which it runs."""
    defaults.ensure_gateways()
    Gateway.objects.filter(slug=slug).update(quiet_from=None, promotion_quiet_from=None)
    return Gateway.objects.get(slug=slug)


@pytest.fixture
def kannel(db):
    return at_every_hour("kannel")


@pytest.fixture
def text_in(kannel):
    """text_in("dk ha giang", phone=…, at=…) → what became of it."""

    def arrives(text, *, phone=PHONE, at=None, process=True, **facts):
        facts = {"external_id": f"id-{next(ids)}", "raw": text.encode(), "recipient": "8088", **facts}
        message, _is_new = inbox.receive(gateway=kannel, sender=phone, text=text, sent_at=at, **facts)
        return inbox.process(message.pk) if process else message

    return arrives


@pytest.fixture
def for_real(side_by_side):
    """A gateway in a database without a transaction around the test: threads see each other's work."""
    return at_every_hour("kannel")


def together(number, act):
    """Run `act(place)` in `number` threads that start at the same moment; return what each returned."""
    start, results = threading.Barrier(number), []

    def run(place):
        start.wait()
        try:
            results.append(act(place))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def call(
    client,
    text="DANGKY HAGIANG",
    *,
    secret="demo-kannel",
    raw=None,
    method="get",
    gateway="kannel",
    path="in",
    **fields,
):
    """Call as Kannel does; `raw` bytes instead of `text` when they are not to be UTF-8."""
    raw = text.encode() if raw is None else raw
    fields = {
        "id": f"call-{next(ids)}",
        "from": "+84912345678",
        "to": "8088",
        "coding": "0",
        "charset": "UTF-8",
        "ts": str(int(timezone.now().timestamp())),
        **fields,
    }
    query = f"{urlencode({name: value for name, value in fields.items() if value})}&raw={quote(raw)}"
    headers = {}
    if secret:
        headers["authorization"] = f"Basic {base64.b64encode(f'kannel:{secret}'.encode()).decode()}"
    if method == "post":
        return client.post(
            f"/sms/{gateway}/{path}", query, content_type="application/x-www-form-urlencoded", headers=headers
        )
    return client.get(f"/sms/{gateway}/{path}?{query}", headers=headers)


def stored():
    """The one text in the inbox."""
    return InboundMessage.objects.get()


def replies(phone=PHONE):
    """What was answered to `phone`, in order."""
    sent = OutboundMessage.objects.filter(phone_index=phones.index(phone))
    return list(sent.order_by("pk").values_list("text", flat=True))
