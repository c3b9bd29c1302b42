import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.printing.models.codes import TrackedLink
from campaigns.printing.models.subject import language_choices


def file_path(_job, name):
    """Return where a PDF is kept: media are served to whoever has the address, so nobody may guess it."""
    return f"printing/{secrets.token_urlsafe(16)}/{name}"


class PrintJobQuerySet(models.QuerySet):
    def claimable(self, now=None):
        """Jobs that wait, and those whose worker has not been heard of for ten minutes."""
        lost = (now or timezone.now()) - PrintJob.LOST_AFTER
        return self.filter(
            Q(state=PrintJob.State.WAITING) | Q(state=PrintJob.State.WORKING, claimed_at__lt=lost)
        )

    def claim(self, pk, now=None):
        """Take a job for this worker; true for exactly one of several workers."""
        now = now or timezone.now()
        taken = (
            self.claimable(now)
            .filter(pk=pk)
            .update(state=PrintJob.State.WORKING, claimed_at=now, attempts=F("attempts") + 1)
        )
        return taken == 1


class PrintJob(models.Model):
    """A PDF that somebody asked for. The row is the queue: state, attempts, what went wrong."""

    LOST_AFTER = timedelta(minutes=10)
    MOST_ATTEMPTS = 3

    class Kind(models.TextChoices):
        STICKERS = "stickers", _("Sheet of stickers")
        POSTER_A4 = "poster-a4", _("Poster A4")
        POSTER_A3 = "poster-a3", _("Poster A3")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    link = models.ForeignKey(
        TrackedLink, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("code to scan")
    )
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    number = models.PositiveIntegerField(_("number"), default=1)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_at = models.DateTimeField(null=True, editable=False)
    file = models.FileField(_("file"), upload_to=file_path, blank=True)
    # Goes with the picture that the poster shows: whoever withdraws a picture withdraws its prints.
    picture = models.ForeignKey(
        "outreach_site.Picture", null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to print")
        verbose_name_plural = _("files to print")
        ordering = ["-pk"]
        default_permissions = ("add", "view")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.link}"


def delete_file(instance, **_signal):
    """Receiver of `post_delete`: the PDF goes with its job."""
    if instance.file:
        instance.file.delete(save=False)
