from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail_localize.fields import SynchronizedField

from outreach_site.blocks import BODY_BLOCKS
from outreach_site.pages.models import SitePage
from outreach_site.pages.shared import OriginalsQuerySet, SharesFacts


class MaterialPage(SharesFacts, SitePage):
    """A leaflet, poster or film. Its `body` is what it says, for whoever cannot load or see the file."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        LEAFLET = "leaflet", _("Leaflet")
        BOOKLET = "booklet", _("Booklet")
        CARD = "card", _("Card")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio spot")
        SCRIPT = "script", _("Radio script")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LEAFLET)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="materials",
        verbose_name=_("campaign"),
    )
    cover = models.ForeignKey(
        "outreach_site.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
    )
    body = StreamField(BODY_BLOCKS, verbose_name=_("what it says"))

    objects = PageManager.from_queryset(OriginalsQuerySet)()

    card_template = "campaigns/cards/material.html"
    list_class = "covers"
    card_needs = ("cover__renditions",)
    template = "campaigns/material_page.html"
    counts_as = "material"
    subpage_types = []
    shared_fields = ("kind", "campaign_id")
    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        SynchronizedField("kind"),
        SynchronizedField("campaign"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("campaign")]),
        FieldPanel("cover"),
        FieldPanel("body"),
        InlinePanel("files", label=_("File")),
    ]

    class Meta:
        verbose_name = _("IEC material")
        verbose_name_plural = _("IEC materials")


class MaterialFile(Orderable):
    """One form in which the material comes: a document to print, a recording to listen to."""

    material = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "outreach_site.SiteDocument",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
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

    panels = [FieldPanel("document"), FieldPanel("recording")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document=None, recording__isnull=False)
                | models.Q(document__isnull=False, recording=None),
                name="a_document_or_a_recording",
                violation_error_message=_("Choose a document or a recording: one of the two."),
            )
        ]

    def __str__(self):
        return str(self.document or self.recording)
