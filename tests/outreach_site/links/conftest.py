import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from outreach_site.links import checking, fetching


class Answers(BaseHTTPRequestHandler):
    """Answers as its server's `pages` say: {path: (status, headers)} or a function of the handler."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    do_GET = do_HEAD

    def answer(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        page = self.server.pages.get(self.path, (404, {}))
        if callable(page):
            page(self)
            return
        status, headers = page
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def site(settings):
    """A site on this machine, which only the setting lets the checker reach. `site.pages` says what it has."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.pages, server.asked = {"/": (200, {})}, []
        server.port = server.server_address[1]
        server.url = f"http://127.0.0.1:{server.port}"
        server.daemon_threads = True
        settings.LINK_TEST_SERVERS = [("127.0.0.1", server.port)]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(checking, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(fetching, "ASK_SECONDS", 1)


@pytest.fixture
def names(monkeypatch):
    """A telephone book of our own: {host: address}; whatever is not in it is an unknown host."""
    book, look_up = {}, socket.getaddrinfo

    def lookup(host, port, *more, **options):
        if host not in book and not host.replace(".", "").replace(":", "").isalnum():
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        try:
            return look_up(book.get(host, host), port, *more, flags=socket.AI_NUMERICHOST, **options)
        except socket.gaierror:
            raise socket.gaierror(socket.EAI_NONAME, "unknown") from None

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return book


def slow(handler):
    """Sends its head a byte at a time."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 100:
        try:
            handler.wfile.write(bytes([byte]))
        except OSError:
            return
        time.sleep(0.1)
