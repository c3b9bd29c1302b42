from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.operations import translate_object
from wagtail_localize.synctree import synchronize_tree

from outreach_site.translation import gates, steps
from outreach_site.translation.models import TranslationWork
from tests.factories import PlainPageFactory, home
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db
State = TranslationWork.State


def page_of(translation):
    return translation.get_target_instance()


def is_live(translation):
    return Page.objects.get(pk=page_of(translation).pk).live


def state_of(translation):
    return TranslationWork.objects.get(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )


# --- every door by which a page goes live --------------------------------------------------
def by_the_translation_editor(client, translation, _user):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page_of(translation).pk]), {"action": "publish"}
    )


def by_our_button(client, translation, _user):
    return client.post(reverse("translation_publish", args=[translation.pk]))


def by_bulk_publishing(client, translation, _user):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={page_of(translation).pk}", {"include_descendants": ""})


def by_bulk_publishing_with_the_pages_below(client, translation, _user):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    parent = page_of(translation).get_parent()
    return client.post(f"{address}?id={parent.pk}", {"include_descendants": "on"})


def by_the_api(client, translation, _user):
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page_of(translation).pk, "publish"]))


def by_save_target(_client, translation, user):
    translation.save_target(user=user, publish=True)


def by_the_schedule(_client, translation, _user):
    revision = page_of(translation).get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled", stdout=StringIO())


def by_workflow_approval(client, translation, user):
    page = page_of(translation)
    workflow = Workflow.objects.first()
    WorkflowPage.objects.get_or_create(workflow=workflow, page=Page.get_first_root_node())
    page.save_revision()
    state = workflow.start(page, user)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk]
    )
    return client.post(address)


DOORS = [
    by_the_translation_editor,
    by_our_button,
    by_bulk_publishing,
    by_bulk_publishing_with_the_pages_below,
    by_the_api,
    by_save_target,
    by_the_schedule,
    by_workflow_approval,
]


@pytest.fixture
def chief(client):
    user = stage.administrator()
    client.force_login(user)
    return user


def go(door, client, translation, user, capture):
    try:
        with capture(execute=True):
            return door(client, translation, user)
    except ValidationError as error:
        return error


@pytest.mark.parametrize("door", DOORS)
def test_an_incomplete_translation_goes_live_by_no_door(
    door, client, chief, django_capture_on_commit_callbacks
):
    translation = stage.fill(stage.into(stage.article()), leave_out=1)

    go(door, client, translation, chief, django_capture_on_commit_callbacks)

    assert not is_live(translation)


@pytest.mark.parametrize("door", DOORS)
def test_a_translation_that_nobody_approved_goes_live_by_no_door(
    door, client, chief, django_capture_on_commit_callbacks
):
    translation = stage.fill(stage.into(stage.article()))
    translation.save_target(publish=False)

    go(door, client, translation, chief, django_capture_on_commit_callbacks)

    assert not is_live(translation)


@pytest.mark.parametrize("door", DOORS)
def test_an_approved_translation_goes_live_by_every_door(
    door, client, chief, django_capture_on_commit_callbacks
):
    translation = stage.approved()
    page_of(translation).get_parent().specific.save_revision().publish()

    go(door, client, translation, chief, django_capture_on_commit_callbacks)

    assert is_live(translation)
    assert Page.objects.get(pk=page_of(translation).pk).title.startswith("ខ")


def test_approval_is_of_one_text_so_an_old_draft_stays_hidden(chief):
    page = stage.article()
    translation = stage.into(page)
    untranslated = page_of(translation).get_latest_revision()
    stage.fill(translation)
    steps.approve(translation, chief)

    with pytest.raises(gates.NotYetPublishable) as refusal:
        untranslated.publish(user=chief)

    assert refusal.value.messages == ["This is not the text that the reviewer of Khmer approved."]


def test_a_page_that_may_not_go_live_does_not_hold_up_the_schedule():
    due = timezone.now() - timedelta(minutes=1)
    translation = stage.into(stage.article())
    other = PlainPageFactory(live=False)
    for number, page in enumerate([page_of(translation), other]):
        revision = page.save_revision()
        revision.approved_go_live_at = due + timedelta(seconds=number)
        revision.save()

    call_command("publish_scheduled", stdout=StringIO())

    assert (is_live(translation), Page.objects.get(pk=other.pk).live) == (False, True)


def test_the_reasons_are_said(client, chief):
    translation = stage.fill(stage.into(stage.article()), leave_out=1)

    response = by_the_translation_editor(client, translation, chief)

    assert stage.said(response) == [
        "The translation is not complete: 2 of 3 texts are translated.",
        "No reviewer of Khmer has approved this text yet.",
    ]


def test_bulk_publishing_says_why(client, chief):
    translation = stage.fill(stage.into(stage.article()))

    response = by_bulk_publishing(client, translation, chief)

    assert response.status_code == 302
    assert "No reviewer of Khmer has approved this text yet." in stage.said(response)


def test_pages_of_the_original_language_are_not_concerned(chief):
    page = stage.article()
    stage.into(page)
    page.title = "Chợ phiên mới"

    page.save_revision().publish(user=chief)

    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Chợ phiên mới")


# --- approval ------------------------------------------------------------------------------
def test_a_changed_string_takes_the_approval_back():
    translation = stage.approved()

    stage.change(translation, "title", "ផ្សារ")

    assert state_of(translation).state == State.IN_TRANSLATION


def test_saving_the_same_string_again_leaves_the_approval():
    translation = stage.approved()
    string = stage.segment(translation, "title")

    stage.change(translation, "title", stage.text_for(string))

    assert state_of(translation).state == State.APPROVED


def test_approval_remembers_who_when_and_what():
    page = stage.article()
    translation = stage.fill(stage.into(page))
    reviewer = stage.reviewer()

    steps.approve(translation, reviewer)

    work = state_of(translation)
    assert (work.state, work.reviewed_by, work.source_revision) == (
        State.APPROVED,
        reviewer,
        page.live_revision,
    )
    assert work.approved_text == gates.mark(page_of(translation).get_latest_revision_as_object())


def test_an_incomplete_text_is_neither_sent_to_review_nor_approved():
    translation = stage.fill(stage.into(stage.article()), leave_out=2)

    for step, user in [(steps.send_to_review, stage.translator()), (steps.approve, stage.reviewer())]:
        with pytest.raises(ValidationError, match="1 of 3 texts are translated"):
            step(translation, user)

    assert state_of(translation).state == State.IN_TRANSLATION


def test_a_review_goes_there_and_back_with_a_reason(client):
    translation = stage.fill(stage.into(stage.article()))
    client.force_login(stage.translator())
    client.post(reverse("translation_send_to_review", args=[translation.pk]))
    sent = state_of(translation).state
    client.force_login(stage.reviewer())
    client.post(reverse("translation_send_back", args=[translation.pk]), {"reason": "ពាក្យខុស"})

    assert (sent, state_of(translation).state) == (State.IN_REVIEW, State.IN_TRANSLATION)
    assert steps.last_reason(page_of(translation)) == "ពាក្យខុស"


def test_sending_back_needs_a_reason():
    translation = stage.approved()

    with pytest.raises(ValidationError, match="what should be changed"):
        steps.send_back(translation, stage.reviewer(), "  ")

    assert state_of(translation).state == State.APPROVED


def test_the_editor_shows_the_steps(client):
    translation = stage.fill(stage.into(stage.article()))
    client.force_login(stage.reviewer())

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page_of(translation).pk]))

    assert reverse("translation_approve", args=[translation.pk]) in shown.content.decode()


# --- nothing is live in the wrong language -------------------------------------------------
def test_a_translation_begins_as_a_draft_and_so_do_the_pages_above_it():
    language = stage.locale("km")
    shelf = PlainPageFactory(slug="ke")
    leaf = PlainPageFactory(parent=shelf, slug="la")

    translate_object(leaf, [language])

    copies = Page.objects.filter(locale=language)
    assert copies.count() == 3
    assert not copies.filter(live=True).exists()
    assert not copies.filter(alias_of__isnull=False).exists()


def test_the_switch_that_publishes_untranslated_copies_is_off(settings):
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False


def test_even_with_that_switch_on_nothing_untranslated_goes_live(
    settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True

    with pytest.raises(ValidationError), django_capture_on_commit_callbacks(execute=True):
        stage.into(stage.article())

    assert not Page.objects.filter(locale__language_code="km", live=True).exists()


def test_synchronising_the_trees_makes_no_page_live():
    stage.article()

    synchronize_tree(home().locale, stage.locale("km"))

    assert Page.objects.filter(locale__language_code="km").count() == 2
    assert not Page.objects.filter(locale__language_code="km", live=True).exists()


def test_synchronisation_is_neither_offered_nor_kept(client, chief):
    khmer = stage.locale("km")

    with pytest.raises(ValidationError, match="not synchronised"):
        LocaleSynchronization.objects.create(locale=khmer, sync_from=home().locale)
    shown = client.get(reverse("wagtaillocales:edit", args=[khmer.pk]))

    assert (shown.status_code, "sync_from" in shown.content.decode()) == (200, False)


def test_an_alias_in_another_language_never_goes_live():
    page = stage.article()
    stage.into(home())
    parent = home().get_translation(stage.locale("km"))

    alias = page.create_alias(parent=parent, update_locale=stage.locale("km"), reset_translation_key=False)
    page.save_revision().publish()

    assert not Page.objects.get(pk=alias.pk).live


def test_a_translation_does_not_become_an_alias(client, chief):
    translation = stage.approved()

    response = client.post(reverse("wagtail_localize:convert_to_alias", args=[page_of(translation).pk]))

    assert stage.said(response)[0].startswith("A page cannot become an alias")
    assert page_of(translation).alias_of_id is None


def test_an_old_version_that_is_restored_does_not_go_live(client, chief):
    translation = stage.approved()
    page = page_of(translation)
    first = page.revisions.order_by("pk").first()

    page.with_content_json(first.content).save_revision(previous_revision=first)
    by_bulk_publishing(client, translation, chief)

    assert not is_live(translation)


def test_a_copy_kept_by_hand_is_published_by_a_reviewer_of_its_language_only():
    copy = stage.article().copy_for_translation(stage.locale("km"), copy_parents=True)
    revision = copy.save_revision()

    with pytest.raises(gates.NotYetPublishable, match="Only a reviewer of Khmer"):
        revision.publish(user=stage.translator())
    revision.publish(user=stage.reviewer())

    assert Page.objects.get(pk=copy.pk).live


# --- slugs ---------------------------------------------------------------------------------
def test_the_slug_is_no_string_and_stays_the_original_one():
    page = stage.article()
    translation = stage.into(page)
    po = translation.export_po()
    for entry in po:
        entry.msgstr = "khac" if "<a" not in entry.msgid else '<a id="a1">khac</a>'

    translation.import_po(po)
    translation.save_target(publish=False)

    assert "slug" not in {entry.msgctxt for entry in po}
    assert (page_of(translation).slug, page_of(translation).get_latest_revision_as_object().title) == (
        page.slug,
        "khac",
    )
