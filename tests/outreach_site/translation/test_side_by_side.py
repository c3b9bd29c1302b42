import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from outreach_site.translation import paragraphs
from outreach_site.translation.models import TranslationWork
from tests.factories import ArticlePageFactory, PlainPageFactory, UserFactory, translated
from tests.outreach_site.translation.conftest import begun, say
from tests.outreach_site.translation.test_matrix import staff, team

pytestmark = pytest.mark.django_db


def address(page, code, step=""):
    return f"/admin/translations/{page.translation_key}/{code}/{step}"


def pairs(found):
    return [(one.label, one.source, one.translation) for one in found]


@pytest.fixture
def admin(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def article(**texts):
    """An article whose text has two paragraphs."""
    text = "<p>Gọi số 111.</p><p>Không mất tiền.</p>"
    return ArticlePageFactory(title="Gọi", introduction="Chợ phiên", body=[("text", text)], **texts)


def say_at(page, path, text):
    """Publish `page` with another text in the field at `path`."""
    setattr(page, path, text)
    page.save_revision().publish()
    return page


# --- paragraph by paragraph ----------------------------------------------------------------
def test_each_string_stands_beside_its_translation(locales, english):
    page = article()
    translation = begun(page, english)
    say(translation, "title", "Call")

    found = paragraphs.beside(page, english, translation=translation)

    assert pairs(found) == [
        ("Title", "Gọi", "Call"),
        ("Introduction", "Chợ phiên", ""),
        ("Text", "Gọi số 111.", ""),
        ("", "Không mất tiền.", ""),
    ]


def test_a_page_translated_by_hand_is_compared_field_by_field(locales, english):
    page = article()
    target = translated(page, "en", title="Call", introduction="Market", body=[("text", "<p>Call 111.</p>")])

    found = paragraphs.beside(page, english, target=target)

    assert pairs(found) == [
        ("Title", "Gọi", "Call"),
        ("Introduction", "Chợ phiên", "Market"),
        ("Text", "Gọi số 111.", "Call 111."),
        ("", "Không mất tiền.", ""),
    ]


# --- what changed --------------------------------------------------------------------------
def test_words_that_changed_are_marked_and_named():
    assert paragraphs.marked("Gọi số 111 ngay", "Gọi số 112 ngay") == (
        'Gọi số <del><span class="w-sr-only">removed: </span>111</del>'
        '<ins><span class="w-sr-only">added: </span>112</ins> ngay'
    )


def test_what_people_wrote_is_never_markup():
    assert "<script>" not in paragraphs.marked("a", "a &lt;script&gt;")


def test_changed_paragraphs_show_their_earlier_translation(locales, english):
    page = article()
    translation = begun(page, english)
    say(translation, "introduction", "Market")
    earlier = page.save_revision().as_object()
    page = say_at(page, "introduction", "Chợ đêm")

    found = paragraphs.beside(page, english, translation=translation, earlier=earlier)

    changed = [one for one in found if one.is_changed]
    assert [(one.label, one.translation, one.is_earlier) for one in changed] == [
        ("Introduction", "Market", True)
    ]
    assert ">phiên</del>" in changed[0].source
    assert ">đêm</ins>" in changed[0].source


def test_a_paragraph_that_came_and_one_that_went_are_both_told(locales):
    page = article()
    earlier = page.save_revision().as_object()
    block = page.body.get_prep_value()[0]
    block["value"] = "<p>Gọi số 111.</p><p>Ban đêm cũng được.</p><p>Không phải nói tên.</p>"
    page.body = [block]

    found = [(old, new) for _path, old, new in paragraphs.changes(page, earlier) if old != new]

    assert found == [("Không mất tiền.", "Ban đêm cũng được."), (None, "Không phải nói tên.")]


def test_an_outdated_page_says_how_much_changed(admin, client, locales, english):
    page = article()
    begun(page, english)
    revision = page.save_revision()
    revision.publish()
    translated_page = Page.objects.get(translation_key=page.translation_key, locale=english)
    Page.objects.filter(pk=translated_page.pk).update(live=True)
    page = say_at(page, "introduction", "Chợ đêm")
    TranslationWork.objects.update_or_create(
        translation_key=page.translation_key,
        locale=english,
        defaults={
            "state": "approved",
            "source_revision": revision,
            "outdated_since": timezone.now(),
        },
    )

    response = client.get(address(page, "en"))

    assert response.context["changed"] == 1


# --- beginning -----------------------------------------------------------------------------
def test_a_translator_begins_a_missing_translation(client, locales, english):
    translator = staff("translator")
    team(english, translator=translator)
    client.force_login(translator)
    page = ArticlePageFactory(parent=PlainPageFactory())

    response = client.post(address(page, "en", "begin/"))

    draft = Page.objects.get(translation_key=page.translation_key, locale=english)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert not draft.live


def test_nothing_goes_live_when_a_translation_begins(admin, client, locales, english):
    page = ArticlePageFactory(parent=PlainPageFactory())

    client.post(address(page, "en", "begin/"))

    assert not Page.objects.filter(locale=english, live=True).exists()


def test_a_translation_begun_twice_is_begun_once(admin, client, locales, english):
    page = ArticlePageFactory()

    first, second = [client.post(address(page, "en", "begin/")).url for _time in range(2)]

    assert first == second


def test_a_translator_of_another_language_is_refused(client, locales, english):
    translator = staff("translator")
    team(english, translator=translator)
    client.force_login(translator)
    page = ArticlePageFactory()

    response = client.post(address(page, "km", "begin/"))

    # The admin answers a refusal with a message on its front page.
    assert (response.status_code, response.url) == (302, "/admin/")
    assert not Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).exists()


@pytest.mark.parametrize("code", ["vi", "xx"])
def test_there_is_no_translation_into_the_originals_language_or_an_unknown_one(admin, client, locales, code):
    assert client.get(address(ArticlePageFactory(), code)).status_code == 404
