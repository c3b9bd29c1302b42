"""Providers by configuration: what leaves for each of them, what their answers mean, what is refused at save."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ValidationError
from requests import Request

from campaigns.sms.gateways import http
from campaigns.sms.gateways.base import Accepted, NoCredit, OptedOut, Outgoing, Reject, Retry, Unknown
from campaigns.sms.models import InboundMessage
from tests.campaigns.sms.conftest import PHONE
from tests.campaigns.sms.gateways.providers import documented, gateway

UID = uuid.UUID(int=7)
OUTGOING = Outgoing(uid=UID, sender="8088", to=PHONE, text="Chào & tạm biệt", coding="ucs2")
NAMES = ["esms", "speedsms", "stringee", "infobip", "africastalking", "gammu"]


@pytest.fixture
def provider():
    """A provider that answers as it is told; `provider.call` is the call that it got."""

    class Provider:
        status, body, headers = 200, {}, {}

        def request(self, method, url, *, timeout, allow_redirects, stream, **what):
            assert allow_redirects is False
            self.call = Request(method, url, **what).prepare()
            body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
            return mock.Mock(
                status_code=self.status, headers=self.headers, **{"iter_content.return_value": [body]}
            )

        def answer(self, name, status, body, **headers):
            self.status, self.body, self.headers = status, body, headers
            return http.send(OUTGOING, gateway(name))

    provider = Provider()
    with mock.patch("requests.Session.request", side_effect=provider.request):
        yield provider


@pytest.mark.parametrize("name", NAMES)
def test_what_the_manual_gives_is_accepted(name):
    gateway(name).clean()


# --- sending -------------------------------------------------------------------------------
def test_esms_gets_keys_text_and_our_id_in_json(provider):
    result = provider.answer("esms", 200, {"CodeResult": "100", "SMSID": "e-1"})

    assert result == Accepted("e-1")
    assert provider.call.url.startswith("https://rest.esms.vn/MainService.svc/json/SendMultiple")
    sent = json.loads(provider.call.body)
    assert (sent["ApiKey"], sent["SecretKey"], sent["Phone"]) == ("K-1", "S-1", "84912345678")
    assert (sent["Content"], sent["IsUnicode"], sent["RequestId"]) == ("Chào & tạm biệt", 1, str(UID))
    assert sent["CallbackUrl"].startswith(f"https://loa.example/sms/esms/status?msg={UID}&token=")


def test_speedsms_gets_a_list_of_numbers_and_its_token_as_user(provider):
    result = provider.answer("speedsms", 200, {"status": "success", "code": "00", "data": {"tranId": 77}})

    assert result == Accepted("77")
    assert json.loads(provider.call.body)["to"] == ["84912345678"]
    assert provider.call.headers["Authorization"] == "Basic " + base64.b64encode(b"T-1:x").decode()


def test_stringee_gets_a_token_that_is_signed_and_runs_out(provider):
    assert provider.answer("stringee", 200, {"smsSent": 1, "result": [{"r": 0}]}) == Accepted("")

    head, claims, signature = provider.call.headers["X-STRINGEE-AUTH"].split(".")
    wanted = hmac.new(b"sign-1", f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(wanted).rstrip(b"=").decode() == signature
    claims = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (claims["iss"], claims["rest_api"], type(claims["exp"])) == ("SK.1", True, int)
    assert json.loads(base64.urlsafe_b64decode(head + "=="))["alg"] == "HS256"


def test_africas_talking_gets_a_form(provider):
    answer = {"SMSMessageData": {"Recipients": [{"statusCode": 101, "messageId": "ATX"}]}}

    assert provider.answer("africastalking", 201, answer) == Accepted("ATX")
    sent = parse_qs(
        provider.call.body.decode() if isinstance(provider.call.body, bytes) else provider.call.body
    )
    assert (sent["to"], sent["message"], sent["username"]) == ([PHONE], ["Chào & tạm biệt"], ["loa"])
    assert provider.call.headers["apiKey"] == "A-1"


def recipient(code):
    return {"SMSMessageData": {"Recipients": [{"statusCode": code}]}}


@pytest.mark.parametrize(
    ("name", "status", "body", "result"),
    [
        ("esms", 200, {"CodeResult": "103"}, NoCredit("103")),
        ("esms", 200, {"CodeResult": "99"}, Unknown("answer_without_meaning")),
        ("esms", 200, b"<html>maintenance</html>", Unknown("answer_without_meaning")),
        ("esms", 200, b"[" * 50_000, Unknown("answer_without_meaning")),
        ("speedsms", 200, {"status": "error", "code": "300"}, NoCredit("300")),
        ("speedsms", 200, {"status": "error", "code": "105"}, Reject("105")),
        ("stringee", 200, {"smsSent": 0, "result": [{"r": 6}]}, Reject("6")),
        ("infobip", 200, {"messages": [{"status": {"groupName": "REJECTED"}}]}, Reject("REJECTED")),
        ("infobip", 401, {}, Retry("http_401")),
        ("infobip", 402, {}, NoCredit("http_402")),
        ("infobip", 400, {}, Reject("http_400")),
        ("infobip", 500, {}, Unknown("http_500")),
        ("infobip", 302, {}, Unknown("http_302")),
        ("africastalking", 201, recipient(406), OptedOut("406")),
        ("africastalking", 201, recipient(405), NoCredit("405")),
        ("africastalking", 201, recipient(403), Reject("403")),
    ],
)
def test_row_what_a_provider_answers(provider, name, status, body, result):
    """sms.md §6: throttle, quota, no credit; provider says opted out; timeout after accept is unknown."""
    assert provider.answer(name, status, body) == result


def test_row_throttle_is_as_long_as_the_provider_asks(provider):
    """sms.md §6, throttle: back off per gateway."""
    assert provider.answer("infobip", 429, {}, **{"Retry-After": "30"}) == Retry("http_429", 30)
    assert provider.answer("infobip", 503, {}, **{"Retry-After": "never"}) == Retry("http_503")


def test_a_text_cannot_add_parameters_to_an_address(provider):
    row = gateway("esms", config={"send": {"method": "GET", "url": "https://rest.esms.vn/?to={to}&t={text}"}})

    http.send(OUTGOING, row)

    assert provider.call.url.endswith("?to=%2B84912345678&t=Ch%C3%A0o%20%26%20t%E1%BA%A1m%20bi%E1%BB%87t")


def test_a_host_that_is_not_allowed_is_never_called(provider, settings):
    settings.SMS_HOSTS = []

    assert http.send(OUTGOING, gateway("esms")) == Retry("host_not_allowed")
    assert not hasattr(provider, "call")


# --- checked at save -------------------------------------------------------------------------
def broken(name, path, value):
    """The manual's configuration with one thing changed, or (None) taken out."""
    config = documented(name)
    part, last = config, path.split(".")[-1]
    for step in path.split(".")[:-1]:
        part = part[step]
    part.pop(last, None)
    if value is not None:
        part[last] = value
    return config


@pytest.mark.parametrize(
    ("name", "path", "value", "said"),
    [
        ("esms", "send.success", None, "nobody knows whether a text was taken"),
        ("esms", "send.success", "100", "must be a test such as"),
        ("esms", "send.json.Phone", "{phone}", "{phone} is no placeholder"),
        ("esms", "send.json.Content", "x", "needs {text}"),
        ("esms", "send.json.ApiKey", "{secret.nothing}", "SMS_SECRETS has no “nothing” for esms"),
        ("esms", "send.url", "http://rest.esms.vn/x", "must begin with https://"),
        ("esms", "send.url", "https://u:p@rest.esms.vn/", "A key stands in the address"),
        ("esms", "send.url", "https://169.254.169.254/", "is not among the hosts"),
        ("esms", "send.url", "https://127.0.0.1:5432/", "is not among the hosts"),
        ("esms", "send.url", "https://rest.esms.vn:8443/", "is not among the hosts"),
        ("esms", "send.url", "https://{to}/", "is not among the hosts"),
        ("esms", "send.url", "no address", "is no address"),
        ("esms", "send.method", "DELETE", "must be GET, POST or PUT"),
        ("esms", "send.form", {}, "either “json” or “form”"),
        ("esms", "send.retries", "3", "Nothing is called “send.retries” here"),
        ("esms", "sending", {}, "Nothing is called “sending” here"),
        ("stringee", "send.jwt.claims", None, "“send.jwt” needs"),
        ("stringee", "send.jwt.secret", "other", "SMS_SECRETS has no “other”"),
        ("infobip", "inbound.id", None, "“inbound.id” is missing"),
        ("infobip", "inbound.text", None, "“inbound.text” is missing"),
        ("infobip", "secret.in", "cookie", "must say where a call shows its secret"),
        ("infobip", "status.map", None, "“status” needs"),
        ("infobip", "status.map.DELIVERED", "arrived", "“arrived” is no state"),
        ("infobip", "status.map.DELIVERED", ["delivered"], "is no state"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused_with_the_reason(name, path, value, said):
    with pytest.raises(ValidationError) as refused:
        gateway(name, config=broken(name, path, value)).clean()

    assert said in " ".join(refused.value.message_dict["config"])


@pytest.mark.parametrize(
    "config", [[], "x", {}, {"send": []}, {"send": {"success": []}}, {"inbound": {"id": 7}}]
)
def test_a_configuration_of_the_wrong_shape_is_refused(config):
    with pytest.raises(ValidationError):
        gateway("esms", config=config).clean()


def test_a_gateway_without_a_secret_for_its_calls_is_refused(settings):
    settings.SMS_SECRETS = {"infobip": {"key": "I-1"}}

    with pytest.raises(ValidationError, match="every call would be refused"):
        gateway("infobip").clean()


def test_a_gateway_on_this_machine_may_speak_http(settings):
    settings.SMS_HOSTS = ["127.0.0.1:9000"]

    gateway("esms", config=broken("esms", "send.url", "http://127.0.0.1:9000/send")).clean()


# --- coming in -----------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_empty_secret_opens_nothing(client, settings):
    settings.SMS_SECRETS = {}
    gateway("infobip").save()

    answer = client.post(
        "/sms/infobip/in", "{}", content_type="application/json", headers={"x-loa-token": ""}
    )
    assert answer.status_code == 403
    assert client.get(f"/sms/infobip/status?msg={UID}&token=").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"[", b"[" * 50_000, b"7", b'"x"', b"null", b'{"results": 7}'])
def test_a_body_that_is_none_is_refused(client, body):
    gateway("infobip").save()

    answer = client.post(
        "/sms/infobip/in", body, content_type="application/json", headers={"x-loa-token": "in-2"}
    )

    assert answer.status_code == 400


@pytest.mark.django_db
def test_half_a_surrogate_pair_is_kept_as_damaged(client):
    gateway("infobip").save()
    body = rb'{"results": [{"messageId": "m-1", "from": "+84912345678", "text": "ok \ud83d"}]}'

    answer = client.post(
        "/sms/infobip/in", body, content_type="application/json", headers={"x-loa-token": "in-2"}
    )

    assert answer.status_code == 200
    assert InboundMessage.objects.get().looks_damaged


# --- a modem -------------------------------------------------------------------------------
SCRIPT = Path(__file__).resolve().parents[4] / "scripts" / "gammu_receive.py"


def received(tmp_path, url, **facts):
    where = {"LOA_URL": url, "LOA_TOKEN": "in-4", "LOA_SPOOL": str(tmp_path), "PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, SCRIPT], env={**where, **facts}, timeout=30).returncode


@pytest.mark.django_db(transaction=True)
def test_a_modems_text_waits_while_the_site_is_away(live_server, tmp_path):

    gateway("gammu").save()
    modem = {"SMS_MESSAGES": "1", "SMS_1_NUMBER": PHONE}

    assert received(tmp_path, "http://127.0.0.1:9/sms/gammu/in", **modem, SMS_1_TEXT="một") == 1
    assert received(tmp_path, f"{live_server.url}/sms/gammu/in", **modem, SMS_1_TEXT="hai") == 0

    assert list(InboundMessage.objects.order_by("pk").values_list("text", flat=True)) == ["một", "hai"]
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db(transaction=True)
def test_the_parts_that_a_modem_joined_are_one_text(live_server, tmp_path):

    gateway("gammu").save()
    parts = {"DECODED_PARTS": "2", "DECODED_1_TEXT": "Đăng ký ", "DECODED_2_TEXT": "Hà Giang"}
    split = {"SMS_MESSAGES": "2", "SMS_1_NUMBER": PHONE, "SMS_1_TEXT": "\u0110", "SMS_2_NUMBER": PHONE}

    assert received(tmp_path, f"{live_server.url}/sms/gammu/in", **split, **parts) == 0
    assert InboundMessage.objects.get().text == "Đăng ký Hà Giang"
