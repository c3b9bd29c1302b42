from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from outreach_site.pages.cache import forget_pages


class ConsentQuerySet(models.QuerySet):
    def valid(self, on=None):
        """Records that allow something on `on` (default: today, site time)."""
        day = on or timezone.localdate()
        open_end = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(open_end, withdrawn_at=None, valid_from__lte=day)

    def ended(self, on=None):
        """Records whose last day is over, withdrawn ones left out."""
        return self.filter(valid_until__lt=on or timezone.localdate(), withdrawn_at=None)

    def ending_within(self, days, on=None):
        """Valid records whose last day comes within `days` days, the nearest first."""
        day = on or timezone.localdate()
        return self.valid(day).filter(valid_until__lte=day + timedelta(days=days)).order_by("valid_until")


class ConsentRecord(models.Model):
    """People shown in a picture agreed to it on paper. The paper has their names; this record has none."""

    reference = models.CharField(
        _("reference"),
        max_length=100,
        unique=True,
        help_text=_("What stands on the signed paper, for example “HG-2026-014”. Never write a name here."),
    )
    paper = models.CharField(
        _("where the paper is kept"),
        max_length=200,
        blank=True,
        help_text=_("Office, cabinet, folder. No names."),
    )
    uses = models.TextField(
        _("agreed uses"),
        max_length=500,
        blank=True,
        help_text=_("What the people shown agreed to, in short."),
    )
    for_web = models.BooleanField(_("on this site"), default=True)
    for_print = models.BooleanField(_("in print"), default=False)
    for_social = models.BooleanField(_("in social media and messengers"), default=False)
    shows_child = models.BooleanField(_("shows somebody under 18"), default=False)
    guardian_signed = models.BooleanField(_("parent or guardian has signed"), default=False)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Last day. Empty: no end was agreed.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("withdrawal entered by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent record")
        verbose_name_plural = _("consent records")
        ordering = ["reference"]

    def __str__(self):
        if self.withdrawn_at:
            return gettext("%(reference)s (withdrawn)") % {"reference": self.reference}
        if self.valid_until:
            day = formats.date_format(self.valid_until, "DATE_FORMAT")
            return gettext("%(reference)s (until %(day)s)") % {"reference": self.reference, "day": day}
        return self.reference

    def save(self, *args, **kwargs):
        result = super().save(*args, **kwargs)
        # Pages that are kept may show what is no longer allowed, or leave out what now is.
        forget_pages()
        return result

    def clean(self):
        from django.core.exceptions import ValidationError

        errors = {}
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = _("The consent ends before it begins.")
        if self.shows_child and not self.guardian_signed:
            errors["guardian_signed"] = _("For somebody under 18 a parent or guardian has to sign.")
        if errors:
            raise ValidationError(errors)

    def is_valid(self, on=None):
        """Return whether it allows something on `on` (default: today, site time)."""
        day = on or timezone.localdate()
        begun = self.valid_from <= day
        return begun and not self.withdrawn_at and (self.valid_until is None or self.valid_until >= day)


class Removal(models.Model):
    """Pictures of one record leave the site: the task, and once done the report of it, never changed after."""

    class Reason(models.TextChoices):
        WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Consent was withdrawn")
        ENDED = "ended", pgettext_lazy("consent", "Consent has ended")

    record = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, related_name="removals", verbose_name=_("consent record")
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    # The last day that was agreed when it was asked for: a consent that is renewed may end again.
    last_day = models.DateField(_("last day"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    # {"pictures": [{"title", "places": [...], "files": [...]}]}, as `removal` writes it.
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("removal of pictures")
        verbose_name_plural = _("removals of pictures")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "reason", "last_day"], nulls_distinct=False, name="one_removal_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.record.reference}: {self.get_reason_display()}"
