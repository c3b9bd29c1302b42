"""Covers out of PDFs: the first page as a picture, drawn in the queue.

Upload → PdfCover (waiting) → draw → Picture, whose sizes are made as usual → the materials with that
PDF wear it, unless somebody chose a cover by hand. The row is the queue: a nudge that is lost, or a
worker that dies, is made good by the sweep.
"""

import io
import logging
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_q.models import Schedule
from wagtail.admin.panels import Panel
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from outreach_site import languages
from outreach_site.pages import pdf
from outreach_site.pages.cache import forget_pages
from outreach_site.queue import nudge

logger = logging.getLogger(__name__)

# A worker that has drawn for so long is gone; after so many tries the page is given up.
LOST_AFTER = timedelta(minutes=10)
MOST_TRIES = 3
SWEEP_MINUTES = 5


class PdfCover(models.Model):
    """The first page of an uploaded PDF as a picture, or why there is none."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be drawn")
        DRAWING = "drawing", _("being drawn")
        DRAWN = "drawn", _("drawn")
        FAILED = "failed", _("cannot be drawn")

    document = models.OneToOneField(
        "outreach_site.SiteDocument", on_delete=models.CASCADE, related_name="pdf_cover"
    )
    # A new upload under the same document has a new name: its page has to be drawn again.
    file_name = models.CharField(max_length=255)
    picture = models.ForeignKey(
        "outreach_site.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("why not"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("cover of a PDF")
        verbose_name_plural = _("covers of PDFs")

    def __str__(self):
        return f"{self.document}: {self.get_state_display()}"


# --- the row -------------------------------------------------------------------------------
def after_document_saved(instance, raw=False, **_signal):
    if not raw:
        note(instance)


def note(document):
    """Have the first page of `document` drawn if it is a PDF that is new or was replaced."""
    name = document.file.name
    if not name.lower().endswith(".pdf"):
        return
    row, _is_new = PdfCover.objects.get_or_create(document=document, defaults={"file_name": name})
    if row.file_name != name:
        row.file_name, row.state, row.problem, row.tries = name, PdfCover.State.WAITING, "", 0
        row.save()
    if row.state == PdfCover.State.WAITING:
        nudge(draw, row.pk)


def claim(row_id):
    """Take a waiting row, or one whose worker is gone; true for exactly one of several workers."""
    now = timezone.now()
    waiting = models.Q(state=PdfCover.State.WAITING)
    lost = models.Q(state=PdfCover.State.DRAWING, claimed_at__lt=now - LOST_AFTER)
    free = PdfCover.objects.filter(waiting | lost, pk=row_id, tries__lt=MOST_TRIES)
    return free.update(state=PdfCover.State.DRAWING, claimed_at=now, tries=F("tries") + 1) == 1


def draw(row_id):
    """Draw the first page of one PDF. Safe to run twice and to lose."""
    if not claim(row_id):
        return
    row = PdfCover.objects.select_related("document", "picture").get(pk=row_id)
    with translation.override(languages.FALLBACK):
        try:
            with row.document.file.open("rb") as file:
                page = pdf.first_page(file)
        except OSError:
            return give_up(row, gettext("The file is not there any more."))
        except pdf.Unreadable as error:
            return give_up(row, str(error))
        keep(row, page)


def give_up(row, problem):
    """Leave the reason where staff see it."""
    PdfCover.objects.filter(pk=row.pk).update(state=PdfCover.State.FAILED, problem=problem[:300])


@transaction.atomic
def keep(row, page):
    """Store `page` (a Pillow image) as the document's cover; its materials wear it from now on."""
    row.picture = _store(row.picture or get_image_model()(), row.document, page)
    # Another file may have been uploaded while this one was drawn: then its turn is still to come.
    PdfCover.objects.filter(pk=row.pk).update(picture=row.picture)
    PdfCover.objects.filter(pk=row.pk, file_name=row.file_name).update(state=PdfCover.State.DRAWN, problem="")
    for file in row.document.material_files.select_related("material"):
        dress(file.material)
    forget_pages()


def _store(picture, document, page):
    content = io.BytesIO()
    page.save(content, "WEBP", quality=85)
    name = f"cover-of-document-{document.pk}.webp"
    if picture.pk:
        # Redrawn in place: whoever shows the old first page shows the new one.
        picture.renditions.all().delete()
        transaction.on_commit(partial(picture.file.storage.delete, picture.file.name))
    picture.title = document.title
    picture.description = gettext("First page of “%(title)s”") % {"title": document.title}
    picture.collection = document.collection
    picture.file.save(name, ContentFile(content.getvalue(), name), save=False)
    picture.width, picture.height = page.size
    picture._set_image_file_metadata()
    picture.save()
    return picture


def sweep():
    """Take up what no worker did: PDFs nobody noted, rows that wait, rows whose worker is gone."""
    pdfs = get_document_model().objects.filter(file__iendswith=".pdf", pdf_cover=None)
    for document in pdfs:
        note(document)
    lost = PdfCover.objects.filter(
        state=PdfCover.State.DRAWING, claimed_at__lt=timezone.now() - LOST_AFTER, tries__gte=MOST_TRIES
    )
    with translation.override(languages.FALLBACK):
        lost.update(
            state=PdfCover.State.FAILED,
            problem=gettext(
                "Drawing it took too long or too much memory. Save the PDF smaller, or choose a cover."
            ),
        )
    for row_id in PdfCover.objects.filter(
        state__in=(PdfCover.State.WAITING, PdfCover.State.DRAWING)
    ).values_list("pk", flat=True):
        draw(row_id)


def ensure_schedules(**_signal):
    """Have the sweep run every five minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="materials: covers",
        defaults={
            "func": "campaigns.materials.covers.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": SWEEP_MINUTES,
        },
    )


# --- the materials -------------------------------------------------------------------------
def choose(page):
    """Set the cover of the `MaterialPage` to the first page of its PDF, unless one was chosen by hand.

    A PDF in the page's own language comes first, then one without words, then any.
    """
    if page.cover_id and not PdfCover.objects.filter(picture=page.cover_id).exists():
        return
    documents = {file.document_id: file.language for file in page.original.files.all() if file.document_id}
    if not documents and not page.cover_id:
        return
    order = [page.locale.language_code if page.locale_id else languages.DEFAULT, ""]
    drawn = PdfCover.objects.filter(document__in=documents).exclude(picture=None)
    best = min(
        drawn,
        key=lambda row: order.index(lang) if (lang := documents[row.document_id]) in order else len(order),
        default=None,
    )
    page.cover_id = best.picture_id if best else None


def dress(original):
    """Choose the cover of a material and of its translations anew, and store it."""
    pages = type(original)._base_manager.filter(translation_key=original.translation_key)
    for page in pages.select_related("locale"):
        before = page.cover_id
        choose(page)
        if page.cover_id != before:
            type(page)._base_manager.filter(pk=page.pk).update(cover=page.cover_id)


class CoverPanel(Panel):
    """Says of each PDF of a material whether its first page was drawn, and why not."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/pdf_covers.html"

        def get_context_data(self, parent_context=None):
            files = self.instance.original.files.all() if self.instance.pk else []
            documents = [file.document_id for file in files if file.document_id]
            rows = PdfCover.objects.filter(document__in=documents).select_related("document")
            return super().get_context_data(parent_context) | {"covers": rows}
