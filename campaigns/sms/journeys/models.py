from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.sms.broadcasts.models import LANGUAGE_CHOICES, LONGEST_TEXT, MOST_HOURS

MOST_DAYS = 730
JOINING = "joining"


class Journey(models.Model):
    """The texts that people of a campaign get around one kind of date."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("For you and your colleagues; readers do not see it.")
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.PROTECT,
        related_name="journeys",
        verbose_name=_("campaign"),
    )
    gateway = models.ForeignKey(
        "campaigns.Gateway", on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    anchor = models.CharField(_("counted from"), max_length=30, default=JOINING)
    # Another one after each edit: texts of an older one that have not left never leave.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    active_since = models.DateTimeField(
        _("runs since"), null=True, blank=True, editable=False, help_text=_("Empty: it does not run.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class JourneyStep(models.Model):
    """One text of a journey: on which day, counted from its date, and at which hour."""

    journey = models.ForeignKey(
        Journey, on_delete=models.CASCADE, related_name="steps", verbose_name=_("journey")
    )
    days = models.SmallIntegerField(
        _("days after"),
        validators=[MinValueValidator(-MOST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text=_("Below zero: before the date."),
    )
    hour = models.TimeField(_("hour"), default=time(9))
    hours_valid = models.PositiveSmallIntegerField(
        _("too late after (hours)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    fallback = models.CharField(_("readers of other languages"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("step of a journey")
        verbose_name_plural = _("steps of journeys")
        ordering = ["days", "hour", "pk"]

    def __str__(self):
        return f"{self.journey_id}: {self.days:+d}"

    @property
    def days_away(self):
        """How many days before or after, as a number without a sign."""
        return abs(self.days)

    def texts_by_language(self):
        """Return {code of a language: text}."""
        return {one.language: one.text for one in self.texts.all() if one.text.strip()}


class JourneyText(models.Model):
    """What a step says in one language."""

    step = models.ForeignKey(
        JourneyStep, on_delete=models.CASCADE, related_name="texts", verbose_name=_("step")
    )
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)

    class Meta:
        verbose_name = _("text of a step")
        verbose_name_plural = _("texts of steps")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "language"], name="one_step_text_a_language")]

    def __str__(self):
        return f"{self.step_id}: {self.language}"


class Fire(models.Model):
    """A step was taken for somebody, for one date: never again for the same."""

    step = models.ForeignKey(
        JourneyStep, on_delete=models.CASCADE, related_name="fires", verbose_name=_("step")
    )
    sign_up = models.ForeignKey(
        "campaigns.SignUp", on_delete=models.CASCADE, related_name="+", verbose_name=_("sign-up")
    )
    occasion = models.CharField(_("occasion"), max_length=40)
    day = models.DateField(_("day"))
    version = models.PositiveIntegerField(_("version"))
    message = models.ForeignKey(
        "campaigns.OutboundMessage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("text to send"),
    )

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        constraints = [
            # Two schedulers at once, or a second start: one of them finds the place taken.
            models.UniqueConstraint(fields=["step", "sign_up", "occasion", "day"], name="one_fire_a_date")
        ]

    def __str__(self):
        return f"{self.step_id}: {self.sign_up_id}"
