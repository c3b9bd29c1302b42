"""Joining that has to be confirmed by a second text: only that one makes the sign-up and the consent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.reach.models import ReachEntry
from campaigns.sms.conversation import joining
from campaigns.sms.conversation.models import Candidate
from campaigns.sms.models import SignUp
from outreach_site.privacy import consent, phones
from outreach_site.privacy.models import ConsentEvent
from tests.campaigns.sms.conftest import PHONE, index_page, replies

pytestmark = pytest.mark.django_db

INDEX = phones.index(PHONE)
NOON = timezone.now().replace(microsecond=0) - timedelta(hours=3)
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def careful(db):
    return index_page(title="Kín", keyword="HAGIANG", asks_to_confirm=True, welcome="Hello.")


@pytest.mark.parametrize("word", ["CO", "có", "Có ạ", "YES", "yes please", "đồng ý", "dong y"])
def test_only_the_confirming_text_signs_up(careful, text_in, word):
    assert text_in("join ha giang", at=NOON) == "to_confirm"
    assert not SignUp.objects.exists()
    assert not ConsentEvent.objects.exists()
    assert not ReachEntry.objects.exists()

    assert text_in(word, at=LATER) == "joined"

    assert replies() == [
        "Do you want to get texts from us? Reply YES. If it was not you, do nothing.",
        "Hello.",
    ]
    event = ConsentEvent.objects.get()
    assert (event.at, event.wording, event.purpose) == (LATER, "Hello.", careful.consent_key)
    assert SignUp.objects.get().joined_at == LATER
    assert not Candidate.objects.exists()


def test_it_is_asked_once_a_day(careful, text_in):
    for minutes in (0, 10, 20):
        text_in("join ha giang", at=NOON + timedelta(minutes=minutes))

    assert len(replies()) == 1


def test_a_yes_without_a_question_is_no_command(careful, text_in):
    assert text_in("CO") == "unknown"


def test_a_yes_that_comes_too_late_confirms_nothing(careful, text_in, settings):
    settings.SMS_CONFIRM_DAYS = 2
    text_in("join ha giang", at=timezone.now() - timedelta(days=2, minutes=1))

    assert text_in("YES") == "unknown"
    assert joining.forget_unconfirmed() == 1


def test_leaving_takes_the_question_back(careful, text_in):
    text_in("join ha giang", at=NOON)
    text_in("HUY", at=LATER)

    assert text_in("YES", at=LATER + timedelta(minutes=1)) == "unknown"
    assert not consent.holds(INDEX, careful.consent_key)


def test_a_yes_older_than_leaving_changes_nothing(careful, text_in):
    text_in("HUY", at=LATER)
    text_in("join ha giang", at=LATER + timedelta(minutes=1))

    assert text_in("YES", at=NOON) == "outdated"
    assert not SignUp.objects.exists()


def test_who_is_in_already_is_not_asked_again(careful, text_in):
    text_in("join ha giang", at=NOON)
    text_in("YES", at=LATER)

    assert text_in("join ha giang", at=LATER + timedelta(minutes=1)) == "already_in"


def test_who_confirmed_while_it_is_full_waits(text_in):
    index_page(title="Kín", keyword="HAGIANG", asks_to_confirm=True, places=1)
    text_in("join ha giang", phone="+84912345679", at=NOON)
    text_in("YES", phone="+84912345679", at=LATER)
    text_in("join ha giang", at=NOON)

    assert text_in("YES", at=LATER) == "waiting"
    assert Candidate.objects.get().waits_for == "place"


def test_a_damaged_yes_confirms_nothing(careful, text_in):
    text_in("join ha giang", at=NOON)

    assert text_in("YES\ufffd", at=LATER) == "unknown"
    assert not SignUp.objects.exists()
