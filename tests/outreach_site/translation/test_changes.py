from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from outreach_site.translation import changes, gates, steps
from outreach_site.translation.models import LanguageNotice, SourceChange, TranslationWork
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db
State = TranslationWork.State


@pytest.fixture
def live():
    """A Vietnamese page whose Khmer translation readers see."""
    translation = stage.approved()
    steps.publish(translation, stage.administrator())
    return translation


def source(translation):
    return translation.source.get_source_instance()


def republish(translation, minor=False, **facts):
    """Publish the source with other facts, and let the worker take it up."""
    page = source(translation)
    for name, value in facts.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if minor:
        changes.note_minor(page)
    revision.publish()
    changes.sweep()


def work_of(translation):
    return TranslationWork.objects.get(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )


def test_a_changed_source_puts_its_translation_out_of_date_and_leaves_it_served(live):
    before = timezone.now()

    republish(live, title="Chợ phiên mới")

    work, page = work_of(live), live.get_target_instance()
    assert before < work.outdated_since < timezone.now()
    assert (work.state, live.get_progress()) == (State.IN_TRANSLATION, (3, 2))
    assert (page.live, page.title.startswith("ខ")) == (True, True)


def test_out_of_date_counts_from_the_first_change(live):
    republish(live, title="Chợ phiên mới")
    first = work_of(live).outdated_since

    republish(live, title="Chợ phiên mới nữa")

    assert work_of(live).outdated_since == first


def test_what_readers_would_not_see_changes_nothing(live):
    republish(live, search_description="")

    work = work_of(live)
    assert (work.outdated_since, work.state) == (None, State.APPROVED)


def test_translating_and_approving_the_change_brings_it_up_to_date(live):
    republish(live, title="Chợ phiên mới")
    stage.change(live, "title", "ផ្សារថ្មី")
    steps.approve(live, stage.reviewer())
    between = work_of(live).outdated_since is not None

    steps.publish(live, stage.administrator())

    assert between, "readers see the former text until the new one is published"
    assert work_of(live).outdated_since is None
    assert live.get_target_instance().title == "ផ្សារថ្មី"


def test_a_minor_edit_leaves_the_translation_valid(live):
    mark = work_of(live).approved_text

    republish(live, minor=True, title="Chợ phiên.")

    work = work_of(live)
    assert (work.outdated_since, work.state, live.get_progress()) == (None, State.APPROVED, (3, 3))
    assert gates.mark_of(live) == mark
    assert not mail.outbox


def test_of_a_minor_and_another_edit_that_wait_together_the_other_one_counts(live):
    page = source(live)
    page.title = "Chợ khác"
    page.save_revision().publish()

    republish(live, minor=True, title="Chợ khác.")

    assert work_of(live).outdated_since is not None


@pytest.mark.parametrize(("ticked", "stale"), [({}, True), ({"minor_edit": "1"}, False)])
def test_the_switch_stands_on_the_form_and_counts_once(live, client, ticked, stale):
    client.force_login(stage.administrator())
    address = reverse("wagtailadmin_pages:edit", args=[source(live).pk])
    shown = client.get(address)
    form = shown.context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name not in ("body", "comments")}
    data |= {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": str(source(live).body[0].id),
        "body-0-value": '{"blocks": [{"key": "a", "text": "Khác", "type": "unstyled", "depth": 0, '
        '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "title": "Chợ phiên!",
        "action-publish": "1",
    }

    client.post(address, data | ticked)
    changes.sweep()

    assert 'name="minor_edit"' in shown.content.decode()
    assert source(live).title == "Chợ phiên!"
    assert (work_of(live).outdated_since is not None) is stale
    assert list(SourceChange.objects.values_list("is_minor", flat=True)) == [not stale]


def test_a_page_without_translations_has_no_switch(client):
    client.force_login(stage.administrator())

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[stage.article().pk]))

    assert 'name="minor_edit"' not in shown.content.decode()


# --- the queue -----------------------------------------------------------------------------
def test_publishing_only_leaves_a_row_and_a_nudge(live, monkeypatch, django_capture_on_commit_callbacks):
    page = source(live)
    page.title = "Chợ phiên mới"
    revision = page.save_revision()
    nudged = []
    monkeypatch.setattr("outreach_site.queue.async_task", lambda *task: nudged.append(task))

    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()

    change = SourceChange.objects.get(revision=revision, taken_up_at=None)
    assert change.pk in [row_id for name, row_id in nudged if ".translation." in name]
    assert work_of(live).outdated_since is None


def test_publishing_survives_a_queue_that_is_down(live, monkeypatch, django_capture_on_commit_callbacks):
    def down(*_args):
        raise ConnectionError

    monkeypatch.setattr("outreach_site.queue.async_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        republish(live, title="Chợ phiên mới")

    assert source(live).title == "Chợ phiên mới"
    assert work_of(live).outdated_since is not None


def test_taking_up_twice_is_taking_up_once(live):
    republish(live, title="Chợ phiên mới")
    once = (work_of(live).outdated_since, live.get_progress())

    for change in SourceChange.objects.all():
        changes.take_up(change.pk)

    assert (work_of(live).outdated_since, live.get_progress()) == once


def test_what_the_worker_has_not_taken_up_is_not_approved_unread(live):
    page = source(live)
    page.title = "Chợ phiên mới"
    page.save_revision().publish()

    with pytest.raises(Exception, match="2 of 3 texts are translated"):
        steps.approve(live, stage.reviewer())


def test_the_sweep_is_scheduled():
    changes.ensure_schedules()
    changes.ensure_schedules()

    assert Schedule.objects.filter(func="outreach_site.translation.changes.sweep").count() == 1


# --- the notice ----------------------------------------------------------------------------
def test_the_translators_of_the_language_hear_of_it_once_a_day(live):
    stage.translator("km", email="khmer@example.org")
    stage.translator("km", email="gone@example.org", is_active=False)
    stage.translator("en", email="english@example.org")

    republish(live, title="Chợ phiên mới")
    republish(live, title="Chợ phiên mới nữa")

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["khmer@example.org"], "Translations into Khmer that are out of date")
    ]
    page = live.get_target_instance()
    assert page.title in mail.outbox[0].body
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in mail.outbox[0].body


def test_what_comes_after_the_notice_waits_for_the_next_day(live):
    stage.translator("km", email="khmer@example.org")
    republish(live, title="Chợ phiên mới")
    other = stage.approved(stage.article(title="Khác", slug="khac"))
    steps.publish(other, stage.administrator())

    republish(other, title="Khác nữa")
    LanguageNotice.objects.update(next_try_at=timezone.now())
    changes.sweep()
    today = len(mail.outbox)
    LanguageNotice.objects.update(day=timezone.localdate() - timedelta(days=1))
    changes.sweep()

    assert (today, len(mail.outbox)) == (1, 2)
    assert "ខ" in mail.outbox[1].body


def test_a_mail_server_that_is_down_breaks_nothing_and_is_tried_again(live, monkeypatch):
    stage.translator("km", email="khmer@example.org")

    def down(*_args, **_more):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("outreach_site.translation.changes.EmailMessage.send", down)
        republish(live, title="Chợ phiên mới")
    notice = LanguageNotice.objects.get()
    tries = (notice.attempts, notice.sent_at, work_of(live).told_at, len(mail.outbox))
    LanguageNotice.objects.update(next_try_at=timezone.now())
    changes.sweep()

    assert tries == (1, None, None, 0)
    assert len(mail.outbox) == 1
    assert work_of(live).told_at is not None


def test_work_has_a_row_as_soon_as_a_translation_is_begun():
    translation = stage.into(stage.article())

    assert work_of(translation).state == State.IN_TRANSLATION
    assert not StringTranslation.objects.exists()
    assert not Page.objects.get(pk=translation.get_target_instance().pk).live
