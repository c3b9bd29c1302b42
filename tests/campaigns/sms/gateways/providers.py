"""The calls of each provider, with made-up numbers and keys: what the contract's tests run against."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from urllib.parse import urlencode

from campaigns.sms.models import Gateway

DOCS = Path(__file__).resolve().parents[4] / "docs" / "gateways.md"
SITE = "https://loa.example"
SECRETS = {
    "esms": {"api_key": "K-1", "secret_key": "S-1", "inbound": "in-1"},
    "speedsms": {"token": "T-1"},
    "stringee": {"key_sid": "SK.1", "key_secret": "sign-1"},
    "infobip": {"key": "I-1", "inbound": "in-2"},
    "africastalking": {"user": "loa", "key": "A-1", "inbound": "in-3"},
    "gammu": {"inbound": "in-4"},
    "twilio": {"account_sid": "AC1", "auth_token": "tw-1"},
}
HOSTS = ["rest.esms.vn", "api.speedsms.vn", "api.stringee.com", "api.infobip.com", "api.africastalking.com"]
FORM = "application/x-www-form-urlencoded"


def documented(name):
    """Return the configuration that the manual gives for a provider."""
    found = re.search(rf"^### {name}\n.*?```json\n(.*?)```", DOCS.read_text(), re.S | re.M)
    return json.loads(found[1])


def gateway(name, **facts):
    """Return the gateway of a provider, not stored."""
    if name in ("kannel", "twilio"):
        return Gateway(**{"slug": name, "kind": name, "short_code": "8088", **facts})
    return Gateway(
        **{"slug": name, "kind": "http", "short_code": "8088", "config": documented(name), **facts}
    )


class Kannel:
    name, has_batches, tells_opt_out = "kannel", False, False

    def text(self, client, *, id, sender, text, secret="demo-kannel", **more):
        raw = text if isinstance(text, bytes) else text.encode()
        fields = {"id": id, "from": sender, "to": "8088", "raw": raw, "charset": "UTF-8", **more}
        return self._call(client, "in", fields, secret)

    def status(self, client, *, uid, external_id, good=True, secret="demo-kannel"):
        fields = {"msg": uid, "type": "1" if good else "2", "fid": external_id}
        return self._call(client, "status", fields, secret)

    def _call(self, client, path, fields, secret):
        header = base64.b64encode(f"kannel:{secret}".encode()).decode()
        return client.post(
            f"/sms/kannel/{path}",
            urlencode(fields),
            content_type=FORM,
            headers={"authorization": f"Basic {header}"},
        )


class Infobip:
    """JSON, several events a call, the secret in a header."""

    name, has_batches, tells_opt_out = "infobip", True, False

    def text(self, client, *, id, sender, text, secret="in-2", **more):
        return self.texts(client, [{"id": id, "sender": sender, "text": text, **more}], secret)

    def texts(self, client, texts, secret="in-2"):
        results = [
            {"messageId": one.pop("id"), "from": one.pop("sender"), "to": "8088", **one} for one in texts
        ]
        raw = [one["text"] for one in results if isinstance(one["text"], bytes)]
        if not raw:
            return self._call(client, "in", json.dumps({"results": results}).encode(), secret)
        results[0]["text"] = "@@"
        body = json.dumps({"results": results}).encode().replace(b"@@", raw[0].replace(b"\0", b"\\u0000"))
        return self._call(client, "in", body, secret)

    def status(self, client, *, uid, external_id, good=True, secret="in-2"):
        state = {"groupName": "DELIVERED" if good else "UNDELIVERABLE"}
        body = {"results": [{"messageId": external_id, "status": state, "error": {"permanent": not good}}]}
        return self._call(client, "status", json.dumps(body).encode(), secret)

    def _call(self, client, path, body, secret):
        return client.post(
            f"/sms/infobip/{path}", body, content_type="application/json", headers={"x-loa-token": secret}
        )


class AfricasTalking:
    """Forms, the secret in the address, opt-outs in the reports."""

    name, has_batches, tells_opt_out = "africastalking", False, True

    def text(self, client, *, id, sender, text, secret="in-3", **more):
        fields = {"id": id, "from": sender, "to": "8088", "text": text, **more}
        return self._call(client, "in", fields, secret)

    def status(self, client, *, uid, external_id, good=True, secret="in-3"):
        return self._call(
            client, "status", {"id": external_id, "status": "Success" if good else "Failed"}, secret
        )

    def opt_out(self, client, *, id, sender):
        fields = {"id": id, "status": "Failed", "failureReason": "UserInBlackList", "phoneNumber": sender}
        return self._call(client, "status", fields, "in-3")

    def _call(self, client, path, fields, secret):
        query = urlencode({"token": secret})
        return client.post(f"/sms/africastalking/{path}?{query}", urlencode(fields), content_type=FORM)


class Twilio:
    """Signed forms."""

    name, has_batches, tells_opt_out = "twilio", False, True

    def text(self, client, *, id, sender, text, secret="tw-1", **more):
        fields = {"MessageSid": id, "From": sender, "To": "8088", "Body": text, "NumMedia": "0", **more}
        return self.call(client, "/sms/twilio/in", fields, secret)

    def status(self, client, *, uid, external_id, good=True, secret="tw-1"):
        state = "delivered" if good else "undelivered"
        return self.call(
            client,
            f"/sms/twilio/status?msg={uid}",
            {"MessageSid": external_id, "MessageStatus": state},
            secret,
        )

    def opt_out(self, client, *, id, sender):
        fields = {"MessageSid": id, "MessageStatus": "failed", "ErrorCode": "21610", "To": sender}
        return self.call(client, "/sms/twilio/status", fields, "tw-1")

    def call(self, client, path, fields, secret, signature=None):
        signature = self.signature(path, fields, secret) if signature is None else signature
        return client.post(
            path, urlencode(fields), content_type=FORM, headers={"x-twilio-signature": signature}
        )

    def signature(self, path, fields, secret):
        """Sign as Twilio's manual says, in code of its own."""
        message = (SITE + path).encode()
        for name in sorted(fields):
            value = fields[name]
            message += name.encode() + (value if isinstance(value, bytes) else str(value).encode())
        return base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha1).digest()).decode()


PROVIDERS = [Kannel(), Infobip(), AfricasTalking(), Twilio()]
