"""Twilio: signed calls, its own words for states, what its codes mean."""

import hashlib
import json
import uuid
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from requests import Request

from campaigns.sms import inbox
from campaigns.sms.gateways import twilio
from campaigns.sms.gateways.base import Accepted, NoCredit, OptedOut, Outgoing, Reject, Retry, Unknown
from campaigns.sms.models import DeliveryReport, InboundMessage, OutboundMessage
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import PHONE
from tests.campaigns.sms.gateways.providers import Twilio, gateway

UID = uuid.UUID(int=7)
OUTGOING = Outgoing(uid=UID, sender="8088", to=PHONE, text="Chào bạn", coding="ucs2")
FIELDS = {"MessageSid": "SM1", "From": PHONE, "To": "8088", "Body": "DANGKY HAGIANG"}


@pytest.fixture
def row(db):
    row = gateway("twilio")
    row.save()
    return row


def test_the_signature_is_that_of_twilios_manual():
    """The example of Twilio's page on webhook security."""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    pairs = [(name, value.encode()) for name, value in fields.items()]

    signature = twilio.signed("https://mycompany.com/myapp.php?foo=1&bar=2", pairs, "12345")

    assert signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_field_that_was_changed_on_the_way_is_refused(client, row):
    calls = Twilio()
    signature = calls.signature("/sms/twilio/in", FIELDS, "tw-1")

    for changed in ({"Body": "HUY"}, {"From": "+84912345679"}, {"New": "1"}):
        answer = calls.call(client, "/sms/twilio/in", {**FIELDS, **changed}, "tw-1", signature)
        assert answer.status_code == 403
    assert calls.call(client, "/sms/twilio/status", FIELDS, "tw-1", signature).status_code == 403
    assert not InboundMessage.objects.exists()


def test_a_new_parameter_is_signed_like_all_others(client, row):
    assert Twilio().call(client, "/sms/twilio/in", {**FIELDS, "Ünew": "1"}, "tw-1").status_code in (200, 403)
    assert Twilio().call(client, "/sms/twilio/in", {**FIELDS, "AddOn": "ắ"}, "tw-1").status_code == 200
    assert InboundMessage.objects.filter(external_id="SM1").count() == 1


@pytest.mark.parametrize(("sent", "status"), [(b'{"a": 1}', 403), (None, 400)])
def test_json_is_signed_by_the_digest_in_its_address(client, row, sent, status):
    body = json.dumps({"Body": "x", "From": PHONE}).encode()
    path = f"/sms/twilio/in?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = Twilio().signature(path, {}, "tw-1")

    answer = client.post(
        path, sent or body, content_type="application/json", headers={"x-twilio-signature": signature}
    )

    # The one that is signed right is read, and lacks an id.
    assert answer.status_code == status


def test_no_token_opens_nothing(client, row, settings):
    settings.SMS_SECRETS = {"twilio": {"auth_token": ""}}

    assert Twilio().call(client, "/sms/twilio/in", FIELDS, "").status_code == 403


def test_a_stop_that_twilio_took_leaves_without_an_answer_of_ours(client, row):

    Twilio().call(client, "/sms/twilio/in", {**FIELDS, "Body": "STOP", "OptOutType": "STOP"}, "tw-1")

    assert consent.withdrawn_at(phones.index(PHONE), consent.ALL) is not None
    assert inbox.process(InboundMessage.objects.get().pk) == "left"
    assert not OutboundMessage.objects.exists()


def test_a_picture_without_words_is_stored_as_no_text(client, row):
    """sms.md §6, empty, emoji, binary, MMS: stored, no crash."""
    Twilio().call(client, "/sms/twilio/in", {**FIELDS, "Body": "", "NumMedia": "1"}, "tw-1")

    assert InboundMessage.objects.get().is_binary


@pytest.mark.parametrize(
    ("state", "kept"),
    [("queued", []), ("sending", []), ("sent", ["sent"]), ("read", ["delivered"]), ("canceled", ["failed"])],
)
def test_states_on_the_way_are_answered_and_kept_where_they_mean_something(client, row, state, kept):
    path = f"/sms/twilio/status?msg={UID}"

    answer = Twilio().call(client, path, {"MessageSid": "SM2", "MessageStatus": state}, "tw-1")

    assert answer.status_code == 200
    assert list(DeliveryReport.objects.values_list("status", flat=True)) == kept


@pytest.fixture
def answering():
    calls = []

    def answering(status, body, **headers):
        def request(method, url, *, timeout, allow_redirects, stream, **what):
            calls.append(Request(method, url, **what).prepare())
            body_bytes = json.dumps(body).encode()
            return mock.Mock(
                status_code=status, headers=headers, **{"iter_content.return_value": [body_bytes]}
            )

        with mock.patch("requests.Session.request", side_effect=request):
            return twilio.send(OUTGOING, gateway("twilio")), calls

    return answering


def test_a_text_leaves_with_the_address_of_its_reports(answering):
    result, calls = answering(201, {"sid": "SM9"})

    assert result == Accepted("SM9")
    assert calls[0].url == "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"
    assert (
        "StatusCallback=https%3A%2F%2Floa.example%2Fsms%2Ftwilio%2Fstatus%3Fmsg%3D" + str(UID)
        in calls[0].body
    )
    assert "From=8088" in calls[0].body


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [
        (400, {"code": 21610}, OptedOut("21610")),
        (429, {"code": 21611}, Retry("21611")),
        (429, {"code": 20429}, Retry("20429")),
        (400, {"code": 30001}, Retry("30001")),
        (403, {"code": 30002}, NoCredit("30002")),
        (401, {"code": 20005}, NoCredit("20005")),
        (401, {"code": 20003}, Retry("http_401")),
        (400, {"code": 21211}, Reject("21211")),
        (500, {"code": 20500}, Unknown("http_500")),
        (201, {}, Unknown("answer_without_meaning")),
        (201, [], Unknown("answer_without_meaning")),
    ],
)
def test_row_what_twilios_codes_mean(answering, status, body, result):
    """sms.md §6: provider says opted out (21610); throttle, quota, no credit."""
    assert answering(status, body)[0] == result


def test_missing_keys_are_said_at_save(settings):
    settings.SMS_SECRETS = {}

    with pytest.raises(ValidationError) as refused:
        gateway("twilio", config={"sid": "x"}).clean()

    assert len(refused.value.message_dict["config"]) == 3
