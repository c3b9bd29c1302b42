"""What is above the cap of a day waits until a second person lets it go.

Answers are never held: a person who wrote gets her answer, and floods are stopped at the inbox.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SITE = "site"


class DayUse(models.Model):
    """Parts written on a day, answers left out: for the whole site or one campaign."""

    day = models.DateField(_("day"))
    scope = models.CharField(_("of what"), max_length=30)
    parts = models.PositiveIntegerField(_("parts"), default=0)

    class Meta:
        verbose_name = _("use of a day")
        verbose_name_plural = _("use by day")
        constraints = [models.UniqueConstraint(fields=["day", "scope"], name="one_use_a_day")]

    def __str__(self):
        return f"{self.day} {self.scope}: {self.parts}"


class Hold(models.Model):
    """Texts that were written at once and are above a cap: they wait for a second person."""

    class Cap(models.TextChoices):
        CAMPAIGN = "campaign", _("of the campaign")
        SITE = "site", _("of the whole site")

    class Decision(models.TextChoices):
        RELEASED = "released", _("released")
        CANCELLED = "cancelled", _("cancelled")

    cap = models.CharField(_("cap"), max_length=10, choices=Cap.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("campaign"),
    )
    gateway = models.ForeignKey(
        "campaigns.Gateway", on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    texts = models.PositiveIntegerField(_("texts"))
    parts = models.PositiveIntegerField(_("parts"))
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=2)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("texts above a cap")
        verbose_name_plural = _("texts above a cap")
        ordering = ["pk"]
        permissions = [("release_hold", _("Can release texts above a cap"))]
        constraints = [
            # Whoever wrote the texts is never the second person.
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(author=None)
                | ~Q(decision="released")
                | ~Q(author=F("decided_by")),
                name="released_by_a_second_person",
            )
        ]

    def __str__(self):
        return f"{self.pk}: {self.texts}"


def limits(campaign):
    """Return {scope: (most parts a day, which cap)} that texts of `campaign` count against."""
    found = {SITE: (settings.SMS_PARTS_A_DAY, Hold.Cap.SITE)}
    if campaign is not None:
        found[f"campaign:{campaign.pk}"] = (settings.SMS_PARTS_A_CAMPAIGN_A_DAY, Hold.Cap.CAMPAIGN)
    return found


def use(campaign, parts):
    """Count `parts` into today. Returns the `Hold.Cap` that they would break, "" when none.

    Call it in the transaction that writes the texts: two lots at the same moment wait for each other.
    What breaks a cap is not counted; `count` does that when it is released.
    """
    day = timezone.localdate()
    rows = {}
    for scope in sorted(limits(campaign)):
        DayUse.objects.bulk_create([DayUse(day=day, scope=scope)], ignore_conflicts=True)
        rows[scope] = DayUse.objects.select_for_update().get(day=day, scope=scope)
    for scope, (most, cap) in limits(campaign).items():
        if rows[scope].parts + parts > most:
            return cap
    count(campaign, parts)
    return ""


def hold_if_above(campaign, gateway, *, texts, parts, cost, author):
    """Count a lot of texts into today; what breaks a cap is not counted. Returns its `Hold`, else None.

    The same as for `use` goes for the transaction.
    """
    cap = use(campaign, parts)
    if not cap:
        return None
    facts = {"campaign": campaign, "gateway": gateway, "author": author}
    return Hold.objects.create(cap=cap, texts=texts, parts=parts, cost=cost, **facts)


def count(campaign, parts):
    """Count `parts` into today, cap or no cap."""
    day = timezone.localdate()
    for scope in sorted(limits(campaign)):
        DayUse.objects.bulk_create([DayUse(day=day, scope=scope)], ignore_conflicts=True)
        DayUse.objects.filter(day=day, scope=scope).update(parts=F("parts") + parts)


def waiting():
    """Return the holds that nobody has decided about, oldest first."""
    return Hold.objects.filter(decision="").select_related("author", "campaign", "gateway")


@transaction.atomic
def decide(hold_id, decision, *, by):
    """Let the texts of a hold go, or cancel them. Returns how many; None when that was decided already.

    Raises PermissionDenied for whoever wrote them: releasing takes a second person.
    """
    from campaigns.sms import outbox

    hold = waiting().select_for_update(of=("self",)).filter(pk=hold_id).first()
    if hold is None:
        return None
    if decision == Hold.Decision.RELEASED and hold.author_id == by.pk:
        raise PermissionDenied(_("Whoever wrote the texts cannot release them: ask somebody else."))
    hold.decision, hold.decided_by, hold.decided_at = decision, by, timezone.now()
    hold.save()
    if decision == Hold.Decision.CANCELLED:
        return outbox.cancel(hold.messages.all())
    count(hold.campaign, hold.parts)
    return outbox.let_go(hold.messages.all())
