"""Reviewers learn by letter that something waits, once, and nobody by letter of her own act."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from outreach_site.translation import steps
from outreach_site.translation.models import TranslationWork
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    person = stage.reviewer("km", email="sokha@example.org", first_name="Sokha")
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "vi"})
    return person


@pytest.fixture
def send(django_capture_on_commit_callbacks, reviewer):
    translator = stage.translator("km", email="lan@example.org")

    def to_review(slug):
        record = stage.fill(stage.into(stage.article(title=f"Bài {slug}", slug=slug)))
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            steps.send_to_review(record, translator)
        return [letter for letter in mail.outbox if "chờ bạn" in letter.subject]

    return to_review


def test_the_reviewers_of_the_language_are_told_in_their_own(send):
    stage.reviewer("en", email="other@example.org")

    letters = send("mot")

    assert [letter.to for letter in letters] == [["sokha@example.org"]]
    assert "Bài mot" in letters[0].body
    assert "/admin/translations/todo/" in letters[0].body


def test_what_comes_while_something_waits_makes_no_letter(send):
    send("mot")
    assert send("hai") == []

    TranslationWork.objects.update(state=TranslationWork.State.APPROVED)
    assert len(send("ba")) == 1


def test_what_waits_forgotten_silences_nothing(send):
    send("mot")
    TranslationWork.objects.update(changed_at=timezone.now() - timedelta(days=2))

    assert len(send("hai")) == 1


def test_who_wants_no_letters_gets_none(send, reviewer):
    UserProfile.objects.filter(user=reviewer).update(submitted_notifications=False)

    assert send("mot") == []


def test_a_letter_that_cannot_be_stored_takes_nothing_back(send, settings):
    settings.EMAIL_BACKEND = "tests.no_such_backend.Backend"

    assert send("mot") == []
    assert TranslationWork.objects.get().state == TranslationWork.State.IN_REVIEW
