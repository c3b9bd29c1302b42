"""One address asked: what the answers mean, and what it does not let itself be led into."""

import socket
import ssl
import threading
import time

import pytest

from outreach_site.links import fetching
from outreach_site.links.fetching import Outcome, ask
from tests.outreach_site.links.conftest import slow


def test_a_page_that_is_there_is_asked_for_its_head_only_and_told_who_asks(site, settings):
    settings.SITE_URL = "https://loa.example"

    assert ask(f"{site.url}/") == Outcome(status=200)
    assert [(method, path) for method, path, _headers in site.asked] == [("HEAD", "/")]
    assert "https://loa.example" in site.asked[0][2]["User-Agent"]
    assert site.asked[0][2]["Host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_a_site_that_refuses_head_is_asked_for_the_page(site, status):
    def picky(handler):
        handler.send_response(status if handler.command == "HEAD" else 200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.pages["/"] = picky

    assert ask(f"{site.url}/") == Outcome(status=200)
    assert [method for method, _path, _headers in site.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "not_found"),
        (410, "gone"),
        (401, "login"),
        (403, "no_programs"),
        (429, "too_many"),
        (503, "site_error"),
        (418, "odd_answer"),
    ],
)
def test_what_the_site_answers_is_named(site, status, reason):
    site.pages["/x"] = (status, {})

    assert ask(f"{site.url}/x") == Outcome(reason, status)


def test_a_page_that_moved_for_good_has_a_new_address_with_its_anchor(site):
    site.pages |= {
        "/old": (301, {"Location": "/newer"}),
        "/newer": (308, {"Location": "/new?a=1"}),
        "/new?a=1": (200, {}),
    }

    assert ask(f"{site.url}/old#part") == Outcome("moved", 200, f"{site.url}/new?a=1#part")


def test_a_detour_for_the_day_is_no_move(site):
    site.pages |= {"/old": (302, {"Location": "/new"}), "/new": (200, {})}

    assert ask(f"{site.url}/old") == Outcome(status=200)


def test_a_move_to_a_page_that_is_not_there_is_not_there(site):
    site.pages["/old"] = (301, {"Location": "/new"})

    assert ask(f"{site.url}/old") == Outcome("not_found", 404)


def test_a_page_sent_to_the_front_page_is_not_offered_as_its_new_address(site):
    site.pages["/story"] = (301, {"Location": "/"})

    assert ask(f"{site.url}/story") == Outcome("front_page", 200)


@pytest.mark.parametrize(
    "pages", [{"/a": "/b", "/b": "/a"}, {f"/{n}": f"/{n + 1}" for n in range(9)} | {"/a": "/0"}]
)
def test_redirects_without_end_are_left(site, pages):
    site.pages |= {path: (302, {"Location": target}) for path, target in pages.items()}

    assert ask(f"{site.url}/a") == Outcome("redirect_loop")
    assert len(site.asked) <= 6


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:{other}/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fd00::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://intranet.example/",
    ],
)
def test_no_redirect_leads_into_a_private_network(site, names, monkeypatch, inside):
    names |= {
        "intranet.example": "10.1.2.3",
        "localhost": "127.0.0.1",
        "2130706433": "127.0.0.1",
        "127.1": "127.0.0.1",
    }
    connected, connect = [], socket.create_connection

    def note(address, *more, **options):
        connected.append(address)
        return connect(address, *more, **options)

    monkeypatch.setattr(socket, "create_connection", note)
    site.pages["/"] = (302, {"Location": inside.format(other=site.port + 1)})

    assert ask(f"{site.url}/") == Outcome("private_network")
    assert set(connected) == {("127.0.0.1", site.port)}


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("2002:a00:1::1", False),  # 6to4 around 10.0.0.1
        ("2002:7f00:1::", False),  # 6to4 around 127.0.0.1
        ("2002:5db8:d822::1", True),  # 6to4 around 93.184.216.34
        ("64:ff9b::a9fe:a9fe", False),  # NAT64 around 169.254.169.254
        ("64:ff9b::c0a8:101", False),  # NAT64 around 192.168.1.1
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b:1::a00:1", False),  # NAT64 of a network of its own, around 10.0.0.1
        ("2001:0:5ef5:79fb:0:59d:f5ff:fffe", False),  # Teredo around 10.0.0.1
        ("2001:0:5ef5:79fb:0:59d:a247:27dd", False),  # Teredo altogether
        ("::a00:1", False),  # IPv4-compatible, 10.0.0.1
        ("::ffff:192.168.1.1", False),
        ("::ffff:93.184.216.34", True),
        ("fe80::1%eth0", False),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
    ],
)
def test_an_address_is_as_public_as_the_one_it_wraps(monkeypatch, address, is_open):
    assert fetching.is_public(address) is is_open
    found = [(10, 1, 6, "", (address, 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    connected = []

    def nobody(target, *more, **options):
        connected.append(target[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", nobody)

    assert ask("http://wrapped.example/") == Outcome("no_connection" if is_open else "private_network")
    assert connected == ([address] * len(connected) if is_open else [])


def test_a_private_address_is_not_asked_directly_either(settings):
    assert ask("http://127.0.0.1:9/") == Outcome("private_network")


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)

    assert ask("http://two-faced.example/") == Outcome("private_network")


def test_a_name_that_changes_its_address_meanwhile_gains_nothing(site, names, monkeypatch):
    """The connection goes to the address that was judged, under the name in the link."""
    names["turning.example"] = "127.0.0.1"
    judge = fetching.public_address

    def judged_then_turned(host, port):
        address = judge(host, port)
        names["turning.example"] = "10.0.0.1"
        return address

    monkeypatch.setattr(fetching, "public_address", judged_then_turned)

    assert ask(f"http://turning.example:{site.port}/") == Outcome(status=200)
    assert site.asked[0][2]["Host"] == f"turning.example:{site.port}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "not_an_address"),
        ("file:///etc/passwd", "not_an_address"),
        ("http://", "not_an_address"),
        ("http://example.org:99999/", "not_an_address"),
        ("http://[::1", "not_an_address"),
        ("http://93.184.216.34:6379/", "odd_port"),
    ],
)
def test_what_is_no_address_for_readers_is_not_asked(names, url, reason):
    assert ask(url) == Outcome(reason)


def test_a_redirect_to_another_kind_of_address_is_not_followed(site):
    site.pages["/"] = (302, {"Location": "file:///etc/passwd"})

    assert ask(f"{site.url}/") == Outcome("not_an_address")


def test_an_unknown_host_is_named(names):
    assert ask("http://nothing-of-that-name.example/") == Outcome("unknown_host")


def test_a_lookup_that_fails_for_now_is_another_thing(monkeypatch):
    def fails(*args, **options):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    monkeypatch.setattr(socket, "getaddrinfo", fails)

    assert ask("http://example.org/") == Outcome("lookup_failed")


def test_nobody_at_the_address(site, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.LINK_TEST_SERVERS = [("127.0.0.1", port)]

    assert ask(f"http://127.0.0.1:{port}/") == Outcome("no_connection")


def test_a_site_that_answers_byte_by_byte_is_let_go(site, impatient):
    site.pages["/"] = slow
    start = time.monotonic()

    assert ask(f"{site.url}/") == Outcome("timeout")
    assert time.monotonic() - start < 3


def test_a_huge_page_is_not_loaded(site):
    sent = []

    def endless(handler):
        handler.send_response(404 if handler.command == "HEAD" else 200)
        handler.end_headers()
        try:
            while handler.command == "GET" and len(sent) < 10_000:
                handler.wfile.write(b"x" * 65536)
                sent.append(65536)
        except OSError:
            return

    site.pages["/"] = endless

    assert ask(f"{site.url}/") == Outcome(status=200)
    time.sleep(0.3)
    assert sum(sent) < 30 * 1024 * 1024


@pytest.fixture
def secure_site(tmp_path, settings):
    """A server with a certificate that nobody vouches for."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site.example")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        made.serial_number(1)
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now - timedelta(days=1))
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), False)
    path = tmp_path / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    asked = []
    context.sni_callback = lambda _socket, host, _context: asked.append(host)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.LINK_TEST_SERVERS = [("127.0.0.1", listening.getsockname()[1])]

        def serve():
            try:
                client, _address = listening.accept()
                context.wrap_socket(client, server_side=True)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], asked


def test_a_certificate_that_is_not_valid_is_named_and_the_name_is_asked_for(secure_site, names):
    port, asked = secure_site
    names["site.example"] = "127.0.0.1"

    assert ask(f"https://site.example:{port}/") == Outcome("certificate")
    assert asked == ["site.example"]
