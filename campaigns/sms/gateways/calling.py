"""A call to a provider, and what is certain when it fails: only what never left may be sent again."""

import logging
from dataclasses import dataclass, field

import requests
from urllib3.exceptions import NewConnectionError

from campaigns.sms.gateways.base import NoCredit, Reject, Retry, Unknown

CONNECT_SECONDS, ANSWER_SECONDS = 3, 10
# The longest time that a provider may ask us to wait, and the longest answer that is read.
MOST_SECONDS, MOST_BYTES = 3600, 64 * 1024

UNUSABLE_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)

# Some take everything in the address, and urllib3 writes addresses into its log.
logging.getLogger("urllib3").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Answer:
    """What a provider said: the HTTP status, its body, and the seconds that it asks us to wait."""

    status: int
    body: bytes = field(repr=False, default=b"")
    after: int = 0


def ask(method, url, *, use_proxy=False, **what):
    """Call a provider. Returns an `Answer`, or `Retry` or `Unknown` when there was none.

    use_proxy  follow HTTPS_PROXY of the environment; never to a neighbour, who needs none
    what       params, headers, data, json, auth: as `requests` takes them

    No exception of the network comes out of here, and no redirect is followed: it would take the
    number and the text to somebody else.
    """
    session = requests.Session()
    session.trust_env = use_proxy
    try:
        response = session.request(
            method, url, timeout=(CONNECT_SECONDS, ANSWER_SECONDS), allow_redirects=False, stream=True, **what
        )
        return Answer(response.status_code, _body(response), _seconds(response.headers.get("Retry-After")))
    except (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError):
        return Retry("no_connection")
    except requests.ConnectionError as error:
        return Retry("no_connection") if _never_connected(error) else Unknown("connection_lost")
    except requests.Timeout:
        return Unknown("no_answer")
    except UNUSABLE_ADDRESS:
        return Retry("bad_send_url")
    except requests.RequestException as error:
        return Unknown(type(error).__name__)
    finally:
        session.close()


def by_status(answer):
    """Return what an answer means of which only the HTTP status is understood; None for 2xx."""
    status, code = answer.status, f"http_{answer.status}"
    if 200 <= status < 300:
        return None
    if status == 402:
        return NoCredit(code)
    # Wrong keys are ours to mend: the texts wait meanwhile, and staff are told.
    if status in (401, 403, 429, 503):
        return Retry(code, answer.after)
    return Reject(code) if 400 <= status < 500 else Unknown(code)


def _body(response):
    """Return the answer, cut: no provider needs more, and memory is for texts."""
    body = b""
    for piece in response.iter_content(8192):
        body += piece
        if len(body) >= MOST_BYTES:
            break
    return body[:MOST_BYTES]


def _seconds(word):
    return min(int(word), MOST_SECONDS) if word and word.isdecimal() else 0


def _never_connected(error):
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)
