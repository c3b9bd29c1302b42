"""One address asked, as a browser would, without letting it lead us into a private network.

Every hop is looked up, its addresses are judged, and the connection goes to the very address that was
judged: a name that resolves to something else a moment later gains nothing. The name stays in Host and in
the certificate's check. Of an answer only its head is read.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from django.conf import settings
from requests import certs

CONNECT_SECONDS = 8
# For one address with all its hops: a server that sends a byte a second is let go.
ASK_SECONDS = 15
MOST_REDIRECTS = 5
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
# What a certificate lacks that browsers find for themselves: the one between it and the root.
NO_ISSUER = (2, 20, 21)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The same inside of one network, where only that network knows what is wrapped and how.
LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Outcome:
    """What came of asking.

    reason       a key of `words.REASONS`; "" when the page is there
    status       what the last site answered, None when none did
    new_address  where the address has moved for good, else ""
    """

    reason: str = ""
    status: int | None = None
    new_address: str = ""

    @property
    def reached_somebody(self):
        """Whether the network between us and anybody worked."""
        return self.reason not in LINE_REASONS


# What is seen as well when our own line is down.
LINE_REASONS = ("unknown_host", "lookup_failed", "timeout", "no_connection", "cut_off")


class Refused(Exception):
    """The address is not asked, or did not answer; `reason` is a key of `words.REASONS`."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def ask(url):
    """Return the `Outcome` of `url` within `ASK_SECONDS`; never raises."""
    end = time.monotonic() + ASK_SECONDS
    asked, hop, seen = urldefrag(url)[0], urldefrag(url)[0], set()
    moved, is_permanent = "", True
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            if hop in seen:
                return Outcome("redirect_loop")
            seen.add(hop)
            status, target = _answer(hop, end)
            if status not in REDIRECTS or not target:
                return _judged(url, asked, status, moved)
            goal = urldefrag(urljoin(hop, target))[0]
            is_permanent = is_permanent and (status in PERMANENT or _only_safer(hop, goal))
            moved = goal if is_permanent else moved
            hop = goal
    except Refused as refusal:
        return Outcome(refusal.reason)
    return Outcome("redirect_loop")


def _judged(url, asked, status, moved):
    outcome = Outcome(reason_of(status), status)
    if outcome.reason or not moved or moved == asked:
        return outcome
    if urlsplit(asked).path.strip("/") and not urlsplit(moved).path.strip("/") and not urlsplit(moved).query:
        # Many sites send every page they took away to their front page.
        return replace(outcome, reason="front_page")
    fragment = urldefrag(url)[1]
    return replace(outcome, reason="moved", new_address=f"{moved}#{fragment}" if fragment else moved)


def reason_of(status):
    """Return why this HTTP status means that readers may not get the page; "" when they do."""
    if status < 400 and status not in REDIRECTS:
        return ""
    known = {404: "not_found", 410: "gone", 401: "login", 403: "no_programs", 429: "too_many"}
    return known.get(status, "site_error" if status >= 500 else "odd_answer")


def _only_safer(old, new):
    """Whether `new` is `old` with https."""
    old, new = urlsplit(old), urlsplit(new)
    return (old.scheme, new.scheme) == ("http", "https") and (old.netloc, old.path, old.query) == (
        new.netloc,
        new.path,
        new.query,
    )


def _answer(url, end):
    """Return (status, Location) of `url`: HEAD, and GET where HEAD is not to be believed."""
    try:
        status, target = _request("HEAD", url, end)
    except Refused as refusal:
        if refusal.reason != "cut_off":
            raise
        status, target = 405, ""
    return _request("GET", url, end) if status >= 400 else (status, target)


def _request(method, url, end):
    if time.monotonic() >= end:
        raise Refused("timeout")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except (ValueError, UnicodeError):
        raise Refused("not_an_address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("not_an_address")
    address = public_address(host, port)
    if port not in (80, 443, *settings.LINK_PORTS) and (address, port) not in settings.LINK_TEST_SERVERS:
        raise Refused("odd_port")
    connection = Pinned(host, port, address, secure=parts.scheme == "https")
    watch = threading.Timer(max(0.1, end - time.monotonic()), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request(method, quote(path, safe="/%:=&?~#+!$,;'@()*[]|"), headers=_headers())
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "").strip()
    except ssl.SSLCertVerificationError as error:
        raise Refused("no_issuer" if error.verify_code in NO_ISSUER else "certificate") from None
    except ssl.SSLError:
        raise Refused("no_encryption") from None
    except TimeoutError:
        raise Refused("timeout") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.was_cut:
            raise Refused("timeout") from None
        known = isinstance(error, ConnectionRefusedError) or not connection.is_up
        raise Refused("no_connection" if known else "cut_off") from None
    finally:
        watch.cancel()
        connection.close()


def _headers():
    # Honest about who asks and where to complain; otherwise what a browser says.
    return {
        "User-Agent": f"Mozilla/5.0 (compatible; LoaLinkCheck/1.0; +{settings.SITE_URL})",
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": f"{settings.LANGUAGE_CODE},en;q=0.5",
        "Connection": "close",
    }


def public_address(host, port):
    """Return the IP address to connect to. Raises Refused when any address of `host` is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        known = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        raise Refused("unknown_host" if known else "lookup_failed") from None
    except (OSError, UnicodeError):
        raise Refused("lookup_failed") from None
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    for address in addresses:
        if not is_public(address) and (address, port) not in settings.LINK_TEST_SERVERS:
            raise Refused("private_network")
    # Where there is a choice, the one that every network can reach.
    return min(addresses, key=lambda address: ":" in address)


def is_public(address):
    """Whether `address` (IPv4 or IPv6, also one that wraps an IPv4 address) belongs to the open internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        if ip.teredo or ip in LOCAL_NAT64:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour
        if not inner and (ip in NAT64 or int(ip) < 2**32):
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not closed and not ip.is_unspecified and not getattr(ip, "is_site_local", False)


class Pinned(http.client.HTTPConnection):
    """A connection to `address`, which was judged, under the name `host`."""

    def __init__(self, host, port, address, *, secure):
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.address, self.secure = address, secure
        self.is_up = self.was_cut = False
        # Leaves the port out of Host where it is the usual one.
        self.default_port = 443 if secure else 80

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        self.is_up = True
        if self.secure:
            self.sock = certificates().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self):
        """Give up, from another thread."""
        self.was_cut = True
        if self.sock:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.close()


def certificates():
    return ssl.create_default_context(cafile=certs.where())
