from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField
from wagtailmedia.edit_handlers import MediaChooserPanel

from campaigns.materials import covers, offers
from campaigns.materials.forms import MaterialPageForm, lacking_words
from outreach_site import languages
from outreach_site.blocks import BODY_BLOCKS
from outreach_site.feeds import schema
from outreach_site.hotline.models import language_choices
from outreach_site.pages.models import SitePage
from outreach_site.pages.shared import OriginalsQuerySet, SharesFacts
from outreach_site.text import LocalizedTextField, in_language


class Topic(models.Model):
    """What materials are about: "work abroad", "new friends on the net"."""

    name = LocalizedTextField(_("name"), text_max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "pk"]

    def __str__(self):
        return str(in_language(self.name, languages.FALLBACK))


class MaterialQuerySet(OriginalsQuerySet):
    def of_campaign(self, campaign):
        """Materials of `campaign` in any language: its own, and those of others that it shows too."""
        campaign = campaign.original
        lent = MaterialPage.also_in.through.objects.filter(campaignpage=campaign)
        keys = MaterialPage.objects.filter(pk__in=lent.values("materialpage")).values("translation_key")
        return self.filter(models.Q(campaign=campaign) | models.Q(translation_key__in=keys))

    def for_cards(self):
        """Ready for lists, the newest first; their texts stay in the database."""
        newest_first = self.order_by("-first_published_at", "-pk").defer_streamfields()
        return newest_first.select_related("cover").prefetch_related(*MaterialPage.card_needs)


class MaterialPage(SharesFacts, SitePage):
    """A leaflet, poster or film. Its `body` is what it says, for whoever cannot load or see the file.

    Files, topics and further campaigns are kept with the original alone: a file says itself which
    language it is in, and its translations look it up there.
    """

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        LEAFLET = "leaflet", _("Leaflet")
        BOOKLET = "booklet", _("Booklet")
        CARD = "card", _("Card")
        COMIC = "comic", _("Comic")
        INFOGRAPHIC = "infographic", _("Infographic")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio spot")
        SCRIPT = "script", _("Radio script")
        SLIDES = "slides", _("Slide set")

    class Licence(models.TextChoices):
        ASK = "", _("Ask before you copy it")
        COPY = "copy", _("May be copied and printed, unchanged and for free")
        CC_BY = "cc-by", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
        CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
        FREE = "free", _("Free for everybody (public domain)")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LEAFLET)
    audience = models.CharField(
        _("who it is for"), max_length=200, blank=True, help_text=_("In words that these people would use.")
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="materials", verbose_name=_("topics"))
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="materials",
        verbose_name=_("campaign"),
        help_text=_("Its readers count for this one."),
    )
    also_in = ParentalManyToManyField(
        "campaigns.CampaignPage",
        blank=True,
        related_name="lent_materials",
        verbose_name=_("also shown in"),
        help_text=_("Other campaigns that show it too."),
    )
    cover = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_("Empty: the first page of the PDF, drawn a moment after the upload."),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("what it says"),
        help_text=_("The whole text of the material, for those who cannot load, see or hear the file."),
    )
    licence = models.CharField(_("licence"), max_length=10, choices=Licence.choices, blank=True)
    credits = models.CharField(
        _("credits"), max_length=300, blank=True, help_text=_("Who wrote, drew and paid for it.")
    )
    consent_reference = models.CharField(
        _("consent records"),
        max_length=200,
        blank=True,
        help_text=_("Where the signed consents of the people shown are kept. Readers do not see this."),
    )

    objects = PageManager.from_queryset(MaterialQuerySet)()
    base_form_class = MaterialPageForm

    in_feeds = True
    search_kind, search_label = "material", _("Materials")
    card_template = "campaigns/cards/material.html"
    list_class = "covers"
    card_needs = ("cover__renditions",)
    template = "campaigns/material_page.html"
    counts_as = "material"
    staff_only = ("consent_reference",)
    subpage_types = []
    shared_fields = ("kind", "campaign_id", "licence", "consent_reference")
    # Relations of which only the original has rows.
    kept_with_original = ("files", "topics", "also_in")
    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        SynchronizedField("kind"),
        SynchronizedField("campaign"),
        SynchronizedField("licence"),
        SynchronizedField("consent_reference"),
        TranslatableField("audience"),
        TranslatableField("credits"),
        # Neither translated nor copied.
        BaseTranslatableField("files"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("campaign"), FieldPanel("also_in", widget=CheckboxSelectMultiple)],
            heading=_("Campaigns"),
        ),
        FieldPanel("body"),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        MultiFieldPanel([FieldPanel("cover"), covers.CoverPanel()], heading=_("Cover")),
        MultiFieldPanel(
            [FieldPanel("licence"), FieldPanel("credits"), FieldPanel("consent_reference")],
            heading=_("Rights"),
        ),
    ]

    class Meta:
        verbose_name = _("IEC material")
        verbose_name_plural = _("IEC materials")

    def save(self, *args, **kwargs):
        vars(self).pop("_original", None)
        if self.original is not self:
            for name in self.kept_with_original:
                setattr(self, name, [])
        elif self.campaign:
            self.campaign = self.campaign.original
        covers.choose(self)
        result = super().save(*args, **kwargs)
        if self.original is self:
            covers.dress(self)
        return result

    def lacks_for_publishing(self):
        lacking = lacking_words(self.files.all(), self.body)
        return [*super().lacks_for_publishing(), *([lacking] if lacking else [])]

    @cached_property
    def offers(self):
        """The ways to take it: those in the page's own language or without words, then all others."""
        own = self.locale.language_code
        contents = ("document__pdf_cover__picture", "recording__still", "picture")
        found = offers.of(self.original.files.select_related(*contents))
        return {
            "here": [offer for offer in found if offer.language in ("", own)],
            "elsewhere": [offer for offer in found if offer.language not in ("", own)],
        }

    def schema(self):
        kind = str(self.get_kind_display())
        return schema.of_page(self, "CreativeWork", genre=kind, isAccessibleForFree=True)

    def search_texts(self):
        yield from super().search_texts()
        own = self.locale.language_code
        yield from (self.audience, self.get_kind_display())
        yield from (topic.name.get(own, "") for topic in self.original.topics.all())
        yield from (file.in_words for file in self.original.files.all() if file.language in ("", own))


class MaterialFile(Orderable):
    """One form in which the material comes: a document to print, a recording to play, a picture."""

    material = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=language_choices,
        help_text=_("The language in it. Empty: it has no words, or it suits every language."),
    )
    document = models.ForeignKey(
        "outreach_site.SiteDocument",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="material_files",
        verbose_name=_("document"),
    )
    recording = models.ForeignKey(
        "outreach_site.Recording",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("recording"),
    )
    picture = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("picture"),
    )

    panels = [
        FieldPanel("language"),
        FieldPanel("document"),
        MediaChooserPanel("recording"),
        FieldPanel("picture"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, recording=None, picture=None)
                | models.Q(document=None, recording__isnull=False, picture=None)
                | models.Q(document=None, recording=None, picture__isnull=False),
                name="a_document_a_recording_or_a_picture",
                violation_error_message=_("Choose a document, a recording or a picture: one of the three."),
            )
        ]

    def __str__(self):
        return str(self.content)

    @property
    def content(self):
        """The document, recording or picture."""
        return self.document or self.recording or self.picture

    @property
    def in_words(self):
        """What the file itself says, as text: a transcript, or what a picture shows; "" for documents."""
        if self.recording:
            return self.recording.transcript.strip()
        return self.picture.description.strip() if self.picture else ""
