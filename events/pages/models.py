from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from events.pages import finding
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.blocks import BODY_BLOCKS
from outreach_site.pages.models import SitePage
from outreach_site.pages.shared import OriginalsQuerySet, SharesFacts


class EventQuerySet(OriginalsQuerySet):
    def coming(self, on=None):
        """Published events that are not over on `on` (default: today, site time), the next first."""
        day = on or timezone.localdate()
        return self.live().filter(ends_on__gte=day).order_by("starts_on", "start_time", "pk")

    def held_by(self, on=None):
        """Published events that have begun by `on` (default: today), the latest first."""
        day = on or timezone.localdate()
        return self.live().filter(starts_on__lte=day).order_by("-starts_on", "pk")


class EventPage(SharesFacts, SitePage):
    """A workshop, training, exhibition or meeting: one day, or a span of days."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        TRAINING = "training", _("Training")
        EXHIBITION = "exhibition", _("Exhibition")
        SESSION = "session", _("Communication session")
        CENTRAL_MEETING = "central", _("Central working-group meeting")
        PROVINCIAL_MEETING = "provincial", _("Provincial working-group meeting")
        SURVEY = "survey", _("Survey")
        CAMPAIGN_DAY = "campaign-day", _("Campaign day")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("event", "Planned")
        CONFIRMED = "confirmed", pgettext_lazy("event", "Confirmed")
        MOVED = "moved", pgettext_lazy("event", "Moved to another date")
        CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.WORKSHOP)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), help_text=_("The same as the first for an event of one day."))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Hall, street, how to get there.")
    )
    area = AreaForeignKey(null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        verbose_name=_("campaign"),
    )
    audience = models.CharField(_("who it is for"), max_length=200, blank=True)
    organisers = models.CharField(_("organisers"), max_length=300, blank=True)
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    objects = PageManager.from_queryset(EventQuerySet)()

    in_feeds = True
    search_kind, search_label = "event", _("Events")
    card_template = "events/cards/event.html"
    list_class = "rows"
    card_needs = ("area",)
    template = "events/event_page.html"
    subpage_types = []
    shared_fields = (
        "kind",
        "status",
        "starts_on",
        "ends_on",
        "start_time",
        "end_time",
        "area_id",
        "campaign_id",
    )
    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        *(SynchronizedField(name.removesuffix("_id")) for name in shared_fields),
        TranslatableField("place"),
        TranslatableField("audience"),
        TranslatableField("organisers"),
    ]
    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("status")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("area")], heading=_("Where")),
        FieldPanel("campaign"),
        FieldPanel("audience"),
        FieldPanel("organisers"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The event ends before it starts.")})
        one_day = self.starts_on == self.ends_on
        if one_day and self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": _("The event ends before it starts.")})

    def feed_summary(self):
        return finding.feed_summary(self)

    def schema(self):
        return finding.schema_of(self)

    def search_day(self):
        return self.starts_on

    def search_texts(self):
        yield from super().search_texts()
        yield from (self.place, self.audience, self.organisers, self.area and self.area.place)

    @property
    def is_over(self):
        return self.ends_on < timezone.localdate()
