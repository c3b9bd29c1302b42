from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from campaigns.pages import keywords
from campaigns.pages.forms import CampaignPageForm
from campaigns.sms import composing
from campaigns.sms.widgets import SmsTextInput
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.blocks import BODY_BLOCKS
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


# What people get by text, in the language of the page; see `campaigns.sms.replies`.
TEXTS = (
    "welcome",
    "already_in_text",
    "not_open_text",
    "over_text",
    "full_text",
    "waiting_text",
    "place_text",
    "help_text",
    "goodbye_text",
)
# What a campaign asks of whoever joins; see `campaigns.sms.conversation`.
CONVERSATION = ("places", "asks_to_confirm", "asks_commune", "asks_age", "asks_language")


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
    objectives = models.TextField(
        _("objectives"),
        max_length=2000,
        blank=True,
        help_text=_("What shall be different afterwards. One objective a line."),
    )
    welcome = models.CharField(
        _("answer to joining"),
        max_length=300,
        blank=True,
        help_text=_("The text people get when they join. It may be read over their shoulder: be discreet."),
    )
    already_in_text = models.CharField(
        _("answer to joining again"),
        max_length=600,
        blank=True,
        help_text=_("Empty: “You are on the list already”, and how to leave."),
    )
    not_open_text = models.CharField(
        _("answer before it starts"),
        max_length=600,
        blank=True,
        help_text=_("Empty: that one cannot join yet, and from which day."),
    )
    over_text = models.CharField(
        _("answer once it is over"),
        max_length=600,
        blank=True,
        help_text=_("Empty: that one can no longer join, and whom to call."),
    )
    full_text = models.CharField(
        _("answer when it is full"),
        max_length=600,
        blank=True,
        help_text=_("Empty: that it is full, and that we write when a place is free."),
    )
    waiting_text = models.CharField(
        _("answer while somebody waits"),
        max_length=600,
        blank=True,
        help_text=_("Empty: “You are on the waiting list.”"),
    )
    place_text = models.CharField(
        _("text when a place is free"),
        max_length=600,
        blank=True,
        help_text=_("Goes to the next who waits. Empty: that there is a place now, and how to leave."),
    )
    help_text = models.CharField(
        _("answer to a call for help"),
        max_length=600,
        blank=True,
        help_text=_(
            "For people of this campaign. Empty: whom to call. The number is added where it is missing."
        ),
    )
    goodbye_text = models.CharField(
        _("answer to leaving"),
        max_length=600,
        blank=True,
        help_text=_("Empty: that no more texts will come. It is the last text they get: no advertising."),
    )
    places = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("One place at least. Leave it empty for no limit."))],
        help_text=_(
            "Who joins when all are taken waits, and moves up when somebody leaves. Empty: no limit."
        ),
    )
    asks_to_confirm = models.BooleanField(
        _("joining is confirmed by a second text"),
        default=False,
        help_text=_("For sensitive campaigns: nobody can sign up somebody else’s phone."),
    )
    asks_commune = models.BooleanField(_("ask for the commune"), default=False)
    asks_age = models.BooleanField(_("ask for the age group"), default=False)
    asks_language = models.BooleanField(
        _("ask for the language"),
        default=False,
        help_text=_("One question a text, after joining. Each may be skipped, and none is repeated."),
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

    in_feeds = True
    search_kind, search_label = "campaign", _("Campaigns")
    card_template = "campaigns/cards/campaign.html"
    card_needs = ("lead__renditions",)
    template = "campaigns/campaign_page.html"
    subpage_types = []
    shared_fields = ("starts_on", "ends_on", "keyword", "keyword_folded", *CONVERSATION)
    # Relations of which only the original has rows.
    kept_with_original = ("partners", "targets")

    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        SynchronizedField("starts_on"),
        SynchronizedField("ends_on"),
        SynchronizedField("keyword"),
        TranslatableField("audience"),
        TranslatableField("objectives"),
        *(TranslatableField(name) for name in TEXTS),
        *(SynchronizedField(name) for name in CONVERSATION),
        # Neither translated nor copied.
        *(BaseTranslatableField(name) for name in kept_with_original),
    ]

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("audience"),
        FieldPanel("objectives", widget=forms.Textarea(attrs={"rows": 4})),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                InlinePanel("aims", label=_("Area")),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [FieldPanel("keyword"), *(FieldPanel(name, widget=SmsTextInput) for name in TEXTS)],
            heading=_("Joining by text message"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in CONVERSATION], heading=_("Places, confirmation and questions")
        ),
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
        InlinePanel(
            "targets",
            heading=_("Targets"),
            label=_("Target"),
            help_text=_(
                "Readers do not see them; staff see how far each is. They stand with the original page."
            ),
        ),
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
        vars(self).pop("_original", None)
        if self.original is not self:
            for name in self.kept_with_original:
                setattr(self, name, [])
        return super().save(*args, **kwargs)

    def texts(self):
        """Yield (name in words, text) of what is written for phones."""
        for name in TEXTS:
            if text := getattr(self, name):
                yield capfirst(self._meta.get_field(name).verbose_name), text

    def lacks_for_publishing(self):
        lacks = super().lacks_for_publishing()
        for name, text in self.texts():
            for refusal in composing.refusals(text, self.locale.language_code):
                lacks.append(f"{name}: {refusal}")
        return lacks

    def search_day(self):
        return self.starts_on

    def search_texts(self):
        yield from super().search_texts()
        yield from (self.audience, self.keyword)

    @property
    def consent_key(self):
        """The purpose under which consent to this campaign's texts is kept."""
        return f"campaign:{self.original.pk}"

    def areas(self):
        """The areas it is aimed at, of the original page; asked for once a page."""
        if not hasattr(self, "_areas"):
            self._areas = [aim.area for aim in self.original.aims.select_related("area__edition")]
        return self._areas

    def aims_in_words(self):
        """The objectives, one a line as staff wrote them."""
        return [line.strip() for line in self.objectives.splitlines() if line.strip()]

    def state(self, on=None):
        """Return "coming", "running" or "over" on day `on` (default: today, site time)."""
        day = on or timezone.localdate()
        if day < self.starts_on:
            return "coming"
        return "running" if day <= self.ends_on else "over"


class CampaignArea(Orderable):
    """A campaign is aimed at an area."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="aims")
    area = AreaForeignKey(related_name="+")

    panels = [FieldPanel("area")]

    def __str__(self):
        return str(self.area)


class CampaignPartner(Orderable):
    """An organisation that carries the campaign with us, in the order in which readers see them."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "outreach_site.Organisation",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )

    panels = [FieldPanel("organisation")]

    def __str__(self):
        return str(self.organisation)
