"""Texts out: each at most once, to nobody who left, and no state ever falls."""

import logging
import threading
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

import pytest
import requests
from django.utils import timezone
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from campaigns.sms import outbox, tasks
from campaigns.sms.gateways import kannel as kannel_adapter
from campaigns.sms.gateways import simulator
from campaigns.sms.gateways.base import Accepted, NoCredit, OptedOut, Outgoing, Reject, Retry, Unknown
from campaigns.sms.models import DeliveryReport, Gateway, Member, OutboundMessage
from outreach_site.privacy import consent, phones
from outreach_site.privacy.models import ConsentEvent
from tests.campaigns.sms.conftest import PHONE

pytestmark = pytest.mark.django_db

PURPOSE = "campaign:1"


class FakeGateway:
    """A gateway that answers what it is told, and remembers what it was given."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def send(self, outgoing, gateway):
        self.sent.append(outgoing)
        answer = self.answers.pop(0) if self.answers else Accepted("op-1")
        if isinstance(answer, Exception):
            raise answer
        return answer


def member(phone=PHONE):
    return Member(phone_sealed=phones.seal(phone), phone_index=phones.index(phone), language="vi")


def queued(gateway, cause="reply:1", text="Chào bạn", kind=outbox.Kind.REPLY, **facts):
    outbox.queue(to=member(), gateway=gateway, text=text, language="vi", kind=kind, cause=cause, **facts)
    return OutboundMessage.objects.get(cause=cause)


def due_now(message):
    OutboundMessage.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
    Gateway.objects.update(next_send_at=None)


def agree(given, at):
    consent.note(
        phone_index=phones.index(PHONE),
        purpose=PURPOSE,
        given=given,
        channel="sms",
        at=at,
        source=f"tests/{uuid.uuid4()}",
    )


# --- queueing ------------------------------------------------------------------------------
def test_the_same_cause_makes_no_second_text(kannel):
    queued(kannel)

    assert not outbox.queue(
        to=member(), gateway=kannel, text="Lại", language="vi", kind=outbox.Kind.REPLY, cause="reply:1"
    )
    assert OutboundMessage.objects.get().text == "Chào bạn"


@pytest.mark.parametrize(
    ("text", "measured"), [("Hello", ("gsm", 1)), ("Đã nhận", ("ucs2", 1)), ("ă" * 300, ("ucs2", 5))]
)
def test_a_text_is_measured_when_written(kannel, text, measured):
    message = queued(kannel, text=text)

    assert (message.coding, message.parts) == measured


@pytest.mark.parametrize("text", ["", "  ", "ă" * (8 * 67 + 1)])
def test_what_no_gateway_carries_is_refused(kannel, text):
    with pytest.raises(ValueError, match="cannot be sent") as refusal:
        queued(kannel, text=text)

    assert "ăă" not in str(refusal.value)


def test_answers_leave_before_broadcasts(kannel):
    for cause, kind in (("b", 3), ("r", 2), ("a", 1), ("a2", 1)):
        queued(kannel, cause=cause, kind=kind)

    order = [OutboundMessage.objects.get(pk=pk).cause for pk in outbox.due(10)]
    assert order == ["a", "a2", "r", "b"]


# --- sending -------------------------------------------------------------------------------
def test_a_text_is_sent_once(kannel):
    message, gateway = queued(kannel), FakeGateway()

    assert [outbox.send(message.pk, gateway), outbox.send(message.pk, gateway)] == ["sent", None]

    assert gateway.sent == [
        Outgoing(uid=message.uid, sender="8088", to=PHONE, text="Chào bạn", coding="ucs2")
    ]
    message.refresh_from_db()
    assert (message.external_id, message.attempts, message.lease_until) == ("op-1", 1, None)
    assert message.sent_at


def test_what_was_certainly_not_sent_is_tried_again_later(kannel):
    message, gateway = (
        queued(kannel),
        FakeGateway(Retry("no_connection"), Retry("http_503", after=600), Accepted()),
    )

    waits = []
    for _attempt in range(2):
        assert outbox.send(message.pk, gateway) == "queued"
        message.refresh_from_db()
        waits.append(round((message.next_try_at - timezone.now()).total_seconds()))
        assert outbox.send(message.pk, gateway) is None
        due_now(message)

    assert waits == [5, 600]
    assert outbox.send(message.pk, gateway) == "sent"


def test_trying_again_comes_to_an_end(kannel):
    message, gateway = queued(kannel), FakeGateway(*[Retry("no_connection")] * 20)
    states = []
    for _attempt in range(7):
        states.append(outbox.send(message.pk, gateway))
        due_now(message)

    assert states == ["queued"] * 6 + ["failed"]


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (Reject("http_400"), "failed", "http_400"),
        (Unknown("no_answer"), "unknown", "no_answer"),
        (RuntimeError(f"{PHONE} Chào"), "unknown", "RuntimeError"),
    ],
    ids=["refused", "answer lost", "our own mistake"],
)
def test_what_may_have_been_sent_is_never_sent_again(kannel, caplog, answer, state, error):
    message, gateway = queued(kannel), FakeGateway(answer)

    assert outbox.send(message.pk, gateway) == state
    due_now(message)
    tasks.sweep()

    assert (outbox.send(message.pk, gateway), len(gateway.sent)) == (None, 1)
    message.refresh_from_db()
    assert message.last_error == error
    assert "912345678" not in caplog.text + message.last_error


def test_a_text_whose_worker_died_while_sending_becomes_unknown(kannel):
    message = queued(kannel)
    OutboundMessage.objects.update(state="sending", lease_until=timezone.now() - timedelta(seconds=1))

    with mock.patch.object(kannel_adapter, "send") as send:
        tasks.sweep()

    message.refresh_from_db()
    assert (message.state, message.last_error, send.called) == ("unknown", "worker_lost", False)


def test_the_sweep_sends_what_no_nudge_did(kannel):
    message = queued(Gateway.objects.get(slug="simulator"))

    tasks.sweep()

    message.refresh_from_db()
    assert message.state == "delivered"


def test_texts_wait_while_their_gateway_is_off(kannel):
    message, gateway = queued(kannel), FakeGateway()
    Gateway.objects.update(is_active=False)

    assert (outbox.send(message.pk, gateway), outbox.due(10)) == (None, [])

    Gateway.objects.update(is_active=True)
    assert outbox.send(message.pk, gateway) == "sent"


def test_a_number_that_no_key_opens_waits(kannel, settings):
    message, gateway = queued(kannel), FakeGateway()
    settings.PHONE_KEYS = ["b3RoZXItcGhvbmUta2V5LTAxMjM0NTY3ODlhYmNkZWY="]

    assert (outbox.send(message.pk, gateway), gateway.sent) == ("queued", [])


# --- consent -------------------------------------------------------------------------------
def test_consent_is_read_when_the_text_leaves(kannel):
    agree(True, timezone.now() - timedelta(hours=1))
    stays, leaves = (queued(kannel, cause=cause, consent_purpose=PURPOSE) for cause in ("a", "b"))
    gateway = FakeGateway()

    assert outbox.send(stays.pk, gateway) == "sent"
    agree(False, timezone.now())
    assert outbox.send(leaves.pk, gateway) is None

    leaves.refresh_from_db()
    assert (leaves.state, leaves.last_error, len(gateway.sent)) == ("dropped", "no_consent", 1)


def test_without_consent_nothing_leaves(kannel):
    message = queued(kannel, consent_purpose=PURPOSE)

    assert outbox.send(message.pk, FakeGateway()) is None
    message.refresh_from_db()
    assert message.state == "dropped"


# --- delivery reports ----------------------------------------------------------------------
def report(message, status, gateway):
    outbox.apply_report(gateway=gateway, uid=message.uid, status=status, external_id="op-9")
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        (["sent", "delivered"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["delivered", "failed"], "delivered"),
        (["failed", "delivered"], "failed"),
        (["delivered", "delivered"], "delivered"),
    ],
)
def test_states_only_rise_and_the_first_final_one_stays(kannel, reports, state):
    message = queued(kannel)
    outbox.send(message.pk, FakeGateway())

    for status in reports:
        report(message, status, kannel)

    assert message.state == state


def test_a_report_resolves_what_was_unknown(kannel):
    message = queued(kannel)
    outbox.send(message.pk, FakeGateway(Unknown("no_answer")))

    assert report(message, "sent", kannel) == "sent"
    assert report(message, "delivered", kannel) == "delivered"


def test_a_report_that_overtakes_the_gateways_answer_stays(kannel):
    message = queued(kannel)

    class Hasty(FakeGateway):
        def send(self, outgoing, gateway):
            report(message, "delivered", kannel)
            return super().send(outgoing, gateway)

    assert outbox.send(message.pk, Hasty()) == "delivered"
    message.refresh_from_db()
    assert message.external_id == "op-1"


def test_a_report_that_came_before_the_text_is_applied_when_it_is_sent(kannel):
    message = queued(kannel)
    DeliveryReport.objects.create(gateway=kannel, uid=message.uid, status="delivered")

    assert outbox.send(message.pk, FakeGateway()) == "delivered"


def test_another_gateways_report_does_not_count(kannel):
    message = queued(kannel)
    outbox.send(message.pk, FakeGateway())

    assert report(message, "delivered", Gateway.objects.get(slug="simulator")) == "sent"


def test_a_report_on_a_dropped_text_changes_nothing(kannel):
    message = queued(kannel, consent_purpose=PURPOSE)
    outbox.send(message.pk, FakeGateway())

    assert report(message, "delivered", kannel) == "dropped"


# --- Kannel --------------------------------------------------------------------------------
OUTGOING = Outgoing(uid=uuid.UUID(int=7), sender="8088", to=PHONE, text="Cảm ơn bạn", coding="ucs2")
ROW = Gateway(slug="kannel", kind="kannel", short_code="8088")


def refused(*_args, **_kwargs):
    reason = NewConnectionError(None, "refused")
    raise requests.ConnectionError(MaxRetryError(None, f"/sendsms?to={PHONE}", reason))


def cut_off(*_args, **_kwargs):
    raise requests.ConnectionError(ProtocolError("Connection aborted.", ConnectionResetError()))


def answered(status):
    return mock.Mock(status_code=status, headers={}, **{"iter_content.return_value": []})


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        (refused, Retry("no_connection")),
        (requests.ConnectTimeout(), Retry("no_connection")),
        (requests.exceptions.SSLError(), Retry("no_connection")),
        (requests.exceptions.MissingSchema(), Retry("bad_send_url")),
        (cut_off, Unknown("connection_lost")),
        (requests.ReadTimeout(), Unknown("no_answer")),
        (requests.exceptions.ChunkedEncodingError(), Unknown("ChunkedEncodingError")),
    ],
)
def test_what_is_known_after_a_failed_call(outcome, result):
    with mock.patch("requests.Session.request", side_effect=outcome):
        assert kannel_adapter.send(OUTGOING, ROW) == result


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (202, Accepted()),
        (200, Accepted()),
        (403, Reject("http_403")),
        (503, Retry("http_503")),
        (429, Retry("http_429")),
        (500, Unknown("http_500")),
        (302, Unknown("http_302")),
    ],
)
def test_what_kannels_answers_mean(status, result):
    with mock.patch("requests.Session.request", return_value=answered(status)):
        assert kannel_adapter.send(OUTGOING, ROW) == result


@pytest.mark.parametrize(("coding", "number"), [("ucs2", "2"), ("gsm", "0")])
def test_letters_outside_gsm_leave_as_ucs2(coding, number):
    outgoing = Outgoing(uid=OUTGOING.uid, sender="8088", to=PHONE, text="x", coding=coding)
    with mock.patch("requests.Session.request", return_value=answered(202)) as get:
        kannel_adapter.send(outgoing, ROW)

    sent = get.call_args.kwargs["params"]
    assert (sent["coding"], sent["charset"], sent["dlr-mask"]) == (number, "UTF-8", "27")
    assert f"msg={outgoing.uid}&type=%d" in sent["dlr-url"]
    assert "demo-kannel" not in sent["dlr-url"]


def test_a_refused_connection_is_told_from_a_lost_one_for_real(settings, caplog):
    caplog.set_level(logging.DEBUG)
    settings.KANNEL_SEND_URL = "http://127.0.0.1:9/cgi-bin/sendsms"

    assert kannel_adapter.send(OUTGOING, ROW) == Retry("no_connection")
    assert "912345678" not in caplog.text
    assert "sendpw" not in caplog.text


class Willing(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_args):
        pass


def test_the_address_with_everything_in_it_is_not_logged(settings, caplog):
    caplog.set_level(logging.DEBUG)
    with HTTPServer(("127.0.0.1", 0), Willing) as server:
        threading.Thread(target=server.handle_request).start()
        settings.KANNEL_SEND_URL = f"http://127.0.0.1:{server.server_port}/cgi-bin/sendsms"

        assert kannel_adapter.send(OUTGOING, ROW) == Accepted()

    assert "912345678" not in caplog.text
    assert "sendpw" not in caplog.text


def test_nothing_shows_a_number_or_a_text():
    shown = repr(OUTGOING) + str(OutboundMessage(uid=OUTGOING.uid, phone_sealed=phones.seal(PHONE)))

    assert "912345678" not in shown
    assert "Cảm" not in shown


def test_the_simulated_gateway_delivers_at_once():
    assert simulator.send(OUTGOING, ROW).delivered


# --- what the provider knows ---------------------------------------------------------------
@pytest.fixture
def member_of(campaign, text_in):
    text_in("DK HAGIANG")
    return Member.objects.get()


# row: provider says opted out (21610)
def test_a_phone_that_left_with_the_provider_has_left_here(kannel, campaign, member_of):
    agreed = consent.holds(phones.index(PHONE), campaign.consent_key)
    message = queued(kannel)

    assert outbox.send(message.pk, FakeGateway(OptedOut("21610"))) == "failed"

    event = ConsentEvent.objects.get(given=False)
    assert (agreed, consent.holds(phones.index(PHONE), campaign.consent_key)) == (True, False)
    assert (event.channel, event.purpose, member_of.sign_ups.get().left_at) == ("provider", "all", event.at)


# row: opt-out from an unknown number
def test_a_phone_we_never_heard_of_is_out_as_well(kannel):
    outbox.send(queued(kannel).pk, FakeGateway(OptedOut("21610")))

    assert consent.withdrawn_at(phones.index(PHONE), PURPOSE)


def test_no_credit_is_certainly_not_sent(kannel):
    message = queued(kannel)

    assert outbox.send(message.pk, FakeGateway(NoCredit("no_credit"))) == "queued"
