from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReachSource(models.Model):
    """What a number rests on: one head count, one sign-up, one page's views of one day.

    `key` names the row it came from ("head-count/12"). Recording a source again replaces what it
    said before; `corrections` counts how often that changed something.
    """

    key = models.CharField(_("source"), max_length=120, unique=True)
    corrections = models.PositiveIntegerField(_("corrections"), default=0)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)

    class Meta:
        verbose_name = _("source of reach")
        verbose_name_plural = _("sources of reach")

    def __str__(self):
        return self.key


class ReachEntry(models.Model):
    """Contacts: exposures of one person each, counted by what all of them share. No person in it."""

    class Channel(models.TextChoices):
        SMS = "sms", pgettext_lazy("channel", "Text message")
        EVENT = "event", pgettext_lazy("channel", "Event")
        PAGE = "page", pgettext_lazy("channel", "Web page")
        MATERIAL = "material", pgettext_lazy("channel", "Material read")
        DOWNLOAD = "download", pgettext_lazy("channel", "Material downloaded")
        LISTEN = "listen", pgettext_lazy("channel", "Recording played")
        QR = "qr", pgettext_lazy("channel", "Code scanned")
        BROADCAST = "broadcast", pgettext_lazy("channel", "Text to many, delivered")
        PRINT = "print", pgettext_lazy("channel", "Printed copy handed out")
        HOTLINE = "hotline", pgettext_lazy("channel", "Tap on a hotline number")

    # Face to face or in a conversation; everything else is indirect. The two are never added.
    DIRECT_CHANNELS = (Channel.SMS, Channel.EVENT)

    class Sex(models.TextChoices):
        FEMALE = "f", _("Female")
        MALE = "m", _("Male")
        NOT_RECORDED = "", _("Not recorded")

    class AgeBand(models.TextChoices):
        CHILD = "0-17", _("Under 18")
        ADULT = "18-59", _("18 to 59")
        OLDER = "60+", _("60 and over")
        NOT_RECORDED = "", _("Not recorded")

    source = models.ForeignKey(ReachSource, on_delete=models.CASCADE, related_name="entries")
    day = models.DateField(_("day"))
    area = models.ForeignKey(
        "outreach_site.Area",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("area"),
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("campaign"),
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    is_direct = models.BooleanField(_("direct"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField(_("age band"), max_length=6, choices=AgeBand.choices, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    contacts = models.PositiveIntegerField(_("contacts"))

    class Meta:
        verbose_name = _("reach")
        verbose_name_plural = _("reach")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sex", "age_band", "language"], name="one_entry_a_source_and_group"
            )
        ]
        indexes = [models.Index(fields=["day", "area", "channel"], name="reach_by_day_and_area")]

    def __str__(self):
        return f"{self.day}: {self.contacts}"


class DailyCount(models.Model):
    """How often something was opened on one day. No time, no address, no device: nobody is in it."""

    day = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=10, choices=ReachEntry.Channel.choices)
    # The page's or the hotline's id, by channel, 0 for the help page; kept when that is deleted.
    subject = models.PositiveBigIntegerField(_("what"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    number = models.PositiveIntegerField(_("number"), default=0)
    recorded = models.PositiveIntegerField(_("of these, in the ledger"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(fields=["day", "channel", "subject", "language"], name="one_count_a_day")
        ]

    def __str__(self):
        return f"{self.day} {self.channel} {self.subject}: {self.number}"
