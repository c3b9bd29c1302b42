from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from outreach_site.privacy import consent
from outreach_site.privacy.models import ConsentEvent

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def note(given, minutes=0, purpose="campaign:1", source=None):
    return consent.note(
        phone_index="a" * 64,
        purpose=purpose,
        given=given,
        channel=ConsentEvent.Channel.SMS,
        at=NOON + timedelta(minutes=minutes),
        source=source or f"inbound/{given}{minutes}{purpose}",
    )


def holds():
    return consent.holds("a" * 64, "campaign:1")


def test_nobody_is_texted_who_never_agreed():
    assert not holds()


def test_given_then_withdrawn_then_given():
    note(True, 0)
    assert holds()
    note(False, 1)
    assert not holds()
    note(True, 2)
    assert holds()


def test_leaving_everything_ends_each_purpose():
    note(True, 0)
    note(False, 1, purpose=consent.ALL)
    assert not holds()


def test_the_senders_clock_counts_not_the_order_of_arrival():
    note(False, 5)
    note(True, 0)
    assert not holds()


def test_ties_go_to_leaving():
    note(True, 0)
    note(False, 0)
    assert not holds()


def test_the_same_line_is_written_once():
    assert [note(True, source="inbound/7"), note(True, source="inbound/7")] == [True, False]
