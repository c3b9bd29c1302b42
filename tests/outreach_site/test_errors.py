"""What an error service is told, read off the wire."""

import gzip
import http.server
import json
import subprocess
import sys
import threading

import brotli
import pytest

from tests.test_settings import REAL, ROOT, start

pytest.importorskip("sentry_sdk", reason="pip install sentry-sdk")

# A gateway's call that breaks: phone and text stand in the address, the body, a variable and the error's words.
BREAK = """
import django
django.setup()
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from outreach_site import urls

def breaks(request):
    phone, text = request.GET["from"], request.POST["text"]
    raise LookupError(f"no member {phone}: {text}")

urls.urlpatterns.insert(0, path("breaks/", breaks))
client = Client(raise_request_exception=False, headers={"user-agent": "Zalo of a phone", "cookie": "sessionid=abc"})
answer = client.post("/breaks/?from=84900123456", {"text": "toi can giup"}, REMOTE_ADDR="203.0.113.7")
assert answer.status_code == 500, answer.status_code
import sentry_sdk
sentry_sdk.flush(5)
"""


@pytest.fixture
def service():
    """An error service that keeps what it is sent: (its DSN, [events])."""
    events = []

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
                self.headers["Content-Encoding"], bytes
            )
            events.append(unpack(body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", events
    server.shutdown()


def test_an_error_is_told_without_a_word_about_people(service, tmp_path):
    dsn, events = service
    environment = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "1",
        "ALLOWED_HOSTS": "testserver",
        "SENTRY_DSN": dsn,
        "DJANGO_SETTINGS_MODULE": "outreach_site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", BREAK], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    told = "\n".join(events)
    assert "LookupError" in told
    assert '"function":"breaks"' in told
    for secret in ("84900123456", "toi can giup", "203.0.113.7", "Zalo of a phone", "sessionid"):
        assert secret not in told
    error = next(json.loads(line) for line in told.splitlines() if '"exception"' in line)
    assert set(error["request"]) <= {"method"}


def test_a_wrong_address_is_named(tmp_path):
    code, said = start(tmp_path, **{**REAL, "SENTRY_DSN": "nonsense"})

    assert code != 0
    assert "SENTRY_DSN cannot be used" in said
