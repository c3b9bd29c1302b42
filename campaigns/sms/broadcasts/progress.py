"""What has become of each text of a broadcast, counted from the rows."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone

from campaigns.sms import pace
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.models import OutboundMessage

State = OutboundMessage.State
WAITING = (State.HELD, State.QUEUED, State.SENDING)
LEFT = (State.SENT, State.UNCONFIRMED, State.DELIVERED, State.FAILED, State.UNKNOWN)


@dataclass
class Progress:
    """As of now.

    states   {state of a text: number}, only those that occur
    parts, cost  of what the gateway took; of the others nothing was paid
    ends_at  when the last text leaves at the gateway's pace; None when none is to leave
    """

    states: dict = field(default_factory=dict)
    parts: int = 0
    cost: Decimal = Decimal(0)
    ends_at: datetime | None = None

    @property
    def texts(self):
        return sum(self.states.values())

    @property
    def waiting(self):
        return sum(self.states.get(state, 0) for state in WAITING)

    @property
    def settled(self):
        """Texts that have left, or never will."""
        return self.texts - self.waiting

    @property
    def percent(self):
        return 100 * self.settled // self.texts if self.texts else 0

    @property
    def rows(self):
        """[(state, number)] in the order of the states."""
        return [(state, self.states[state]) for state in State if state in self.states]


def of(broadcast):
    """Return the `Progress` of one broadcast, in one query."""
    rows = (
        broadcast.messages.order_by()
        .values("state")
        .annotate(number=Count("pk"), parts=Sum("parts"), cost=Sum("cost"))
    )
    found, left = Progress(), 0
    for row in rows:
        state = State(row["state"])
        found.states[state] = row["number"]
        if state in LEFT:
            found.parts += row["parts"]
            found.cost += row["cost"]
        elif state in WAITING:
            left += row["parts"]
    if left and broadcast.paused_at is None and broadcast.state != Broadcast.State.CANCELLED:
        is_promotion = broadcast.message_class == OutboundMessage.Class.PROMOTION
        hours = broadcast.gateway.quiet_hours(is_promotion)
        found.ends_at = pace.finish(broadcast.gateway.per_second, hours, timezone.now(), left)
    return found


def sums(broadcasts):
    """Return {id of a broadcast: (texts, settled, delivered)} for a list of broadcasts, in one query."""
    messages = OutboundMessage.objects.filter(broadcast__in=[one.pk for one in broadcasts]).order_by()
    counted = messages.values_list("broadcast").annotate(
        texts=Count("pk"),
        settled=Count("pk", filter=~Q(state__in=WAITING)),
        delivered=Count("pk", filter=Q(state=State.DELIVERED)),
    )
    return {pk: (texts, settled, delivered) for pk, texts, settled, delivered in counted}
