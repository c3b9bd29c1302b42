"""Sums out of the ledger: the one way out of the numbers. Direct and indirect are never added."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, Sum

from campaigns.reach.models import ReachEntry
from outreach_site.areas.models import Area, AreaEdition, Counterpart

Channel = ReachEntry.Channel


@dataclass
class Row:
    """The contacts of one area: by channel, direct and indirect apart.

    area  the `Area`, in the edition asked for; None: the area was not recorded, or lies nowhere in it
    """

    area: Area | None
    by_channel: dict = field(default_factory=lambda: defaultdict(int))

    @property
    def direct(self):
        """Contacts face to face or in a conversation."""
        return sum(self.by_channel[channel] for channel in ReachEntry.DIRECT_CHANNELS)

    @property
    def indirect(self):
        """Contacts by web and other one-way channels."""
        return sum(self.by_channel.values()) - self.direct

    def cells(self, channels):
        """Return the contacts of `channels`, in their order."""
        return [self.by_channel[channel] for channel in channels]

    def add(self, other):
        for channel, contacts in other.by_channel.items():
            self.by_channel[channel] += contacts


def entries(*, since=None, until=None, campaign=None, channel=None, area=None):
    """Return the `ReachEntry`s of a period (both days included), narrowed down as asked."""
    found = ReachEntry.objects.all()
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if campaign:
        found = found.filter(campaign=campaign.original)
    if channel:
        found = found.filter(channel=channel)
    if area:
        held = Counterpart.objects.filter(edition=area.edition, holder__in=Area.objects.within(area))
        found = found.filter(area__in=held.values("area"))
    return found


def direct_contacts(**narrowed):
    """Return the number of direct contacts; takes what `entries` takes."""
    return entries(**narrowed).filter(is_direct=True).aggregate(sum=Sum("contacts"))["sum"] or 0


def deepest_level(edition):
    """Return the number of levels of `edition`: 2 where communes lie right below provinces."""
    return Area.objects.filter(edition=edition).aggregate(deepest=Max("level"))["deepest"] or 1


def by_area(edition: AreaEdition, level: int, **narrowed):
    """Return `Row`s, one an area of `edition` at `level`, in the order of their names.

    Entries keep the area they were made in; here each goes to the smallest area of `edition` known
    to hold it, then up to `level`. What can only be placed higher up keeps a row of its own there:
    nothing is split by guessing. Takes what `entries` takes to narrow it down.
    """
    sums = entries(**narrowed).values_list("area_id", "channel").annotate(sum=Sum("contacts")).order_by()
    holders = dict(
        Counterpart.objects.filter(
            edition=edition, area__in={area_id for area_id, _channel, _sum in sums if area_id}
        ).values_list("area_id", "holder_id")
    )
    rows = {}
    places = _at_level({holder for holder in holders.values() if holder}, level)
    for area_id, channel, contacts in sums:
        place = places.get(holders.get(area_id))
        row = rows.setdefault(place.pk if place else None, Row(place))
        row.by_channel[channel] += contacts
    # By province first, then down; what has no place comes last.
    return sorted(rows.values(), key=_order)


def _at_level(area_ids, level):
    """Return {area id: itself, or its ancestor at `level` where it lies deeper}."""
    found = Area.objects.select_related("edition", "parent__parent").in_bulk(area_ids)
    places = {}
    for area_id, area in found.items():
        while area.level > level:
            area = area.parent
        places[area_id] = area
    return places


def _order(row):
    if row.area is None:
        return (1, [])
    chain, area = [], row.area
    while area is not None:
        chain.insert(0, area.sort_key)
        area = area.parent
    return (0, chain)


def grand_total(rows):
    """Return one `Row` that adds up `rows`."""
    total = Row(None)
    for row in rows:
        total.add(row)
    return total


@dataclass(frozen=True)
class ChannelLine:
    """The contacts of one channel, and what they rest on.

    sources, corrected  how many records; how many of them were changed later
    last_recorded       aware
    """

    channel: Channel
    is_direct: bool
    contacts: int
    sources: int
    corrected: int
    last_recorded: object


def by_channel(**narrowed):
    """Return a `ChannelLine` for each channel that has contacts; takes what `entries` takes. One question."""
    rows = (
        entries(**narrowed)
        .values("channel", "is_direct")
        .annotate(
            contacts=Sum("contacts"),
            sources=Count("source", distinct=True),
            corrected=Count("source", filter=Q(source__corrections__gt=0), distinct=True),
            last_recorded=Max("source__recorded_at"),
        )
        .order_by()
    )
    order = list(Channel)
    lines = [ChannelLine(**(row | {"channel": Channel(row["channel"])})) for row in rows]
    return sorted(lines, key=lambda line: order.index(line.channel))
