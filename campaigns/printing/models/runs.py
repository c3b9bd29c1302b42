from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from campaigns.printing import stock
from campaigns.printing.models.subject import OfMaterial, OfMaterialQuerySet, language_choices, short_date
from campaigns.reach.ledger import MOST_CONTACTS
from outreach_site import languages
from outreach_site.areas.fields import AreaForeignKey

MOST_COPIES = 10_000_000


class PrintRunQuerySet(OfMaterialQuerySet):
    def with_stock(self):
        """Add `handed_out` and `left`, in copies."""
        given = Distribution.objects.filter(run=OuterRef("pk")).order_by().values("run")
        handed_out = Coalesce(Subquery(given.annotate(sum=Sum("copies")).values("sum")), 0)
        return self.annotate(handed_out=handed_out).annotate(
            left=F("copies") - F("written_off") - F("handed_out")
        )


class PrintRun(OfMaterial):
    """Copies of a material printed at one time."""

    language = models.CharField(
        _("language"), max_length=12, choices=language_choices, default=languages.DEFAULT
    )
    copies = models.PositiveIntegerField(
        _("copies"), validators=[MinValueValidator(1), MaxValueValidator(MOST_COPIES)]
    )
    printed_on = models.DateField(_("printed on"), default=timezone.localdate)
    printer = models.CharField(_("printer"), max_length=120, blank=True)
    cost = models.DecimalField(
        _("cost"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Write the three letters of the currency."))],
        help_text=_("Three letters, for example USD."),
    )
    written_off = models.PositiveIntegerField(
        _("written off"), default=0, help_text=_("Copies that were spoilt, lost or out of date.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PrintRunQuerySet.as_manager()

    panels = [
        FieldPanel("material"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("copies"), FieldPanel("printed_on")]),
        FieldRowPanel([FieldPanel("printer"), FieldPanel("cost"), FieldPanel("currency")]),
        FieldPanel("written_off"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ["-printed_on", "-pk"]

    def __str__(self):
        return f"{self.material_title} · {self.language} · {short_date(self.printed_on)}"

    @transaction.atomic
    def save(self, *args, **kwargs):
        if self.pk:
            # A distribution that is being written waits, and sees what is written here.
            list(PrintRun.objects.select_for_update().filter(pk=self.pk))
        stock.check_run(self)
        super().save(*args, **kwargs)
        for distribution in self.distributions.select_related("area", "run__campaign"):
            stock.count_copies(distribution)

    def clean(self):
        super().clean()
        if self.cost is not None and not self.currency:
            raise ValidationError({"currency": _("Say in which currency the cost is.")})
        if self.copies is not None and self.written_off is not None:
            stock.check_run(self)


class Distribution(models.Model):
    """Copies of a print run that left the store on one day, for an area, an event or a partner."""

    run = models.ForeignKey(
        PrintRun, on_delete=models.PROTECT, related_name="distributions", verbose_name=_("print run")
    )
    copies = models.PositiveIntegerField(
        _("copies"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_CONTACTS)],
        help_text=_("One copy handed out counts as one indirect contact."),
    )
    day = models.DateField(_("day"), default=timezone.localdate)
    area = AreaForeignKey(null=True, blank=True, related_name="+")
    event = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("event"),
        help_text=_("The page of the event at which they were handed out."),
    )
    partner = models.ForeignKey(
        "outreach_site.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("partner"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    panels = [
        FieldPanel("run"),
        FieldRowPanel([FieldPanel("copies"), FieldPanel("day")]),
        MultiFieldPanel(
            [FieldPanel("area"), FieldPanel("event"), FieldPanel("partner")], heading=_("Where they went")
        ),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.copies} · {self.where} · {short_date(self.day)}"

    @transaction.atomic
    def save(self, *args, **kwargs):
        # Whoever hands out of the same run at the same time waits here.
        self.run = PrintRun.objects.select_for_update().get(pk=self.run_id)
        stock.check_distribution(self)
        super().save(*args, **kwargs)
        stock.count_copies(self)

    @property
    def where(self):
        """Where the copies went, in words."""
        places = [self.area and self.area.place, self.event and self.event.title, self.partner]
        return " · ".join(str(place) for place in places if place)

    def clean(self):
        super().clean()
        if self.event and not self.area:
            # The page of an event knows its area; a page of another type has none.
            self.area = getattr(self.event.specific, "area", None)
        if not (self.area or self.event or self.partner):
            raise ValidationError({"area": _("Say where the copies went: an area, an event or a partner.")})
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("This day is still to come.")})
        if self.run_id and self.copies:
            stock.check_distribution(self)
