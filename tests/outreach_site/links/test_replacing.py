"""A new address or a hotline record goes into a new draft, and into nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from outreach_site.links import replacing
from outreach_site.links.models import CheckedLink, LinkPlace
from outreach_site.staff import roles
from tests.factories import ArticlePageFactory, HotlineFactory, UserFactory
from tests.outreach_site.links.test_collecting import BLOCK, publish, text

pytestmark = pytest.mark.django_db
MOVED = {"state": "moved", "reason": "moved", "new_address": "https://example.org/new?a=1&b=2"}


@pytest.fixture
def editor():
    user = UserFactory(is_superuser=True)
    return user


def draft_of(page):
    return page.get_latest_revision_as_object()


def source(page):
    return page.body[0].value.source


def replaced(page, html, editor):
    """What the draft and the live page say after the number in `html` was replaced."""
    publish(page, text(html))
    place = LinkPlace.objects.get(link__kind="number")
    replacing.replace(place, editor)
    page.refresh_from_db()
    return source(draft_of(page)), source(page)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Gọi 111 nhé</p>", "<p>Gọi {} nhé</p>"),
        ("<p>Gọi&nbsp;<b>111</b>.</p>", "<p>Gọi&nbsp;<b>{}</b>.</p>"),
        ('<p>Gọi <a href="tel:111">số này</a></p>', "<p>Gọi {}</p>"),
        (
            '<p>Gọi 111, 111 người. <a href="https://example.org/111">Gọi 111</a></p><p>Bấm 111</p>',
            '<p>Gọi {}, 111 người. <a href="https://example.org/111">Gọi 111</a></p><p>Bấm {}</p>',
        ),
    ],
    ids=["plain", "bold", "tel", "several"],
)
def test_a_number_becomes_its_record_in_a_new_draft_and_not_live(editor, before, after):
    hotline = HotlineFactory()
    inline = f'<a linktype="hotline" id="{hotline.pk}">111</a>'

    draft, live = replaced(ArticlePageFactory(), before, editor)

    assert (draft, live) == (after.format(inline, inline), before)


def test_the_draft_is_the_editors_and_the_page_says_that_it_waits(editor):
    HotlineFactory()
    page = ArticlePageFactory()

    replaced(page, "<p>Gọi 111</p>", editor)

    assert (page.has_unpublished_changes, page.latest_revision.user) == (True, editor)


def test_an_ended_number_gives_way_to_the_one_offered(editor):
    main = HotlineFactory(number="111")
    HotlineFactory(number="1800 1567", is_main=False, valid_to=timezone.localdate() - timedelta(days=1))

    draft, _live = replaced(ArticlePageFactory(), "<p>Gọi 1800 1567</p>", editor)

    assert draft == f'<p>Gọi <a linktype="hotline" id="{main.pk}">111</a></p>'


def test_what_others_wrote_in_the_newest_draft_stays(editor):
    HotlineFactory()
    page = publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))
    page.title = "Tên mới"
    page.save_revision()

    replacing.replace(LinkPlace.objects.get(), editor)

    page.refresh_from_db()
    assert (draft_of(page).title, page.title) == ("Tên mới", page.title)
    assert "linktype" in source(draft_of(page))


def test_a_moved_address_is_replaced_in_text_and_on_a_button(editor):
    old, action = "https://example.org/old?a=1&b=2", str(uuid.uuid4())
    page = publish(
        ArticlePageFactory(),
        text(f'<p><a href="{old.replace("&", "&amp;")}">x</a> {old.replace("&", "&amp;")}</p>'),
        {"type": "call_to_action", "value": {"label": "Vào", "url": old, "page": None}, "id": action},
    )
    CheckedLink.objects.update(**MOVED)

    for place in LinkPlace.objects.order_by("path"):
        replacing.replace(place, editor)

    page.refresh_from_db()
    draft = draft_of(page)
    assert source(draft).startswith('<p><a href="https://example.org/new?a=1&amp;b=2">x</a> ')
    assert draft.body[1].value["url"] == MOVED["new_address"]
    assert page.body[1].value["url"] == old


def refusal(place, user):
    with pytest.raises(replacing.NotReplaced) as refused:
        replacing.replace(place, user)
    return str(refused.value)


def test_a_plain_text_takes_no_record(editor):
    HotlineFactory()
    publish(ArticlePageFactory(introduction="Gọi 111"))
    place = LinkPlace.objects.get()

    assert replacing.offer(place, place.link) == ""
    assert refusal(place, editor).startswith("There is nothing to put in here")


def test_what_is_gone_from_the_newest_draft_is_said(editor):
    HotlineFactory()
    page = publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))
    page.body = [text("<p>Gọi chúng tôi</p>")]
    page.save_revision()

    assert "newest draft" in refusal(LinkPlace.objects.get(), editor)


def test_a_locked_page_stays_as_it_is(editor):
    HotlineFactory()
    page = publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))
    page.locked, page.locked_by = True, UserFactory()
    page.save()

    assert "locked" in refusal(LinkPlace.objects.get(), editor)


def test_a_translation_kept_in_strings_is_replaced_in_its_original(editor):
    HotlineFactory()
    page = publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))
    locale, _new = Locale.objects.get_or_create(language_code="en")
    original, _new = TranslationSource.update_or_create_from_instance(ArticlePageFactory())
    record = Translation.objects.create(source=original, target_locale=locale)
    record.save_target(publish=False)
    target = record.get_target_instance()
    place = LinkPlace.objects.get()
    place.page_id = target.pk

    assert "translation" in refusal(place, editor)
    assert page.pk != target.pk


def test_who_may_not_edit_the_page_changes_nothing():
    HotlineFactory()
    roles.ensure_groups()
    publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))

    with pytest.raises(PermissionDenied):
        replacing.replace(LinkPlace.objects.get(), UserFactory())


def test_the_replaced_number_is_found_as_a_record_after_publishing(editor):
    hotline = HotlineFactory()
    page = ArticlePageFactory()
    replaced(page, "<p>Gọi 111</p>", editor)

    publish(page, text(source(draft_of(page))))

    assert list(LinkPlace.objects.values_list("link__kind", "link__address", "path")) == [
        ("hotline", str(hotline.pk), f"body.{BLOCK}")
    ]
