"""How fast, at what hours and at what price a gateway sends, and whether it is paused."""

from datetime import time, timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach_site.text import LocalizedTextField

# Seconds without a text after the first, second … time that the gateway took none.
BACK_OFF = (5, 15, 60, 180, 600)


class HasPace(models.Model):
    """The columns of `Gateway` that the outbox reads and writes while it sends."""

    per_second = models.FloatField(
        _("parts a second"),
        default=10,
        validators=[MinValueValidator(0.01)],
        help_text=_("What the provider's contract allows. A long text counts as several parts."),
    )
    cost_per_part = models.DecimalField(
        _("cost of a part"), max_digits=10, decimal_places=2, default=Decimal(0)
    )
    quiet_from = models.TimeField(
        _("quiet from"),
        null=True,
        blank=True,
        default=time(22),
        help_text=_("From then on reminders and broadcasts wait; answers do not. Empty: at no hour."),
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(7))
    promotion_label = LocalizedTextField(
        _("label of promotion"),
        blank=True,
        text_max_length=20,
        help_text=_("Stands first in a promotion text, for example “[QC]”. Empty: carries no promotion."),
    )
    promotion_opt_out = LocalizedTextField(
        _("how to refuse promotion"),
        blank=True,
        text_max_length=60,
        help_text=_("Stands last in a promotion text. Empty: carries no promotion."),
    )
    promotion_quiet_from = models.TimeField(_("no promotion from"), null=True, blank=True, default=time(22))
    promotion_quiet_until = models.TimeField(_("no promotion until"), null=True, blank=True, default=time(7))
    promotions_a_day = models.PositiveSmallIntegerField(
        _("promotion texts a number gets in 24 hours"), default=3
    )

    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True, editable=False)
    pause_reason = models.CharField(_("why it is paused"), max_length=60, blank=True, editable=False)
    next_send_at = models.DateTimeField(_("sends again at"), null=True, blank=True, editable=False)
    refusals = models.PositiveSmallIntegerField(_("refusals in a row"), default=0, editable=False)
    # The bucket: parts that may leave at once, as of a moment. Below zero after a long text.
    allowance = models.FloatField(default=0, editable=False)
    allowance_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def allowed(self, now):
        """Return how many parts may leave at `now`: never more than a second's worth at once."""
        most = max(self.per_second, 1)
        if self.allowance_at is None:
            return most
        waited = max((now - self.allowance_at).total_seconds(), 0)
        return min(most, self.allowance + waited * self.per_second)

    def is_resting(self, now):
        """Return whether nothing may leave at `now`, whatever waits."""
        is_backing_off = self.next_send_at is not None and self.next_send_at > now
        return not self.is_active or self.paused_at is not None or is_backing_off

    def quiet_hours(self, is_promotion):
        """Return (from, until) of the hours at which a text of that class waits; None when at none."""
        hours = (
            (self.promotion_quiet_from, self.promotion_quiet_until)
            if is_promotion
            else (self.quiet_from, self.quiet_until)
        )
        return hours if None not in hours else None


def back_off(refusals):
    """Return how long a gateway rests after its `refusals`-th refusal in a row."""
    return timedelta(seconds=BACK_OFF[min(refusals, len(BACK_OFF)) - 1])


def finish(per_second, hours, start, parts):
    """Return when `parts` that begin to leave at `start` have left, at `per_second`, outside of quiet `hours`."""
    moment, left = start, timedelta(seconds=parts / per_second)
    while True:
        moment = opens_at(hours, moment) or moment
        closes = _closes_at(hours, moment)
        if closes is None or moment + left <= closes:
            return moment + left
        left -= closes - moment
        moment = closes


def _closes_at(hours, moment):
    """Return when the quiet `hours` after `moment`, which lies outside of them, begin; None when there are none."""
    if hours is None or hours[0] == hours[1]:
        return None
    local = timezone.localtime(moment)
    closes = timezone.make_aware(timezone.datetime.combine(local.date(), hours[0]))
    return closes if closes > moment else closes + timedelta(days=1)


def opens_at(hours, now):
    """Return when quiet `hours` (from, until; of the site's zone) around `now` end; None outside of them."""
    if hours is None or hours[0] == hours[1]:
        return None
    start, end = hours
    local = timezone.localtime(now)
    over_midnight = start > end
    is_quiet = (local.time() >= start or local.time() < end) if over_midnight else start <= local.time() < end
    if not is_quiet:
        return None
    day = local.date()
    if over_midnight and local.time() >= start:
        day += timedelta(days=1)
    return timezone.make_aware(timezone.datetime.combine(day, end))
