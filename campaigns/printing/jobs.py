"""PDFs are made in the queue. A PrintJob is asked for, claimed by one worker, made or given up.

Safe to run twice and to lose: a sweep takes up what a lost nudge or a dead worker left.
"""

import logging
import time

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext as _
from django_q.models import Schedule

from campaigns.materials.models import MaterialPage
from campaigns.printing import sheets
from campaigns.printing.models import PrintJob
from outreach_site import languages
from outreach_site.consent.rules import problem_with
from outreach_site.queue import nudge

logger = logging.getLogger(__name__)

# A task has 60 seconds; one poster takes two or three.
SWEEP_SECONDS = 30
SIZES = {PrintJob.Kind.POSTER_A4: "a4", PrintJob.Kind.POSTER_A3: "a3"}


def ask(kind, link, language, *, number=1, asked_by=None):
    """Ask for a PDF. Returns the waiting `PrintJob`."""
    job = PrintJob.objects.create(kind=kind, link=link, language=language, number=number, asked_by=asked_by)
    nudge(make, job.pk)
    return job


def make(job_id):
    """Make one PDF if nobody else does: the nudge."""
    if not PrintJob.objects.claim(job_id):
        return
    job = PrintJob.objects.select_related("link__area").get(pk=job_id)
    try:
        # Reasons are for staff, who read the site's own language.
        with translation.override(languages.DEFAULT):
            content, job.picture = _content(job)
    except sheets.CannotPrint as error:
        _finish(job, PrintJob.State.FAILED, str(error))
    except Exception as error:
        logger.warning("print job %s: %s", job.pk, type(error).__name__)
        _try_later(job, error)
    else:
        job.file.save(f"{job.kind}-{job.link.code}-{job.language}.pdf", ContentFile(content), save=False)
        _finish(job, PrintJob.State.DONE)
        # Making it takes seconds, in which consent may have been withdrawn.
        if job.picture and problem_with(type(job.picture).objects.get(pk=job.picture_id), use="print"):
            job.delete()


def _content(job):
    """Return (PDF, the Picture in it or None)."""
    if job.kind == PrintJob.Kind.STICKERS:
        return sheets.stickers_pdf(job.link, job.language, job.number), None
    page = version(job.link, job.language)
    if page is None:
        raise sheets.CannotPrint(_("The material is not published in this language."))
    return sheets.poster_pdf(job.link, page, SIZES[job.kind]), page.cover


def version(link, language):
    """Return the published page of the material of `link` in `language`, or None.

    Without its cover where that may not be printed today.
    """
    pages = MaterialPage.objects.live().filter(
        translation_key=link.material_key, locale__language_code=language
    )
    page = pages.select_related("cover", "locale").first()
    if page and page.cover and problem_with(page.cover, use="print"):
        page.cover = None
    return page


def remove_made_of(picture, **_signal):
    """Receiver: a picture was withdrawn. Delete what was made of it; return the paths of the files."""
    made = PrintJob.objects.filter(picture=picture)
    paths = [job.file.name for job in made if job.file]
    # Each file goes with its row.
    made.delete()
    return paths


def _try_later(job, error):
    reason = _("The file could not be made (%(error)s).") % {"error": type(error).__name__}
    given_up = job.attempts >= PrintJob.MOST_ATTEMPTS
    _finish(job, PrintJob.State.FAILED if given_up else PrintJob.State.WAITING, reason)


def _finish(job, state, reason=""):
    job.state, job.reason = state, reason[:300]
    job.save(update_fields=["state", "reason", "file", "picture"])


def sweep():
    """Schedule, every minute: make what lost nudges and dead workers left, oldest first."""
    stop_at = time.monotonic() + SWEEP_SECONDS
    tired = PrintJob.objects.claimable().filter(attempts__gte=PrintJob.MOST_ATTEMPTS)
    with translation.override(languages.DEFAULT):
        tired.update(state=PrintJob.State.FAILED, reason=_("The worker was lost several times over it."))
    for job_id in PrintJob.objects.claimable().order_by("pk").values_list("pk", flat=True):
        if time.monotonic() > stop_at:
            return
        make(job_id)


def ensure_schedules(**_signal):
    """Have the sweep run every minute. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="print: sweep",
        defaults={
            "func": "campaigns.printing.jobs.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
        },
    )
