import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.sms.models import OutboundMessage
from outreach_site import languages

LONGEST_TEXT = 600
LANGUAGE_CHOICES = [(language.code, language.name) for language in languages.LANGUAGES]
# Nobody wants to be told today what was true last week.
MOST_HOURS = 72


class BroadcastQuerySet(models.QuerySet):
    def to_do(self, now):
        """Confirmed broadcasts of which something is to be done at `now`, in the order they were due."""
        due = Q(state=Broadcast.State.WAITING) & (Q(send_at=None) | Q(send_at__lte=now))
        under_way = Q(state__in=[Broadcast.State.WRITING, Broadcast.State.SENDING])
        return self.filter(due | under_way, paused_at=None).order_by("confirmed_at", "pk")


class Broadcast(models.Model):
    """One text, in the languages of its readers, to the people of a campaign or to some of them."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("broadcast", "draft")
        WAITING = "waiting", pgettext_lazy("broadcast", "waiting for its time")
        WRITING = "writing", pgettext_lazy("broadcast", "being prepared")
        SENDING = "sending", pgettext_lazy("broadcast", "being sent")
        DONE = "done", pgettext_lazy("broadcast", "done")
        CANCELLED = "cancelled", pgettext_lazy("broadcast", "cancelled")

    class Stop(models.TextChoices):
        """Why it was stopped by itself."""

        GREW = "grew", _("It would go to many more people than were confirmed.")
        TOO_LATE = "too_late", _("It could not start in time, and is too late now.")
        UNFIT = "unfit", _("It can no longer be sent as it was confirmed.")

    # What readers of a language get in which there is no text.
    LEAVE_OUT = "-"

    title = models.CharField(
        _("name"), max_length=100, help_text=_("For you and your colleagues; readers do not see it.")
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.PROTECT,
        related_name="broadcasts",
        verbose_name=_("campaign"),
        help_text=_("Only people who joined it, and have not left, get the text."),
    )
    gateway = models.ForeignKey(
        "campaigns.Gateway", on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    message_class = models.CharField(
        _("class"),
        max_length=10,
        choices=OutboundMessage.Class.choices,
        default=OutboundMessage.Class.SERVICE,
        help_text=_("Promotion gets a label and the way to refuse, and keeps other hours."),
    )
    fallback = models.CharField(
        _("readers of other languages"),
        max_length=12,
        blank=True,
        help_text=_("What people get in whose language you write nothing."),
    )

    languages = models.JSONField(_("languages"), default=list, blank=True)
    areas = models.ManyToManyField("outreach_site.Area", related_name="+", blank=True)
    joined_from = models.DateField(_("joined from"), null=True, blank=True)
    joined_until = models.DateField(_("joined until"), null=True, blank=True)
    group = models.CharField(_("one group"), max_length=80, blank=True)

    send_at = models.DateTimeField(
        _("send at"), null=True, blank=True, help_text=_("Empty: as soon as it is confirmed.")
    )
    hours_valid = models.PositiveSmallIntegerField(
        _("too late after (hours)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
        help_text=_("Whoever could not be sent it by then does not get it."),
    )

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # Another one after each change: what is confirmed is what was looked at, and only once.
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_people = models.PositiveIntegerField(_("people, as confirmed"), default=0)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    # The id of the last sign-up for which a row was written, and how many rows that makes.
    written_to = models.BigIntegerField(default=0, editable=False)
    written = models.PositiveIntegerField(_("texts written"), default=0)
    hold = models.ForeignKey(
        "campaigns.Hold",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("above a cap"),
    )
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    stop_reason = models.CharField(_("why it stopped"), max_length=10, choices=Stop.choices, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_broadcast", _("Can send, pause and cancel broadcasts"))]
        indexes = [
            models.Index(
                fields=["state"],
                name="broadcast_to_do",
                condition=Q(state__in=["waiting", "writing", "sending"]),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.CANCELLED)

    @property
    def too_late_after(self):
        """From when on nothing of it leaves, as far as that is known before it begins."""
        begins = self.started_at or self.send_at or timezone.now()
        return max(begins, self.send_at or begins) + timedelta(hours=self.hours_valid)

    def texts_by_language(self):
        """Return {code of a language: text}."""
        return {one.language: one.text for one in self.texts.all() if one.text.strip()}


class BroadcastText(models.Model):
    """What a broadcast says in one language."""

    broadcast = models.ForeignKey(
        Broadcast, on_delete=models.CASCADE, related_name="texts", verbose_name=_("broadcast")
    )
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)

    class Meta:
        verbose_name = _("text of a broadcast")
        verbose_name_plural = _("texts of broadcasts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["broadcast", "language"], name="one_text_a_language")]

    def __str__(self):
        return f"{self.broadcast_id}: {self.language}"
