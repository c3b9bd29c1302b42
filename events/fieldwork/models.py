import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.reach.ledger import MOST_CONTACTS, AgeBand, Sex
from outreach_site.areas.fields import AreaForeignKey


class HeadCount(models.Model):
    """Attendance without names: who came to an event on one day, counted in one area."""

    # Made with the form, so that the same form sent twice is one count.
    token = models.UUIDField(_("token"), default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        "events.EventPage", on_delete=models.PROTECT, related_name="head_counts", verbose_name=_("event")
    )
    area = AreaForeignKey(related_name="+")
    day = models.DateField(_("day"), default=timezone.localdate)
    note = models.CharField(_("note"), max_length=300, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("counted by")
    )
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.event} {self.day:%d/%m/%Y}"

    @property
    def total(self):
        """Number of people counted."""
        return sum(cell.people for cell in self.cells.all())

    def clean(self):
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("This day is still to come.")})


class HeadCountCell(models.Model):
    """So many people of one sex and age band; "" is "not recorded"."""

    head_count = models.ForeignKey(HeadCount, on_delete=models.CASCADE, related_name="cells")
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField(_("age band"), max_length=6, choices=AgeBand.choices, blank=True)
    people = models.PositiveIntegerField(_("people"), validators=[MaxValueValidator(MOST_CONTACTS)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["head_count", "sex", "age_band"], name="one_cell_a_group")
        ]

    def __str__(self):
        return f"{self.sex} {self.age_band}: {self.people}"
