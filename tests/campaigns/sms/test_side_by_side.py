"""Several workers, gateways' calls and threads at the same moment, on a database that lets them."""

import threading
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from campaigns.reach.models import ReachEntry
from campaigns.sms import inbox, outbox, replies
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import PHONE, index_page, together
from tests.campaigns.sms.conftest import replies as texts_to
from tests.campaigns.sms.test_outbox import FakeGateway, queued

FIRST = timezone.now().replace(microsecond=0) - timedelta(hours=3)


def test_the_same_call_eight_times_at_once_is_one_text(for_real):
    facts = {"external_id": "same", "sender": PHONE, "recipient": "8088", "text": "dk", "raw": b"dk"}

    results = together(8, lambda _place: inbox.receive(gateway=for_real, sent_at=None, **facts)[1])

    assert sorted(results) == [False] * 7 + [True]
    assert InboundMessage.objects.count() == 1


def test_eight_workers_on_one_text_make_one_sign_up(for_real):
    index_page(title="Hà Giang", keyword="HAGIANG", welcome="Chào bạn.")
    facts = {"external_id": "same", "sender": PHONE, "recipient": "8088", "text": "dk ha giang", "raw": b""}
    message, _is_new = inbox.receive(gateway=for_real, sent_at=None, **facts)

    results = together(8, lambda _place: inbox.process(message.pk))

    assert [result for result in results if result] == ["joined"]
    assert (SignUp.objects.count(), ReachEntry.objects.count(), len(texts_to(PHONE))) == (1, 1, 1)


def test_who_leaves_while_her_joining_is_worked_on_is_out(for_real, monkeypatch):
    campaign = index_page(title="Hà Giang", keyword="HAGIANG", welcome="Chào bạn.")
    facts = {"gateway": for_real, "sender": PHONE, "recipient": "8088", "raw": b"", "sent_at": FIRST}
    inbox.process(inbox.receive(external_id="before", text="HELP", **facts)[0].pk)
    joins, leaves = (
        inbox.receive(external_id=text, text=text, **facts)[0] for text in ("dk ha giang", "HUY")
    )
    joining_has_looked, leaving_is_done = threading.Event(), threading.Event()
    welcome = replies.welcome

    def slow_welcome(*args):
        joining_has_looked.set()
        leaving_is_done.wait(1)
        return welcome(*args)

    def work(place):
        if place == 0:
            return inbox.process(joins.pk)
        joining_has_looked.wait(5)
        outcome = inbox.process(leaves.pk)
        leaving_is_done.set()
        return outcome

    monkeypatch.setattr(replies, "welcome", slow_welcome)

    assert together(2, work) == ["joined", "left"]
    assert not consent.holds(phones.index(PHONE), campaign.consent_key)
    assert SignUp.objects.get().left_at == FIRST


def test_eight_workers_send_a_text_once(for_real):
    gateway = FakeGateway()
    message = queued(for_real)

    states = together(8, lambda _place: outbox.send(message.pk, gateway))

    assert [state for state in states if state] == ["sent"]
    assert len(gateway.sent) == 1


def test_the_claim_is_committed_before_the_gateway_is_called(for_real):
    message = queued(for_real)

    class Nosy(FakeGateway):
        def send(self, outgoing, gateway):
            assert not connection.in_atomic_block
            assert OutboundMessage.objects.get().state == "sending"
            return super().send(outgoing, gateway)

    assert outbox.send(message.pk, Nosy()) == "sent"
