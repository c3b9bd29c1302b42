"""Everything breaks at once: no text is lost, none is sent twice by us, and each row says what became of it.

A queue of texts leaves and people write in, while the worker is killed, PostgreSQL loses its power, the site
is down and the operator answers late, twice, never and in the wrong order. The sum is printed.

LOA_CHAOS=long  2,000 texts, the site down for 30 seconds; otherwise 300 texts and 5 seconds
"""

import os
import random
import threading
import time
from collections import Counter

import pytest

from tests.gateway.conftest import free_port, need_kannel, running, wait_for
from tests.gateway.postgres import OwnPostgres, programs

pytestmark = pytest.mark.gateway

IS_LONG = os.environ.get("LOA_CHAOS") == "long"
TEXTS, WRITERS, DOWN_SECONDS, KILLS = (2000, 200, 30, 6) if IS_LONG else (300, 60, 5, 2)
PER_SECOND = 40
TEXT = "Tin"
# Everything that a row may say when all is over.
EXPLAINED = {"delivered", "sent", "unconfirmed", "unknown", "failed"}
# What the operator does meanwhile; "never" leaves texts at "sent".
MOODS = [
    {"dlr": "delivered", "dlr_delay": 1.5},
    {"dlr": "duplicate", "dlr_delay": 0},
    {"dlr": "none"},
    {"dlr": "reversed"},
    {"dlr": "delivered", "submit_delay": 0.3},
]


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that is ours to restart; None where there is none."""
    if programs() is None:
        print("PostgreSQL is not restarted: its programs are not installed here")  # noqa: T201
        yield None
        return
    server = OwnPostgres(free_port())
    server.start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory, server, database_url):
    need_kannel()
    with running(tmp_path_factory.mktemp("chaos"), server.url if server else database_url) as both:
        yield both


def test_chaos(everything, server, capsys):
    """sms.md §6: worker killed before and after sending, database down, app down, reports twice, late,
    reversed and never, opt-out of order; each at the same time as the others."""
    loop, site = everything
    phones = [f"+84977{place:06d}" for place in range(WRITERS)]
    dice = random.Random(time.time_ns())
    assert site.ask("queue", number=TEXTS, text=TEXT, per_second=PER_SECOND) == TEXTS

    over = threading.Event()
    others = [
        threading.Thread(target=work)
        for work in (lambda: _write_in(loop, phones), lambda: _change_moods(loop, over))
    ]
    for thread in others:
        thread.start()
    length = TEXTS / PER_SECOND
    for _time in range(KILLS):
        time.sleep(dice.uniform(0.2, 0.6) * length / KILLS)
        site.kill("worker")
        site.start("worker")
        site.ask("nudge")
    if server:
        server.stop("immediate")
        time.sleep(1)
        server.start()
        site.ask("nudge")
    site.stop("web")
    time.sleep(DOWN_SECONDS)
    site.start("web")
    others[0].join()
    wait_for(lambda: _is_quiet(site), length + 60, every=2)
    over.set()
    others[1].join()
    loop.behave(submit="ok", submit_delay=0, dlr="delivered", dlr_delay=0)
    site.ask("let_time_pass")
    wait_for(lambda: _is_quiet(site), 60, every=1)

    tally, states = site.ask("tally", text=TEXT), site.ask("states", text=TEXT)
    asked = Counter(text for text in loop.taken() if text.startswith(f"{TEXT} "))
    with capsys.disabled():
        print(f"\nchaos: {TEXTS} texts out, {WRITERS} phones in; PostgreSQL restarted: {bool(server)}")  # noqa: T201
        print(f"  out {tally['out']}; Kannel was asked {sum(asked.values())} times")  # noqa: T201
        print(f"  in {tally['in']}; sign-ups {tally['sign_ups']}")  # noqa: T201

    assert [text for text, times in asked.items() if times > 1] == []
    assert sum(tally["out"].values()) == TEXTS
    assert set(tally["out"]) <= EXPLAINED
    # What Kannel never got is never shown as sent, and what it got is never shown as not sent.
    shown = {text for text, state in states.items() if state in ("delivered", "sent", "unconfirmed")}
    assert shown <= set(asked)
    assert {text for text, state in states.items() if state == "failed"}.isdisjoint(asked)
    assert tally["sign_ups"] == tally["joined"] == tally["welcomes"] == WRITERS
    assert set(tally["in"]) <= {"done/joined", "done/already_in"}
    assert tally["in"]["done/joined"] == WRITERS


def _write_in(loop, phones):
    for phone in phones:
        loop.text(phone, "DANGKY HAGIANG")
        time.sleep(TEXTS / PER_SECOND / len(phones) / 1.5)


def _change_moods(loop, over):
    place = 0
    while not over.wait(TEXTS / PER_SECOND / 10):
        loop.behave(**{"submit_delay": 0, "dlr_delay": 0, **MOODS[place % len(MOODS)]})
        place += 1


def _is_quiet(site):
    tally = site.ask("tally", text=TEXT)
    waits_out = tally["out"].keys() & {"queued", "sending"}
    waits_in = [key for key in tally["in"] if not key.startswith(("done", "failed"))]
    return not waits_out and not waits_in
