from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from outreach_site.pages.files import Recording
from outreach_site.translation import status
from outreach_site.translation.models import TranslationWork
from outreach_site.translation.status import Kind
from tests.factories import ArticlePageFactory, PlainPageFactory, translated
from tests.outreach_site.translation.conftest import begun, say

pytestmark = pytest.mark.django_db
Work = TranslationWork.State


def states(page, locales):
    """{language code: State} of one page."""
    return {code: state for (_key, code), state in status.of([page], locales).items()}


def kinds(page, locales):
    return {code: state.kind for code, state in states(page, locales).items()}


def work(page, locale, state=Work.IN_TRANSLATION, **more):
    TranslationWork.objects.update_or_create(
        translation_key=page.translation_key, locale=locale, defaults={"state": state, **more}
    )


def test_a_page_nobody_translated_is_missing_in_all_other_languages(locales):
    page = PlainPageFactory()

    assert kinds(page, locales) == {
        "vi": Kind.ORIGINAL,
        "en": Kind.MISSING,
        "km": Kind.MISSING,
        "hmn": Kind.MISSING,
    }


def test_a_translation_written_by_hand_counts_as_published(locales, english):
    page = PlainPageFactory()
    translated(page, "en", title="Page")

    state = states(page, locales)["en"]

    assert (state.kind, state.is_current) == (Kind.PUBLISHED, True)


def test_a_begun_translation_tells_how_many_strings_are_done(locales, english):
    page = ArticlePageFactory()
    translation = begun(page, english)
    say(translation, "title", "Article")

    state = states(page, locales)["en"]

    assert (state.kind, state.done, state.total, state.percent) == (Kind.IN_TRANSLATION, 1, 2, 50)


def test_a_string_with_an_error_is_not_done(locales, english):
    page = ArticlePageFactory()
    translation = begun(page, english)
    said = say(translation, "title", "Article")
    # Faulty strings are refused; one from before that rule may still be there.
    type(said).objects.filter(pk=said.pk).update(has_error=True)

    assert states(page, locales)["en"].done == 0


def test_progress_in_one_language_is_not_another_ones(locales):
    page = ArticlePageFactory()
    _vi, english, khmer, _hmn = locales
    say(begun(page, english), "title", "Article")
    begun(page, khmer)

    assert [states(page, locales)[code].done for code in ("en", "km")] == [1, 0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"state": Work.IN_TRANSLATION}, Kind.IN_TRANSLATION),
        ({"state": Work.IN_TRANSLATION, "is_machine_made": True}, Kind.MACHINE_DRAFT),
        ({"state": Work.IN_REVIEW, "is_machine_made": True}, Kind.IN_REVIEW),
        ({"state": Work.APPROVED}, Kind.APPROVED),
    ],
)
def test_a_draft_says_what_its_team_did_last(locales, english, facts, expected):
    page = ArticlePageFactory()
    begun(page, english)
    work(page, english, **facts)

    assert kinds(page, locales)["en"] == expected


def test_a_translation_whose_source_changed_is_out_of_date_and_still_served(locales, english):
    page = ArticlePageFactory()
    translated(page, "en", title="Article")
    since = timezone.now() - timedelta(days=3)
    work(page, english, Work.APPROVED, outdated_since=since)

    state = states(page, locales)["en"]

    assert (state.kind, state.on, state.is_live, state.is_current) == (Kind.OUT_OF_DATE, since, True, False)


def test_an_outdated_translation_sent_for_review_waits_for_the_reviewer(locales, english):
    page = ArticlePageFactory()
    translated(page, "en", title="Article")
    work(page, english, Work.IN_REVIEW, outdated_since=timezone.now())

    state = states(page, locales)["en"]

    assert (state.kind, state.is_current) == (Kind.IN_REVIEW, False)


def test_an_alias_is_not_a_text_in_its_language(locales, english):
    page = PlainPageFactory()
    copy = page.copy_for_translation(english, copy_parents=True)
    Page.objects.filter(pk=copy.pk).update(alias_of=page)

    assert kinds(page, locales)["en"] == Kind.MISSING


# --- recordings ----------------------------------------------------------------------------
def recorded(page, language=""):
    """Put a recording on `page`, as editors do, in its text."""
    recording = Recording.objects.create(
        title="Nghe", file=ContentFile(b"ID3", name="nghe.mp3"), type="audio", duration=1, language=language
    )
    page.body = [*page.body.get_prep_value(), {"type": "recording", "value": {"recording": recording.pk}}]
    page.save_revision().publish()
    return recording


def audio(page, locales):
    return [code for code, state in states(page, locales).items() if state.has_audio]


def test_a_recording_in_the_text_is_the_pages_audio(locales):
    page = ArticlePageFactory()
    recorded(page)

    assert audio(page, locales) == ["vi"]


def test_a_copied_recording_is_not_in_the_translations_language(locales):
    page = ArticlePageFactory()
    recorded(page)
    translated(page, "en", title="Article")

    assert audio(page, locales) == ["vi"]


@pytest.mark.parametrize("language", ["", "en"])
def test_a_translation_with_a_recording_of_its_own_has_audio(locales, language):
    page = ArticlePageFactory()
    copy = translated(page, "en", title="Article")
    recorded(copy, language)

    assert audio(page, locales) == ["en"]


def test_a_recording_in_another_language_is_no_audio_of_this_one(locales):
    page = ArticlePageFactory()
    recorded(page, "km")

    assert audio(page, locales) == []


# --- cost ----------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_pages_costs_the_same_queries(locales, english, count, django_assert_num_queries):
    pages = [ArticlePageFactory() for _number in range(count)]
    for page in pages:
        recorded(page)
        say(begun(page, english), "title", "Article")
        work(page, english)
    status.of(pages, locales)

    with django_assert_num_queries(6):
        status.of(pages, locales)


def test_a_list_too_long_for_a_query_gives_the_same_answer(locales, english, monkeypatch):
    page = ArticlePageFactory()
    say(begun(page, english), "title", "Article")
    recorded(page)
    PlainPageFactory()
    expected = status.of([page], locales)
    monkeypatch.setattr(status, "LONGEST_LIST", 0)

    assert status.of([page], locales) == expected
