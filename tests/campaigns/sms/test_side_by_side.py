"""Several workers, gateways' calls and threads at the same moment, on a database that lets them."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from campaigns.reach.models import ReachEntry
from campaigns.sms import inbox, outbox
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import PHONE, index_page, replies, together
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
    assert (SignUp.objects.count(), ReachEntry.objects.count(), len(replies())) == (1, 1, 1)


def test_joining_and_leaving_at_the_same_moment_end_outside(for_real):
    campaign = index_page(title="Hà Giang", keyword="HAGIANG", welcome="Chào bạn.")
    for round_ in range(5):
        phone = f"+8491234500{round_}"
        facts = {"gateway": for_real, "sender": phone, "recipient": "8088", "raw": b"", "sent_at": FIRST}
        rows = [
            inbox.receive(external_id=f"{round_}-{text}", text=text, **facts)[0]
            for text in ("dk ha giang", "HUY")
        ]
        together(2, lambda place, rows=rows: inbox.process(rows[place].pk))

        assert not consent.holds(phones.index(phone), campaign.consent_key)
        assert not SignUp.objects.filter(left_at=None).exists()


def test_eight_workers_send_a_text_once(for_real):
    gateway = FakeGateway()
    message = queued(for_real)

    states = together(8, lambda _place: outbox.send(message.pk, gateway))

    assert [state for state in states if state] == ["sent"]
    assert len(gateway.sent) == 1


def test_the_claim_is_committed_before_the_gateway_is_called(for_real):
    message = queued(for_real)

    class Nosy(FakeGateway):
        def send(self, outgoing):
            assert not connection.in_atomic_block
            assert OutboundMessage.objects.get().state == "sending"
            return super().send(outgoing)

    assert outbox.send(message.pk, Nosy()) == "sent"
