"""What gateways call: every call gets a clear answer, and nothing wrong is stored."""

import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone

from campaigns.sms.gateways.kannel import token
from campaigns.sms.models import DeliveryReport, Gateway, InboundMessage
from tests.campaigns.sms.conftest import PHONE, call, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gateways(kannel):
    return kannel


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_text_is_stored_and_answered_with_nothing(client, method):
    answer = call(client, "Đăng ký  Hà Giang", method=method, id="k-1")

    assert (answer.status_code, answer.content) == (200, b"")
    message = stored()
    assert (message.external_id, message.text, message.recipient) == ("k-1", "Đăng ký  Hà Giang", "8088")
    assert (message.state, bytes(message.raw)) == ("new", "Đăng ký  Hà Giang".encode())
    assert message.reveal_phone() == PHONE


def test_the_number_is_nowhere_in_clear(client):
    call(client)

    values = [str(value) for value in InboundMessage.objects.values().get().values()]
    assert not [value for value in values if "912345678" in value]
    assert "345" not in str(stored())


def test_the_same_call_again_stores_nothing_new(client):
    answers = [call(client, id="k-1").status_code for _again in range(3)]

    assert answers == [200, 200, 200]
    assert InboundMessage.objects.count() == 1


def test_the_same_id_from_another_gateway_is_another_text(client):
    Gateway.objects.create(slug="second", kind="kannel", short_code="8099")
    call(client, id="k-1")

    call(client, id="k-1", gateway="second")

    assert InboundMessage.objects.count() == 2


@pytest.mark.parametrize("secret", [None, "", "wrong", "demo-kannel "])
def test_a_call_without_the_secret_is_refused(client, secret):
    answer = call(client, secret=secret)

    assert (answer.status_code, answer.content) == (403, b"Wrong or missing secret.")
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !!!", "Basic a2FubmVs", "Bearer demo-kannel", "Basic w6k6w6k="]
)
def test_a_broken_secret_is_refused(client, header):
    assert (
        client.get("/sms/kannel/in?id=1&from=%2B84912345678", headers={"authorization": header}).status_code
        == 403
    )


def test_an_empty_secret_opens_nothing(client, settings):
    settings.KANNEL_SECRET = ""

    assert call(client, secret="").status_code == 403
    assert (
        client.get("/sms/kannel/in?id=1", headers={"authorization": "Basic a2FubmVsOg=="}).status_code == 403
    )


def test_an_unknown_gateway_is_not_found(client):
    assert client.get("/sms/nobody/in").status_code == 404
    Gateway.objects.update(is_active=False)
    assert call(client).status_code == 404


def test_the_handset_takes_no_calls_from_outside(client):
    assert call(client, gateway="simulator").status_code == 403


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": ""}, b"id is missing."),
        ({"from": ""}, b"from is missing."),
        ({"id": "x" * 101}, b"id is missing or longer than 100 characters."),
    ],
)
def test_a_call_that_makes_no_sense_is_told_why(client, fields, reason):
    answer = call(client, **fields)

    assert (answer.status_code, answer.content) == (400, reason)
    assert not InboundMessage.objects.exists()


def test_other_methods_are_refused(client):
    assert client.put("/sms/kannel/in").status_code == 405


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_text_is_stored(client, text):
    assert call(client, text).status_code == 200
    assert stored().text == text


def test_a_binary_text_is_stored_as_it_came(client):
    answer = call(client, raw=b"\x00\x06\xff\xfe", coding="1", charset="8-BIT")

    assert answer.status_code == 200
    message = stored()
    assert (message.is_binary, message.text, bytes(message.raw)) == (True, "", b"\x00\x06\xff\xfe")


def test_a_text_of_2000_characters_is_kept_and_a_longer_one_cut(client):
    call(client, "ắ" * 2000, id="fits", method="post")
    call(client, "ắ" * 2001, id="cut", method="post")

    kept = {
        message.external_id: (len(message.text), message.was_cut) for message in InboundMessage.objects.all()
    }
    assert kept == {"fits": (2000, False), "cut": (2000, True)}


def test_broken_utf8_is_stored_raw_and_flagged(client):
    broken = "Đăng ký".encode()[:-1] + b"\xff HAGIANG"

    assert call(client, raw=broken).status_code == 200
    message = stored()
    assert (message.looks_damaged, bytes(message.raw)) == (True, broken)
    assert "\ufffd" in message.text


@pytest.mark.parametrize(
    ("charset", "codec"), [("UTF-16BE", "utf-16-be"), ("windows-1252", "cp1252"), ("no-such", "utf-8")]
)
def test_the_charset_of_the_call_is_heeded(client, charset, codec):
    call(client, raw="Café".encode(codec), charset=charset)

    assert (stored().text, stored().looks_damaged) == ("Café", False)


def test_nul_and_decomposed_letters_do_not_reach_the_database(client):
    call(client, raw=b"DK\0 HA\xcc\x80 GIANG", to="80\0" + "88")

    assert (stored().text, stored().recipient) == ("DK HÀ GIANG", "8088")


@pytest.mark.parametrize("sender", ["VIETTEL", "8088", "Ngân hàng"])
def test_a_sender_that_is_no_person_keeps_its_name(client, sender):
    call(client, **{"from": sender})

    message = stored()
    assert message.phone_index == message.phone_sealed == ""
    assert message.sender_name[:2] == sender[:2]


def test_what_may_be_half_a_number_is_not_kept_in_clear(client):
    call(client, **{"from": "091234567890123456"})

    assert "1234567" not in stored().sender_name


@pytest.mark.parametrize(
    ("ago", "kept"),
    [(timedelta(minutes=5), True), (-timedelta(days=1), False), (timedelta(days=400), False)],
    ids=["just now", "in the future", "long ago"],
)
def test_a_clock_that_is_wrong_is_not_believed(client, ago, kept):
    said = timezone.now().replace(microsecond=0) - ago
    call(client, ts=str(int(said.timestamp())))

    message = stored()
    assert message.sent_at == (said if kept else message.received_at)


@pytest.mark.parametrize("ts", ["", "yesterday", "9" * 30, "-1"])
def test_a_time_that_is_none_means_now(client, ts):
    assert call(client, ts=ts).status_code == 200
    assert stored().sent_at == stored().received_at


def test_while_the_database_is_down_the_gateway_is_told_to_call_again(client):
    with mock.patch(
        "campaigns.sms.door.Gateway.objects.filter", side_effect=OperationalError("+84912345678")
    ):
        answer = call(client)

    assert answer.status_code == 503


def test_a_queue_that_is_down_does_not_lose_the_text(client, django_capture_on_commit_callbacks, caplog):
    with (
        mock.patch("outreach_site.queue.async_task", side_effect=ConnectionError("redis://secret")),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert call(client).status_code == 200

    assert stored().state == "new"
    assert "ConnectionError" in caplog.text
    assert "secret" not in caplog.text


def test_a_report_is_kept_before_its_text_is_known(client):
    uid = uuid.uuid4()

    answer = call(client, path="status", id="", msg=str(uid), type="1", fid="op-7")

    assert (answer.status_code, answer.content) == (200, b"")
    report = DeliveryReport.objects.get()
    assert (report.uid, report.status, report.raw_type, report.external_id) == (uid, "delivered", "1", "op-7")


def test_a_report_needs_the_secret_or_the_token_of_its_text(client):
    mine, other = uuid.uuid4(), uuid.uuid4()
    statuses = [
        client.get(f"/sms/kannel/status?msg={uid}&type=1&token={token(mine)}").status_code
        for uid in (mine, other)
    ]

    assert statuses == [200, 403]
    assert client.get(f"/sms/kannel/status?msg={mine}&type=1").status_code == 403
    assert DeliveryReport.objects.count() == 1


def test_the_token_of_a_report_brings_in_no_text(client):
    uid = uuid.uuid4()

    client.get(f"/sms/kannel/in?msg={uid}&type=1&token={token(uid)}&id=1&from=%2B84912345678&raw=HUY")

    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize("fields", [{"msg": "17", "type": "1"}, {"msg": str(uuid.uuid4()), "type": "3"}])
def test_a_report_that_makes_no_sense_is_refused(client, fields):
    assert call(client, path="status", **fields).status_code == 400
    assert not DeliveryReport.objects.exists()
