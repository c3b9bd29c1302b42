from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.rich_text import RichText

from campaigns.materials import covers
from campaigns.materials.covers import PdfCover
from campaigns.materials.models import MaterialPage
from outreach_site.pages.files import Picture, SiteDocument
from tests import samples
from tests.factories import (
    DocumentFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    PictureFactory,
    translated,
)

pytestmark = pytest.mark.django_db


def draw_all():
    for row in PdfCover.objects.all():
        covers.draw(row.pk)


def cover_of(page):
    return MaterialPage.objects.get(pk=page.pk).cover


def test_the_first_page_of_an_uploaded_pdf_becomes_a_cover_with_its_proportions():
    file = MaterialFileFactory()
    draw_all()

    row = PdfCover.objects.get()
    assert (row.state, row.problem, row.document) == ("drawn", "", file.document)
    assert (row.picture.width, row.picture.height) == (960, 1280)
    assert cover_of(file.material) == row.picture
    assert row.picture.description == "Trang đầu của “Tờ rơi để in”"


def test_drawing_twice_or_at_once_makes_one_picture():
    MaterialFileFactory()
    draw_all()
    draw_all()
    covers.sweep()

    assert Picture.objects.count() == 1
    assert not covers.claim(PdfCover.objects.get().pk)


def test_a_cover_chosen_by_hand_stays():
    chosen = PictureFactory()
    material = MaterialPageFactory(cover=chosen, body=[("text", RichText("<p>Hỏi kỹ.</p>"))])
    MaterialFileFactory(material=material)
    draw_all()
    material.refresh_from_db()
    material.save_revision().publish()

    assert cover_of(material) == chosen


def test_an_old_draft_does_not_take_the_cover_away():
    file = MaterialFileFactory(material__body=[("text", RichText("<p>Hỏi kỹ.</p>"))])
    draft = file.material.save_revision()
    draw_all()

    draft.publish()

    assert cover_of(file.material) == PdfCover.objects.get().picture


def test_a_translation_wears_the_cover_in_its_language():
    material = MaterialPageFactory()
    english, khmer = translated(material, "en"), translated(material, "km")
    for code in ("vi", "en"):
        MaterialFileFactory(material=material, language=code)
    draw_all()

    drawn = {row.document.material_files.get().language: row.picture for row in PdfCover.objects.all()}
    assert (cover_of(material), cover_of(english)) == (drawn["vi"], drawn["en"])
    assert cover_of(khmer) in drawn.values()


def test_a_pdf_uploaded_anew_is_drawn_anew_into_the_same_picture(django_capture_on_commit_callbacks):
    file = MaterialFileFactory()
    draw_all()
    before = PdfCover.objects.get().picture

    file.document.file.save("ban-moi.pdf", samples.file(samples.pdf(400, 200)))
    assert PdfCover.objects.get().state == "waiting"
    with django_capture_on_commit_callbacks(execute=True):
        draw_all()

    after = PdfCover.objects.get().picture
    assert (after.pk, after.width, after.height) == (before.pk, 960, 480)
    assert not before.file.storage.exists(before.file.name)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(samples.locked_pdf(), "mật khẩu"), (b"%PDF-1.7 broken", "hỏng")],
    ids=["locked", "broken"],
)
def test_a_pdf_that_cannot_be_opened_leaves_the_reason(content, reason):
    file = MaterialFileFactory(document=DocumentFactory(file__data=content))
    draw_all()

    row = PdfCover.objects.get()
    assert (row.state, row.picture, cover_of(file.material)) == ("failed", None, None)
    assert reason in row.problem


def test_a_file_that_is_gone_leaves_the_reason():
    document = DocumentFactory()
    document.file.storage.delete(document.file.name)
    draw_all()

    assert PdfCover.objects.get().state == "failed"
    assert PdfCover.objects.get().problem


def test_the_sweep_takes_up_what_was_lost():
    DocumentFactory()
    DocumentFactory(file__filename="ghi-chu.txt", file__data=b"x")
    PdfCover.objects.all().delete()

    covers.sweep()

    assert list(PdfCover.objects.values_list("state", flat=True)) == ["drawn"]


def test_a_worker_that_died_is_replaced_three_times_at_most():
    row = PdfCover.objects.get(document=DocumentFactory())
    long_ago = timezone.now() - timedelta(hours=1)
    PdfCover.objects.update(state="drawing", tries=1, claimed_at=timezone.now())
    assert not covers.claim(row.pk)

    PdfCover.objects.update(claimed_at=long_ago)
    assert covers.claim(row.pk)

    PdfCover.objects.update(claimed_at=long_ago, tries=3)
    covers.sweep()
    assert PdfCover.objects.get().state == "failed"


def test_other_documents_have_no_cover():
    DocumentFactory(file__filename="ghi-chu.txt", file__data=b"x")

    assert (SiteDocument.objects.count(), PdfCover.objects.count()) == (1, 0)
