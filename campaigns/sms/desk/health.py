"""How each gateway is: what waits, what goes wrong, what came last, what it costs."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, Sum, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from campaigns.sms import alarms, decisions, pace, pausing
from campaigns.sms.models import DeliveryReport, Gateway, InboundMessage, OutboundMessage

State = OutboundMessage.State
HOUR = timedelta(hours=1)
# Texts that leave now were written a few days ago at the most; the index is by when they were written.
WRITTEN_WITHIN = timedelta(days=3)
GOOD = (State.SENT, State.UNCONFIRMED, State.DELIVERED)
BAD = (State.FAILED, State.UNKNOWN)


@dataclass
class Health:
    """One gateway as of now. Times are aware or None; `cost` is of this month."""

    gateway: Gateway
    now: object
    waiting: int = 0
    due: int = 0
    oldest_due_at: object = None
    unknown: int = 0
    good: int = 0
    bad: int = 0
    parts: int = 0
    cost: Decimal = Decimal(0)
    last_change: ModelLogEntry | None = None
    alarms: tuple = ()

    @property
    def error_percent(self):
        """Of the texts of the last hour whose fate is known to be good or bad; None when there are none."""
        tried = self.good + self.bad
        return round(100 * self.bad / tried) if tried else None

    @property
    def oldest_minutes(self):
        if self.oldest_due_at is None:
            return None
        return max(int((self.now - self.oldest_due_at).total_seconds() // 60), 0)

    @property
    def state(self):
        """Return "off", "paused", "resting" or "sends"."""
        if not self.gateway.is_active:
            return "off"
        if self.gateway.paused_at is not None:
            return "paused"
        return "resting" if self.gateway.is_resting(self.now) else "sends"

    @property
    def state_name(self):
        return {
            "off": _("Not in use"),
            "paused": _("Paused"),
            "resting": _("Resting"),
            "sends": _("Sends"),
        }[self.state]

    @property
    def why(self):
        """Return why nothing leaves, in a sentence or two; "" while it sends."""
        gateway = self.gateway
        if self.state == "off":
            return _("Nothing is taken in, and texts to send wait.")
        if self.state == "paused":
            since = _("Since %(moment)s.") % {"moment": _moment(gateway.paused_at)}
            return f"{pausing.REASONS.get(gateway.pause_reason, gateway.pause_reason)} {since}"
        if self.state == "resting":
            times = ngettext(
                "It took no text once.", "It took no text %(number)d times in a row.", gateway.refusals
            ) % {"number": gateway.refusals}
            again = _("It is tried again at %(moment)s.") % {"moment": _moment(gateway.next_send_at)}
            return f"{times} {again}"
        return ""

    @property
    def quiet_note(self):
        """Return what waits at this hour though the gateway sends; "" when nothing does."""
        opens_at = pace.opens_at(self.gateway.quiet_hours(False), self.now)
        if opens_at is None or self.state != "sends":
            return ""
        return _("Quiet hours: reminders and broadcasts wait until %(hour)s; answers leave.") % {
            "hour": date_format(timezone.localtime(opens_at), "H:i")
        }


def _moment(at):
    return date_format(timezone.localtime(at), "H:i j/n/Y")


def of_all(gateway_id=None):
    """Return a `Health` for each gateway, by its name; for one alone when `gateway_id` says so.

    Nine queries however many gateways and texts there are.
    """
    now = timezone.now()
    gateways = Gateway.objects.filter(pk=gateway_id) if gateway_id else Gateway.objects.all()
    gateways = gateways.annotate(
        last_text_at=_newest(InboundMessage, "received_at"), last_report_at=_newest(DeliveryReport, "at")
    )
    found = {gateway.pk: Health(gateway, now) for gateway in gateways}
    for source in (_waiting, _undecided, _last_hour, _this_month):
        for row in source(now):
            if row["gateway"] in found:
                vars(found[row.pop("gateway")]).update(row)
    _add_changes(found)
    _add_alarms(found)
    return list(found.values())


def _newest(model, name):
    return Subquery(model.objects.filter(gateway=OuterRef("pk")).order_by(f"-{name}").values(name)[:1])


def _waiting(now):
    queued = OutboundMessage.objects.filter(state=State.QUEUED).order_by().values("gateway")
    is_due = Q(next_try_at__lte=now)
    # An answer is owed from when it was written; the others from when they were to leave.
    owed_since = Case(
        When(kind__lte=OutboundMessage.Kind.REPLY, then=F("created_at")), default=F("next_try_at")
    )
    return queued.annotate(
        waiting=Count("pk"),
        due=Count("pk", filter=is_due),
        oldest_due_at=Min(owed_since, filter=is_due),
    )


def _undecided(now):
    return decisions.undecided().order_by().values("gateway").annotate(unknown=Count("pk"))


def _last_hour(now):
    lately = OutboundMessage.objects.filter(
        created_at__gt=now - WRITTEN_WITHIN, state_changed_at__gt=now - HOUR, state__in=[*GOOD, *BAD]
    )
    return (
        lately.order_by()
        .values("gateway")
        .annotate(
            good=Count("pk", filter=Q(state__in=GOOD)),
            bad=Count("pk", filter=Q(state__in=BAD)),
        )
    )


def _this_month(now):
    begins = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    left = OutboundMessage.objects.filter(created_at__gt=begins - WRITTEN_WITHIN, sent_at__gte=begins)
    # Under other names than the columns, or the sum would be of the sum.
    sums = left.order_by().values("gateway").annotate(all_parts=Sum("parts"), all_cost=Sum("cost"))
    return [{"gateway": row["gateway"], "parts": row["all_parts"], "cost": row["all_cost"]} for row in sums]


def _add_changes(found):
    kind = ContentType.objects.get_for_model(Gateway)
    entries = ModelLogEntry.objects.filter(
        content_type=kind,
        object_id__in=[str(pk) for pk in found],
        action__in=[pausing.PAUSED, pausing.RESUMED],
    )
    newest = entries.order_by().values("object_id").annotate(newest=Min(-F("id"))).values("newest")
    ids = [-row["newest"] for row in newest]
    for entry in ModelLogEntry.objects.filter(pk__in=ids).select_related("user"):
        found[int(entry.object_id)].last_change = entry


def _add_alarms(found):
    for alarm in alarms.Alarm.objects.open().filter(gateway__in=found):
        found[alarm.gateway_id].alarms += (alarm,)
