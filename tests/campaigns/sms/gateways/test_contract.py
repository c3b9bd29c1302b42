"""What every gateway has to keep, whoever the provider is: the same cases against each of them."""

import uuid

import pytest

from campaigns.sms import inbox, outbox, reports, sending
from campaigns.sms.gateways.base import Accepted
from campaigns.sms.models import DeliveryReport, Gateway, InboundMessage, OutboundMessage
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import PHONE
from tests.campaigns.sms.gateways.providers import PROVIDERS, gateway

pytestmark = pytest.mark.django_db


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name)
def provider(request, db):
    if not Gateway.objects.filter(slug=request.param.name).exists():
        gateway(request.param.name).save()
    return request.param


def texts():
    return list(InboundMessage.objects.order_by("pk").values_list("external_id", "text"))


def test_a_text_is_stored_as_it_came(client, provider):
    answer = provider.text(client, id="m-1", sender=PHONE, text="Đăng ký  Hà Giang 🙂")

    assert answer.status_code == 200
    message = InboundMessage.objects.get()
    assert (message.external_id, message.text) == ("m-1", "Đăng ký  Hà Giang 🙂")
    assert (message.recipient, message.reveal_phone()) == ("8088", PHONE)
    assert (message.gateway.slug, message.state, message.looks_damaged) == (provider.name, "new", False)


def test_the_answer_sends_nothing_to_the_phone(client, provider):
    answer = provider.text(client, id="m-1", sender=PHONE, text="xin chào")

    assert answer.content in (b"", b"<Response/>")


def test_row_forged_webhook_is_refused_and_stores_nothing(client, provider):
    """sms.md §6, forged webhook: 403, whatever it brings."""
    answers = [
        provider.text(client, id="m-1", sender=PHONE, text="x", secret=secret) for secret in ("", "wrong")
    ]
    answers += [provider.status(client, uid=uuid.uuid4(), external_id="o-1", secret="wrong")]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert not InboundMessage.objects.exists()
    assert not DeliveryReport.objects.exists()


def test_row_same_call_again_has_no_second_effect(client, provider):
    """sms.md §6, same call again: unique for good, 200."""
    answers = [provider.text(client, id="m-1", sender=PHONE, text="x").status_code for _again in range(3)]

    assert answers == [200, 200, 200]
    assert texts() == [("m-1", "x")]


def test_row_operator_sends_twice_keeps_both_rows(client, provider):
    """sms.md §6, operator sends an MO twice under new ids: both raw rows are kept."""
    for external_id in ("m-1", "m-2"):
        provider.text(client, id=external_id, sender=PHONE, text="x")

    assert texts() == [("m-1", "x"), ("m-2", "x")]


def test_row_empty_text_is_stored(client, provider):
    """sms.md §6, empty, emoji, binary, MMS: stored, no crash."""
    assert provider.text(client, id="m-1", sender=PHONE, text="").status_code == 200
    assert texts() == [("m-1", "")]


def test_row_nul_never_reaches_the_database(client, provider):
    """sms.md §6, NUL or invalid UTF-8: cleaned before the database."""
    answer = provider.text(client, id="m-1", sender=PHONE, text="DK\0 HAGIANG")

    assert answer.status_code == 200
    assert texts() == [("m-1", "DK HAGIANG")]


def test_row_bad_encoding_is_kept_and_flagged(client, provider):
    """sms.md §6, bad charset: stored and marked as damaged."""
    answer = provider.text(client, id="m-1", sender=PHONE, text=b"\xc4\x90\xff HAGIANG")

    assert answer.status_code == 200
    message = InboundMessage.objects.get()
    assert message.looks_damaged
    assert message.text.endswith("HAGIANG")


def test_row_very_long_text_is_cut_and_flagged(client, provider):
    """sms.md §6, very long MO: 2000 characters are kept."""
    provider.text(client, id="m-1", sender=PHONE, text="ắ" * 3000)

    message = InboundMessage.objects.get()
    assert (len(message.text), message.was_cut) == (2000, True)


def test_a_huge_body_is_refused(client, provider):
    answer = provider.text(client, id="m-1", sender=PHONE, text="x" * (3 * 1024 * 1024))

    assert answer.status_code == 413
    assert not InboundMessage.objects.exists()


def test_fields_that_nobody_knows_do_no_harm(client, provider):
    answer = provider.text(client, id="m-1", sender=PHONE, text="x", NewThing="1", **{"a b": "ắ"})

    assert answer.status_code == 200
    assert texts() == [("m-1", "x")]


@pytest.mark.parametrize(("external_id", "sender"), [("", PHONE), ("m-1", ""), ("x" * 101, PHONE)])
def test_what_cannot_be_stored_is_told_why(client, provider, external_id, sender):
    answer = provider.text(client, id=external_id, sender=sender, text="x")

    assert answer.status_code == 400
    assert answer.content.endswith(b".")
    assert PHONE.encode() not in answer.content
    assert not InboundMessage.objects.exists()


def test_row_alphanumeric_sender_is_stored_without_a_number(client, provider):
    """sms.md §6, alphanumeric or short-code sender: store, never reply."""
    provider.text(client, id="m-1", sender="VIETTEL", text="x")

    message = InboundMessage.objects.get()
    inbox.process(message.pk)
    assert (message.sender_name, message.phone_index) == ("VIETTEL", "")
    assert not OutboundMessage.objects.exists()


def sent(provider, external_id):
    """A text that the provider took under its own id."""

    class Adapter:
        @staticmethod
        def send(outgoing, gateway):
            return Accepted(external_id)

    row = InboundMessage(gateway=Gateway.objects.get(slug=provider.name))
    row.set_phone(PHONE)
    outbox.queue(to=row, gateway=row.gateway, text="Chào", language="vi", kind=outbox.Kind.REPLY, cause="c-1")
    message = OutboundMessage.objects.get()
    sending.send(message.pk, Adapter)
    return OutboundMessage.objects.get()


def said(message):
    reports.apply_waiting()
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(("good", "state"), [(True, "delivered"), (False, "failed")])
def test_a_report_finds_its_text(client, provider, good, state):
    message = sent(provider, "o-1")

    answer = provider.status(client, uid=message.uid, external_id="o-1", good=good)

    assert answer.status_code == 200
    assert said(message) == state


def test_row_report_twice_late_reversed_first_final_wins(client, provider):
    """sms.md §6, DLR twice, late, reversed: never downwards, the first final one wins."""
    message = sent(provider, "o-1")
    for good in (True, True, False):
        assert provider.status(client, uid=message.uid, external_id="o-1", good=good).status_code == 200
        said(message)

    assert message.state == "delivered"
    assert DeliveryReport.objects.count() == 2


def test_row_report_before_the_send_is_committed_is_applied_later(client, provider):
    """sms.md §6, DLR before the send is committed: kept, applied when the row has its id."""
    row = InboundMessage(gateway=Gateway.objects.get(slug=provider.name))
    row.set_phone(PHONE)
    outbox.queue(to=row, gateway=row.gateway, text="Chào", language="vi", kind=outbox.Kind.REPLY, cause="c-1")
    message = OutboundMessage.objects.get()

    class Adapter:
        @staticmethod
        def send(outgoing, gateway):
            provider.status(client, uid=outgoing.uid, external_id="o-1")
            said(message)
            return Accepted("o-1")

    sending.send(message.pk, Adapter)

    message.refresh_from_db()
    assert (message.state, message.external_id) == ("delivered", "o-1")


def test_row_report_for_an_unknown_text_is_answered_and_counted(client, provider):
    """sms.md §6, DLR for unknown id: 200 and kept; 404 would loop."""
    answer = provider.status(client, uid=uuid.uuid4(), external_id="o-404")

    assert answer.status_code == 200
    assert DeliveryReport.objects.count() == 1


def test_row_opt_out_from_an_unknown_number_at_the_provider(client, provider):
    """sms.md §6, provider says opted out, opt-out from an unknown number: the number is suppressed."""
    if not provider.tells_opt_out:
        pytest.skip("this provider tells of none by itself")
    for _again in range(2):
        assert provider.opt_out(client, id="o-1", sender=PHONE).status_code == 200

    assert consent.withdrawn_at(phones.index(PHONE), consent.ALL) is not None


def test_several_texts_in_one_call(client, provider):
    if not provider.has_batches:
        pytest.skip("this provider brings one at a time")
    batch = [
        {"id": "m-1", "sender": PHONE, "text": "một"},
        {"id": "", "sender": PHONE, "text": "no id"},
        {"id": "m-2", "sender": "+84912345679", "text": "hai"},
    ]

    assert provider.texts(client, batch).status_code == 200
    assert texts() == [("m-1", "một"), ("m-2", "hai")]
