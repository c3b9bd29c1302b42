"""How far a campaign's targets are: read from the ledger's totals, all targets in one question."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from campaigns.pages.targets import CampaignTarget
from campaigns.reach import totals
from campaigns.reach.ledger import AgeBand, Channel, Sex
from outreach_site.areas.models import Area

Indicator, People = CampaignTarget.Indicator, CampaignTarget.People

COUNTED = {
    Indicator.DIRECT: Q(is_direct=True),
    Indicator.SIGN_UPS: Q(channel=Channel.SMS),
    Indicator.COPIES: Q(channel=Channel.PRINT),
    Indicator.CODES: Q(channel=Channel.QR),
    Indicator.VIEWS: Q(channel__in=[Channel.PAGE, Channel.MATERIAL]),
    Indicator.DOWNLOADS: Q(channel=Channel.DOWNLOAD),
    Indicator.PLAYS: Q(channel=Channel.LISTEN),
}
WITH_WHOM = {
    People.ALL: Q(),
    People.WOMEN: Q(sex=Sex.FEMALE),
    People.MEN: Q(sex=Sex.MALE),
    People.CHILDREN: Q(age_band=AgeBand.CHILD),
    People.ADULTS: Q(age_band=AgeBand.ADULT),
    People.OLDER: Q(age_band=AgeBand.OLDER),
}
NOT_WRITTEN_DOWN = {
    People.WOMEN: Q(sex=Sex.NOT_RECORDED),
    People.MEN: Q(sex=Sex.NOT_RECORDED),
    People.CHILDREN: Q(age_band=AgeBand.NOT_RECORDED),
    People.ADULTS: Q(age_band=AgeBand.NOT_RECORDED),
    People.OLDER: Q(age_band=AgeBand.NOT_RECORDED),
}
NOBODY = Q(pk__in=[])

STATES = {
    "reached": pgettext_lazy("target", "reached"),
    "on-track": pgettext_lazy("target", "on track"),
    "behind": pgettext_lazy("target", "behind"),
    "missed": pgettext_lazy("target", "not reached in time"),
    "coming": pgettext_lazy("target", "not begun"),
    "unknown": pgettext_lazy("target", "not known: nothing was recorded"),
}


@dataclass(frozen=True)
class Progress:
    """How far one target is.

    so_far         what the ledger counts from the campaign's first day to the target's; None: nothing
                   was ever recorded, which is not the same as nobody was reached
    left_out       may belong to it too: the place, sex or age was not written down
    sources        how many records the number rests on; `corrected` of them were changed later
    last_recorded  aware; None: never
    elapsed        the part of the time that is over, 0.0 to 1.0
    """

    target: CampaignTarget
    so_far: int | None
    left_out: int
    sources: int
    corrected: int
    last_recorded: datetime | None
    elapsed: float

    @property
    def share(self):
        """Whole per cent of the target; None while nothing is recorded. Rounded down: 99.9 is not done."""
        return None if self.so_far is None else self.so_far * 100 // self.target.number

    @property
    def expected(self):
        """Whole per cent that an even pace would have brought by today."""
        return int(self.elapsed * 100)

    @property
    def state(self):
        """One of `STATES`."""
        if self.so_far is not None and self.so_far >= self.target.number:
            return "reached"
        if self.elapsed <= 0:
            return "coming"
        if self.elapsed >= 1:
            return "unknown" if self.so_far is None else "missed"
        if self.so_far is None:
            return "unknown"
        return "on-track" if self.so_far >= self.elapsed * self.target.number else "behind"

    @property
    def state_in_words(self):
        return STATES[self.state]


def of(campaigns, today=None):
    """Return {campaign id: [Progress]} of originals, in the order of their targets: three questions in all.

    `today` (default: today, site time) decides how much of the time is over.
    """
    today = today or timezone.localdate()
    starts = {campaign.pk: campaign.starts_on for campaign in campaigns}
    targets = list(
        CampaignTarget.objects.filter(campaign__in=starts)
        .select_related("area__edition")
        .order_by("sort_order", "pk")
    )
    sums = _sums(targets, starts) if targets else {}
    found = {pk: [] for pk in starts}
    for target in targets:
        found[target.campaign_id].append(_progress(target, sums, starts[target.campaign_id], today))
    return found


def _sums(targets, starts):
    wanted = {}
    for target in targets:
        counts, unsure = _counted(target, starts[target.campaign_id])
        name = f"t{target.pk}"
        wanted |= {
            f"{name}_sum": Sum("contacts", filter=counts),
            f"{name}_left_out": Sum("contacts", filter=unsure),
            f"{name}_sources": Count("source", filter=counts, distinct=True),
            f"{name}_corrected": Count("source", filter=counts & Q(source__corrections__gt=0), distinct=True),
            f"{name}_last": Max("source__recorded_at", filter=counts),
        }
    return totals.entries().filter(campaign__in=starts).aggregate(**wanted)


def _counted(target, starts_on):
    """Return what `target` counts, and what it might count if more had been written down."""
    kind = (
        Q(campaign=target.campaign_id, day__gte=starts_on, day__lte=target.due_on)
        & COUNTED[Indicator(target.indicator)]
    )
    whom, not_whom = WITH_WHOM[People(target.people)], NOT_WRITTEN_DOWN.get(People(target.people), NOBODY)
    if not target.area:
        return kind & whom, kind & not_whom
    place, not_place = Q(area__in=Area.objects.lying_in(target.area).values("pk")), Q(area=None)
    unsure = (not_whom & (place | not_place)) | (whom & not_place)
    return kind & whom & place, kind & unsure


def _progress(target, sums, starts_on, today):
    name = f"t{target.pk}"
    sources = sums[f"{name}_sources"]
    return Progress(
        target=target,
        so_far=sums[f"{name}_sum"] or 0 if sources else None,
        left_out=sums[f"{name}_left_out"] or 0,
        sources=sources,
        corrected=sums[f"{name}_corrected"],
        last_recorded=sums[f"{name}_last"],
        elapsed=elapsed(starts_on, target.due_on, today),
    )


def elapsed(starts_on: date, due_on: date, today: date) -> float:
    """Return the part of the days from `starts_on` to `due_on`, both included, that is over: 0.0 to 1.0.

    Today counts as not over; a target due yesterday or before gives 1.0.
    """
    days = max(1, (due_on - starts_on).days + 1)
    return min(1.0, max(0.0, (today - starts_on).days / days))
