"""Targets: how much of what, for whom and where, by when. Only what the ledger counts can be one."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from outreach_site.areas.fields import AreaForeignKey
from outreach_site.areas.models import Area

# More than everybody in a large country is a slip of the finger.
LARGEST = 100_000_000


class CampaignTarget(Orderable):
    """So many of something by a day: "2,000 direct contacts with women in Đồng Văn by 30/6/2026".

    area    None: wherever the campaign reaches people
    number  of what the indicator counts; at least 1
    """

    class Indicator(models.TextChoices):
        DIRECT = "direct", pgettext_lazy("indicator", "Direct contacts")
        SIGN_UPS = "signups", pgettext_lazy("indicator", "Sign-ups by text message")
        COPIES = "copies", pgettext_lazy("indicator", "Copies handed out")
        CODES = "codes", pgettext_lazy("indicator", "Codes scanned")
        VIEWS = "views", pgettext_lazy("indicator", "Pages opened")
        DOWNLOADS = "downloads", pgettext_lazy("indicator", "Downloads")
        PLAYS = "plays", pgettext_lazy("indicator", "Recordings played")

    class People(models.TextChoices):
        ALL = "all", pgettext_lazy("people", "Everybody")
        WOMEN = "women", pgettext_lazy("people", "Women and girls")
        MEN = "men", pgettext_lazy("people", "Men and boys")
        CHILDREN = "children", pgettext_lazy("people", "Under 18")
        ADULTS = "adults", pgettext_lazy("people", "18 to 59")
        OLDER = "older", pgettext_lazy("people", "60 and over")

    # Sex and age are written down where people are met, and nowhere else.
    WITH_PEOPLE = (Indicator.DIRECT,)
    # What happens on a screen happens nowhere that we know.
    WITH_PLACE = (Indicator.DIRECT, Indicator.SIGN_UPS, Indicator.COPIES, Indicator.CODES)

    campaign = ParentalKey("campaigns.CampaignPage", on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(
        _("what is counted"), max_length=10, choices=Indicator.choices, default=Indicator.DIRECT
    )
    people = models.CharField(_("with whom"), max_length=10, choices=People.choices, default=People.ALL)
    area = AreaForeignKey(
        null=True, blank=True, related_name="+", help_text=_("Empty: all areas of the campaign.")
    )
    number = models.PositiveIntegerField(
        _("how many"), validators=[MinValueValidator(1, _("A target is one at least."))]
    )
    due_on = models.DateField(_("by"))

    panels = [
        FieldRowPanel([FieldPanel("indicator"), FieldPanel("people")]),
        FieldPanel("area"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("due_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    def __str__(self):
        return f"{self.get_indicator_display()}: {self.number}"

    def clean(self):
        super().clean()
        if self.number and self.number > LARGEST:
            raise ValidationError({"number": _("This is more than there are people. Check the number.")})
        if self.people != self.People.ALL and self.indicator not in self.WITH_PEOPLE:
            raise ValidationError(
                {"people": _("Sex and age are known of direct contacts only. Choose “Everybody” here.")}
            )
        if self.area_id and self.indicator not in self.WITH_PLACE:
            raise ValidationError({"area": _("This is counted without a place. Leave the area empty.")})


def problems(target, *, starts_on, areas):
    """Yield (field name, message) for what is wrong with `target`, as cleaned data, in its campaign.

    starts_on  the campaign's first day, None while not known
    areas      the areas that the campaign is aimed at; none: everywhere
    """
    due_on, area = target.get("due_on"), target.get("area")
    if due_on and starts_on and due_on < starts_on:
        yield "due_on", _("This is before the campaign starts.")
    if area and areas and not any(_lies_in(area, held) for held in areas):
        yield (
            "area",
            _("The campaign is not aimed at this area. Add it to the areas above, or choose another."),
        )


def _lies_in(area, held):
    """Return whether `area`, of whatever edition, is known to lie in `held`."""
    same = area.edition_id == held.edition_id and area.path.startswith(held.path)
    return same or Area.objects.lying_in(held).filter(pk=area.pk).exists()
