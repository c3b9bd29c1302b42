from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.reach.ledger import AgeBand
from outreach_site import languages
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.areas.models import Area


class Candidate(models.Model):
    """A member who wants to join a campaign and is not in: she has to confirm it, or waits for a place.

    She is no sign-up: nobody counts her, and no text to many goes to her.
    """

    class WaitsFor(models.TextChoices):
        CONFIRMATION = "confirm", pgettext_lazy("somebody waits for", "her own confirmation")
        PLACE = "place", pgettext_lazy("somebody waits for", "a place")

    member = models.ForeignKey(
        "campaigns.Member", on_delete=models.CASCADE, related_name="candidates", verbose_name=_("member")
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.CASCADE,
        related_name="candidates",
        verbose_name=_("campaign"),
        help_text=_("The original page, not a translation."),
    )
    waits_for = models.CharField(_("waits for"), max_length=10, choices=WaitsFor.choices)
    since = models.DateTimeField(_("since"), help_text=_("By the sender's clock."))
    area = AreaForeignKey(null=True, blank=True, related_name="+")
    inbound = models.ForeignKey(
        "campaigns.InboundMessage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("text received"),
    )

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "campaign"], name="one_candidate_a_campaign")
        ]
        indexes = [models.Index(fields=["campaign", "waits_for", "since"], name="candidates_in_order")]

    def __str__(self):
        return f"{self.member} · {self.campaign}"


class QuestionQuerySet(models.QuerySet):
    def open(self):
        """Questions that an answer may still come to: of campaigns in which the member is."""
        unanswered = self.filter(answered_at=None, skipped_at=None, let_be_at=None)
        return unanswered.filter(
            campaign__sign_ups__member=F("member"), campaign__sign_ups__left_at=None
        ).select_related("campaign__locale")


class Question(models.Model):
    """One question to one member, asked once for good, whatever she leaves and joins again.

    misses   texts that could not be taken for an answer
    choices  ids of the areas that she was told to choose from, in that order
    value    the area's id, the age band, or the language's code
    """

    class What(models.TextChoices):
        COMMUNE = "commune", pgettext_lazy("question", "commune")
        AGE = "age", pgettext_lazy("question", "age group")
        LANGUAGE = "language", pgettext_lazy("question", "language")

    member = models.ForeignKey(
        "campaigns.Member", on_delete=models.CASCADE, related_name="questions", verbose_name=_("member")
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("campaign")
    )
    what = models.CharField(_("question"), max_length=10, choices=What.choices)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    misses = models.PositiveSmallIntegerField(_("texts that were no answer"), default=0)
    choices = models.JSONField(_("places to choose from"), default=list, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    skipped_at = models.DateTimeField(_("skipped at"), null=True, blank=True)
    let_be_at = models.DateTimeField(_("let be at"), null=True, blank=True)
    value = models.CharField(_("answer"), max_length=20, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a member")
        verbose_name_plural = _("questions to members")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "campaign", "what"], name="one_question_for_good"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(value=""), name="an_answer_has_a_value"
            ),
        ]

    def __str__(self):
        return f"{self.member_id}: {self.what}"

    @property
    def value_in_words(self):
        """The answer as staff read it, "" while there is none."""
        if not self.value:
            return ""
        if self.what == self.What.COMMUNE:
            area = Area.objects.with_edition().filter(pk=self.value).first()
            return area.label if area else ""
        if self.what == self.What.AGE:
            return str(AgeBand(self.value).label)
        return languages.get(self.value).name
