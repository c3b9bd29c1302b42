"""The rows follow what stands in the published texts."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q import tasks as q
from wagtail.models import Page

from outreach_site import queue
from outreach_site.hotline.models import Organisation
from outreach_site.links import collecting
from outreach_site.links.models import CheckedLink, ContentChange, LinkPlace
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    HotlineFactory,
    PlainPageFactory,
    RecordingFactory,
    home,
    translated,
)

pytestmark = pytest.mark.django_db
BLOCK = "0b6a5b0e-7a0c-4a55-9a5e-0d5a5b6f7a01"


def text(html, block=BLOCK):
    return {"type": "text", "value": html, "id": block}


def publish(page, *blocks):
    """Give the page these blocks, publish it, and let the worker walk it."""
    page.body = list(blocks)
    page.save_revision().publish()
    collecting.sweep()
    return page


def found():
    return sorted(LinkPlace.objects.values_list("link__kind", "link__address", "path"))


def test_links_of_every_form_are_found_at_their_place():
    target, document, hotline = PlainPageFactory(), DocumentFactory(), HotlineFactory()
    action = str(uuid.uuid4())

    page = publish(
        ArticlePageFactory(introduction="Xem https://example.org/gioi-thieu."),
        text(
            f'<p><a href="https://example.org/a?b=1&amp;c=2">Một</a> <a linktype="page" id="{target.pk}">Hai</a> '
            f'<a linktype="document" id="{document.pk}">Ba</a> <a href="mailto:loa@example.org?subject=x">Bốn</a> '
            f'<a href="/vi/help/">Năm</a> <a href="tel:0912345678">Sáu</a> '
            f'<a linktype="hotline" id="{hotline.pk}">111</a> Gọi 0981 848 484.</p>'
        ),
        {
            "type": "call_to_action",
            "value": {"label": "Vào", "url": "https://example.org/b", "page": None},
            "id": action,
        },
        {"type": "hotline", "value": {"hotline": hotline.pk}, "id": str(uuid.uuid4())},
    )

    at = f"body.{BLOCK}"
    rows = found()
    assert [row for row in rows if row[2] == at] == [
        ("document", str(document.pk), at),
        ("hotline", str(hotline.pk), at),
        ("mail", "loa@example.org", at),
        ("number", "+84912345678", at),
        ("number", "+84981848484", at),
        ("own", "/vi/help/", at),
        ("page", f"{target.pk} vi", at),
        ("site", "https://example.org/a?b=1&c=2", at),
    ]
    assert ("site", "https://example.org/b", f"body.{action}.url") in rows
    assert ("site", "https://example.org/gioi-thieu", "introduction") in rows
    assert {place.page_id for place in LinkPlace.objects.all()} == {page.pk}
    assert (
        LinkPlace.objects.get(link__address="https://example.org/b").model_path == "body.call_to_action.url"
    )


def test_records_are_walked_in_each_of_their_languages_and_what_staff_write_for_staff_is_not():
    Organisation.objects.create(
        name={"vi": "Nhà", "en": "House"},
        services={"vi": "Gọi 0912 345 678", "en": "Call 0912 345 678"},
        website="https://example.org/",
        address="0912 345 679",
        source="https://example.org/secret",
    )
    RecordingFactory(transcript="Gọi 0981 848 484.")

    collecting.sweep()

    assert sorted(LinkPlace.objects.values_list("link__address", "language", "path")) == [
        ("+84912345678", "en", "services"),
        ("+84912345678", "vi", "services"),
        ("+84981848484", "", "transcript"),
        ("https://example.org/", "", "website"),
    ]


def test_an_address_in_two_places_is_one_row():
    for _number in range(2):
        publish(ArticlePageFactory(), text('<p><a href="https://example.org/">Ở đây</a></p>'))

    assert (CheckedLink.objects.count(), LinkPlace.objects.count()) == (1, 2)


def test_places_follow_the_text_and_what_is_known_of_a_link_stays():
    page = publish(ArticlePageFactory(), text('<p><a href="https://example.org/1">a</a></p>'))
    CheckedLink.objects.update(state="ok")

    publish(page, text('<p><a href="https://example.org/1">b</a> <a href="https://example.org/2">c</a></p>'))

    rows = LinkPlace.objects.order_by("link__address").values_list("link__address", "link__state", "words")
    assert list(rows) == [("https://example.org/1", "ok", "b"), ("https://example.org/2", "new", "c")]


def test_a_draft_has_no_places():
    page = publish(ArticlePageFactory(), text("<p>Gọi 0912345678</p>"))
    page.body = [text('<p><a href="https://example.org/">x</a></p>')]
    page.save_revision()
    collecting.changed(page)
    collecting.sweep()

    assert [row[0] for row in found()] == ["number"]


@pytest.mark.parametrize(
    "go", [lambda page: page.unpublish(), lambda page: page.delete()], ids=["off", "deleted"]
)
def test_a_page_that_readers_do_not_see_has_no_places(go):
    page = publish(ArticlePageFactory(), text('<p><a href="https://example.org/">x</a></p>'))

    go(Page.objects.get(pk=page.pk))
    collecting.sweep()

    assert found() == []


def test_links_that_stand_nowhere_are_forgotten_by_the_daily_sweep():
    page = publish(ArticlePageFactory(), text('<p><a href="https://example.org/">x</a></p>'))
    page.unpublish()
    collecting.sweep()

    collecting.ask_for_everything()

    assert CheckedLink.objects.count() == 0


def test_the_daily_sweep_finds_what_no_signal_told_of():
    page = ArticlePageFactory(body=[text('<p><a href="https://example.org/">x</a></p>')])
    HotlineFactory()
    ContentChange.objects.all().delete()

    collecting.ask_for_everything()
    collecting.sweep()

    assert found() == [("site", "https://example.org/", f"body.{BLOCK}")]
    assert LinkPlace.objects.get().page_id == page.pk


def test_a_page_is_published_while_the_queue_is_down(monkeypatch, django_capture_on_commit_callbacks):
    def down(*args, **options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(q, "async_task", down)
    monkeypatch.setattr(queue, "async_task", down)
    page = ArticlePageFactory(live=False)
    page.body = [text('<p><a href="https://example.org/">x</a></p>')]

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    page.refresh_from_db()
    assert (page.live, ContentChange.objects.filter(owner=f"wagtailcore.page:{page.pk}").count()) == (True, 1)


def test_one_text_that_cannot_be_read_does_not_keep_the_others_waiting(monkeypatch):
    bad = ArticlePageFactory(title="Hỏng")
    find = collecting.found_in

    def stumbles(thing, records):
        if thing.pk == bad.pk:
            raise ValueError("nonsense")
        return find(thing, records)

    monkeypatch.setattr(collecting, "found_in", stumbles)
    good = ArticlePageFactory(introduction="https://example.org/")
    for page in (bad, good):
        collecting.changed(page)

    collecting.sweep()

    assert found() == [("site", "https://example.org/", "introduction")]
    assert list(ContentChange.objects.values_list("owner", flat=True)) == [f"wagtailcore.page:{bad.pk}"]


def test_walking_a_change_twice_is_the_same_as_once():
    page = publish(ArticlePageFactory(), text('<p><a href="https://example.org/">x</a></p>'))
    before = found()
    for _time in range(2):
        collecting.changed(page)
        collecting.take_up(ContentChange.objects.get().pk)
        collecting.take_up(0)

    assert found() == before


# --- what needs no network -------------------------------------------------------------------
def verdict(kind):
    return CheckedLink.objects.values_list("state", "reason").get(kind=kind)


def test_a_link_to_a_page_is_judged_when_the_page_goes_and_comes(django_capture_on_commit_callbacks):
    target = PlainPageFactory()
    publish(ArticlePageFactory(), text(f'<p><a linktype="page" id="{target.pk}">x</a></p>'))
    assert verdict("page") == ("ok", "")

    target.unpublish()
    collecting.sweep()
    assert verdict("page") == ("broken", "page_unpublished")

    target.save_revision().publish()
    collecting.sweep()
    assert verdict("page") == ("ok", "")

    Page.objects.get(pk=target.pk).delete()
    collecting.sweep()
    assert verdict("page") == ("broken", "page_gone")


def test_a_link_to_a_page_that_is_not_in_the_readers_language_is_broken_until_it_is():
    target, article = PlainPageFactory(), ArticlePageFactory()
    english = translated(article, "en")
    publish(english, text(f'<p><a linktype="page" id="{target.pk}">x</a></p>'))
    assert verdict("page") == ("broken", "other_language")

    translated(target, "en")
    collecting.sweep()
    assert verdict("page") == ("ok", "")


def test_a_link_to_a_deleted_document_is_broken():
    document = DocumentFactory()
    publish(ArticlePageFactory(), text(f'<p><a linktype="document" id="{document.pk}">x</a></p>'))
    assert verdict("document") == ("ok", "")

    document.delete()
    collecting.sweep()

    assert verdict("document") == ("broken", "document_gone")


@pytest.mark.parametrize(
    ("href", "state"),
    [
        ("/vi/", "ok"),
        ("/vi/help/", "ok"),
        ("/vi/co-that/", "ok"),
        ("/vi/co-that/?a=1#b", "ok"),
        ("http://127.0.0.1:8000/vi/co-that/", "ok"),
        ("http://127.0.0.1:8000/vi/khong-co/", "broken"),
        ("/vi/khong-co/", "broken"),
        ("/documents/999/x.pdf", "broken"),
        ("/admin-khong-co/", "broken"),
    ],
)
def test_an_address_of_this_site_is_looked_up(href, state):
    PlainPageFactory(slug="co-that", title="Có thật")
    publish(ArticlePageFactory(), text(f'<p><a href="{href}">x</a></p>'))

    assert verdict("own")[0] == state


def test_an_address_for_mail_has_to_be_whole():
    publish(ArticlePageFactory(), text('<p><a href="mailto:loa@">x</a></p>'))

    assert verdict("mail") == ("broken", "mail_wrong")


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def test_a_typed_number_of_a_record_is_known_and_one_that_ended_is_broken_at_once():
    hotline = HotlineFactory(number="1800 1567", is_main=False)
    main = HotlineFactory(number="111")
    publish(ArticlePageFactory(), text("<p>Gọi 1800.1567</p>"))
    link = CheckedLink.objects.get()
    assert (link.state, link.reason, link.hotline) == ("typed", "has_record", hotline)

    hotline.valid_to = yesterday()
    hotline.save()
    collecting.sweep()

    link.refresh_from_db()
    assert (link.state, link.reason, link.hotline) == ("broken", "number_ended", main)


def test_the_new_number_of_the_same_organisation_takes_an_ended_ones_place():
    house = Organisation.objects.create(name={"vi": "Nhà"})
    HotlineFactory(number="111")
    HotlineFactory(number="1800 1567", is_main=False, organisation=house, valid_to=yesterday())
    new = HotlineFactory(number="1800 1568", is_main=False, organisation=house)
    publish(ArticlePageFactory(), text("<p>Gọi 1800.1567</p>"))

    assert CheckedLink.objects.get().hotline == new


def test_a_number_of_nobody_is_listed_only():
    publish(ArticlePageFactory(), text("<p>Chị Hoa 0912 345 678</p>"))

    assert verdict("number") == ("typed", "typed")


def test_the_home_page_is_walked_too():
    publish(home(), text('<p><a href="https://example.org/">x</a></p>'))

    assert len(found()) == 1
