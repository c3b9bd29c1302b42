from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns.pages import keywords
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.blocks import BODY_BLOCKS
from outreach_site.consent.forms import SitePageForm
from outreach_site.pages.models import SitePage
from outreach_site.pages.shared import OriginalsQuerySet, SharesFacts


class CampaignQuerySet(OriginalsQuerySet):
    def open_on(self, day):
        """Campaigns whose dates include `day`, published or not."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def running(self, on=None):
        """Published campaigns whose dates include `on` (default: today, site time)."""
        return self.live().open_on(on or timezone.localdate())

    def not_over(self, on=None):
        """Campaigns that run or are still to come, published or not."""
        return self.filter(ends_on__gte=on or timezone.localdate())


class CampaignPageForm(SitePageForm):
    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The campaign ends before it starts."))
        elif starts and ends and data.get("keyword"):
            other = keywords.collision(
                data["keyword"], starts, ends, except_key=self.instance.translation_key
            )
            if other:
                self.add_error(
                    "keyword",
                    _(
                        "“%(keyword)s” cannot be told from “%(other)s” of the campaign “%(title)s”, which runs then too."
                    )
                    % {"keyword": data["keyword"], "other": other.keyword, "title": other.title},
                )
        return data


class CampaignPage(SharesFacts, SitePage):
    """A campaign: what it is, for whom, and what to do now."""

    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    keyword = models.CharField(
        _("keyword"),
        max_length=20,
        blank=True,
        validators=[keywords.validate],
        help_text=_("People text the word for joining and this, for example “HAGIANG”. Letters and digits."),
    )
    keyword_folded = models.CharField(max_length=20, blank=True, db_index=True, editable=False)
    audience = models.CharField(
        _("who it is for"), max_length=200, blank=True, help_text=_("In words that these people would use.")
    )
    welcome = models.CharField(
        _("answer to joining"),
        max_length=300,
        blank=True,
        help_text=_("The text people get when they join. It may be read over their shoulder: be discreet."),
    )
    lead = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    objects = PageManager.from_queryset(CampaignQuerySet)()
    base_form_class = CampaignPageForm

    card_template = "campaigns/cards/campaign.html"
    card_needs = ("lead__renditions",)
    template = "campaigns/campaign_page.html"
    subpage_types = []
    shared_fields = ("starts_on", "ends_on", "keyword", "keyword_folded")

    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        SynchronizedField("starts_on"),
        SynchronizedField("ends_on"),
        SynchronizedField("keyword"),
        TranslatableField("audience"),
        TranslatableField("welcome"),
    ]

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("audience"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                InlinePanel("aims", label=_("Area")),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel([FieldPanel("keyword"), FieldPanel("welcome")], heading=_("Joining by text message")),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign ends before it starts.")})

    def save(self, *args, **kwargs):
        self.keyword_folded = keywords.squash(self.keyword)
        return super().save(*args, **kwargs)

    @property
    def consent_key(self):
        """The purpose under which consent to this campaign's texts is kept."""
        return f"campaign:{self.original.pk}"

    def areas(self):
        """The areas it is aimed at, of the original page; asked for once a page."""
        if not hasattr(self, "_areas"):
            self._areas = [aim.area for aim in self.original.aims.select_related("area__edition")]
        return self._areas


class CampaignArea(Orderable):
    """A campaign is aimed at an area."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="aims")
    area = AreaForeignKey(related_name="+")

    panels = [FieldPanel("area")]

    def __str__(self):
        return str(self.area)
