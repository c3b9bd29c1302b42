import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from campaigns.printing.models.subject import OfMaterial, OfMaterialQuerySet
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.text import nfc

# 0 O 1 l I are left out because they look alike, vowels because they make words.
CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
CODE_LENGTH = 6


def new_code():
    """Return a code at random: 480 million of them, so that nobody finds another one by trying."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


class TrackedLinkQuerySet(OfMaterialQuerySet):
    def with_scans(self):
        """Add `scans`: how often each code was scanned."""
        return self.annotate(scans=Coalesce(Sum("counts__number"), 0))


class TrackedLink(OfMaterial):
    """A short address printed as a QR code: one material at one place, in one batch of prints.

    It is never deleted and its code never used again: what is printed hangs in the field for years.
    """

    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    area = AreaForeignKey(null=True, blank=True, related_name="+")
    place = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("In your own words, for example “bus station, gate 2”."),
    )
    batch = models.CharField(
        _("batch"), max_length=40, blank=True, help_text=_("Tells prints of the same place apart.")
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = TrackedLinkQuerySet.as_manager()

    panels = [FieldPanel("material"), FieldPanel("area"), FieldPanel("place"), FieldPanel("batch")]

    class Meta:
        verbose_name = _("code to scan")
        verbose_name_plural = _("codes to scan")
        ordering = ["-pk"]
        default_permissions = ("add", "change", "view")

    def __str__(self):
        return " · ".join(filter(None, [self.material_title, self.where, self.batch]))

    def save(self, *args, **kwargs):
        if self.code:
            super().save(*args, **kwargs)
            # What was scanned is carried to the ledger again: its area or campaign may be new.
            self.counts.update(recorded=0)
            return
        for attempt in range(10):
            self.code = new_code()
            try:
                with transaction.atomic():
                    return super().save(*args, **kwargs)
            except IntegrityError:
                if attempt == 9:
                    raise

    @property
    def where(self):
        """The place in words: the area's, the staff's own, or both."""
        return " · ".join(filter(None, [self.area and self.area.place, self.place]))

    def clean(self):
        super().clean()
        self.place, self.batch = nfc(self.place).strip(), nfc(self.batch).strip()
        if not (self.area or self.place):
            raise ValidationError(
                {"area": _("Say where it will hang: an area, or a place in your own words.")}
            )
        key = self.material.translation_key if self.material else self.material_key
        same = TrackedLink.objects.filter(
            material_key=key, area=self.area, place=self.place, batch=self.batch
        ).exclude(pk=self.pk)
        if key and (other := same.first()):
            raise ValidationError(
                {
                    "batch": _("This material has a code for this place and batch already: %(code)s.")
                    % {"code": other.code}
                }
            )


def refuse_to_delete(instance, **_signal):
    """Receiver of `pre_delete`: a code stays for ever."""
    raise ProtectedError(_("A code that may have been printed is never deleted."), {instance})


class LinkCount(models.Model):
    """How often a code was scanned on one day, by the language of what it led to. Nobody is in it."""

    day = models.DateField(_("day"))
    link = models.ForeignKey(TrackedLink, on_delete=models.PROTECT, related_name="counts")
    language = models.CharField(_("language"), max_length=12, blank=True)
    number = models.PositiveIntegerField(_("number"), default=0)
    recorded = models.PositiveIntegerField(_("of these, in the ledger"), default=0)

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans of a day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "link", "language"], name="one_scan_count_a_day")
        ]

    def __str__(self):
        return f"{self.day} {self.link_id}: {self.number}"
