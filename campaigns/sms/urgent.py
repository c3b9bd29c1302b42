"""Cries for help: on top of every screen of the staff until somebody takes them.

One row stands for all that a phone cried until somebody took it. The number of the hotline has gone out
before anybody looks; see `inbox`.
"""

from datetime import timedelta
from statistics import median

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from campaigns.sms import alarms
from outreach_site.privacy.models import HasPhone

TAKES = "campaigns.change_cry"
KIND = "cry"
WORDS = gettext_noop("Somebody asks for help by text, and nobody has taken it yet.")
# Whoever may take it is written to again for as long as nobody does.
REMIND_EVERY = timedelta(minutes=10)
# The median of the screen looks back so far.
PERIOD = timedelta(days=30)


class CryQuerySet(models.QuerySet):
    def waiting(self):
        """Those that nobody has taken, oldest first."""
        return self.filter(taken_at=None).order_by("raised_at", "pk")


class Cry(HasPhone):
    """A cry for help by text, from the first text to the colleague who took it and what came of it."""

    class Result(models.TextChoices):
        SPOKEN = "spoken", _("spoken with her")
        PASSED_ON = "passed_on", _("passed on to the hotline")
        NOT_REACHED = "not_reached", _("not reached")
        NO_CRY = "no_cry", _("no cry for help")

    inbound = models.ForeignKey(
        "campaigns.InboundMessage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("first text"),
    )
    phrase = models.CharField(_("known by"), max_length=120, blank=True)
    texts = models.PositiveIntegerField(_("texts"), default=1)
    raised_at = models.DateTimeField(_("since"), default=timezone.now)
    told_at = models.DateTimeField(_("staff told last"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("taken by"),
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    result = models.CharField(_("what came of it"), max_length=12, choices=Result.choices, blank=True)

    objects = CryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("by text", "cry for help")
        verbose_name_plural = pgettext_lazy("by text", "cries for help")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], condition=Q(taken_at=None), name="one_cry_waits_a_phone"
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="taken_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.pk}: {self.masked_phone}"

    @property
    def minutes(self):
        """Whole minutes from the cry to whoever took it, or until now."""
        return int(((self.taken_at or timezone.now()) - self.raised_at).total_seconds() // 60)


def cry(message, phrase=""):
    """Put the cry in `message` before the staff. Call it while the sender's member row is locked.

    phrase  what it was known by; "" when a person saw that it is one
    Returns the `Cry`, which is an older one when that phone's is still waiting.
    """
    waiting = Cry.objects.filter(phone_index=message.phone_index, taken_at=None)
    if waiting.update(texts=F("texts") + 1):
        return waiting.get()
    row = Cry.objects.create(
        phone_sealed=message.phone_sealed,
        phone_index=message.phone_index,
        inbound=message,
        phrase=phrase[:120],
    )
    _tell(row)
    return row


@transaction.atomic
def take(cry_id, *, by):
    """Let `by` take a cry. Returns whether it was still waiting; its alarm is over then."""
    taken = Cry.objects.filter(pk=cry_id, taken_at=None).update(taken_at=timezone.now(), taken_by=by)
    if taken:
        alarms.close(KIND, str(cry_id), by=by)
    return taken == 1


def note_result(cry_id, result, *, by):
    """Write down what came of a cry that `by` or a colleague took. Returns whether that can be said."""
    return Cry.objects.filter(pk=cry_id).exclude(taken_at=None).update(result=result) == 1


def remind():
    """Write again about cries that nobody takes; return how many. Called by the sweep."""
    now = timezone.now()
    late = Cry.objects.waiting().filter(told_at__lt=now - REMIND_EVERY)
    number = 0
    for row in late[:100]:
        if Cry.objects.filter(pk=row.pk, taken_at=None, told_at=row.told_at).update(told_at=now):
            _tell(row, again=True)
            number += 1
    return number


def median_minutes():
    """Return the median of the minutes until a cry of the last `PERIOD` was taken; None without any."""
    since = timezone.now() - PERIOD
    taken = Cry.objects.filter(raised_at__gt=since).exclude(taken_at=None).only("raised_at", "taken_at")
    minutes = [row.minutes for row in taken]
    return median(minutes) if minutes else None


def _tell(row, again=False):
    alarms.raise_alarm(KIND, str(row.pk), WORDS, permission=TAKES, url_name="sms_urgent", tell_again=again)
