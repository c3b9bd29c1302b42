import functools
import os

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from campaigns.printing.sheets import SYSTEM_LIBRARIES
from campaigns.reach import tally, visits
from campaigns.sms import door
from outreach_site.queue import forget_nudges


@functools.cache
def has_pango():
    """Return whether PDFs can be made from HTML here."""
    try:
        import weasyprint
    except OSError:
        return False
    return bool(weasyprint)


def pytest_runtest_setup(item):
    if item.get_closest_marker("pango") and not has_pango():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"Pango is missing: {SYSTEM_LIBRARIES}")


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test starts with an empty cache, and nothing announced to the queue."""
    cache.clear()
    forget_nudges()
    door.forget()


@pytest.fixture
def reader():
    """A reader's phone: a browser's name, no cookie."""
    return Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile"})


@pytest.fixture
def side_by_side(transactional_db):
    """A database in which threads see each other's work."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one connection; make test-postgres runs this")


@pytest.fixture(autouse=True)
def counts_wait(monkeypatch):
    """Counts are written when a test says so, not by the clock."""
    monkeypatch.setattr(tally, "WRITE_EVERY_SECONDS", float("inf"))
    yield
    visits.tally.take()


@pytest.fixture(autouse=True)
def in_english():
    """What code says outside of a request is in English; requests choose their own language."""
    with translation.override("en"):
        yield
