"""The one way into the numbers.

Every source calls `record` with a key of its own. The key makes it safe to record the same thing
twice, and to correct it: what the source said last is what counts.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from campaigns.reach.models import ReachEntry, ReachSource

Channel = ReachEntry.Channel
Sex = ReachEntry.Sex
AgeBand = ReachEntry.AgeBand

# More people than this in one source is a slip of the finger.
MOST_CONTACTS = 100_000


@dataclass(frozen=True)
class Group:
    """So many contacts with people of one sex, age band and language; "" is "not recorded"."""

    contacts: int
    sex: str = Sex.NOT_RECORDED
    age_band: str = AgeBand.NOT_RECORDED
    language: str = ""

    def __post_init__(self):
        if not 0 <= self.contacts <= MOST_CONTACTS:
            raise ValueError(f"{self.contacts} contacts: expected 0 to {MOST_CONTACTS}")
        if self.sex not in Sex.values or self.age_band not in AgeBand.values:
            raise ValueError(f"unknown group: sex {self.sex!r}, age band {self.age_band!r}")


@transaction.atomic
def record(source, *, day, channel, groups, area=None, campaign=None):
    """Set what `source` adds to the numbers; whatever it said before is replaced.

    source    the source's own key, at most 120 characters: "head-count/12"
    day       the date on which people were reached, in the site's time zone
    channel   a `Channel`; it decides whether the contacts are direct
    groups    `Group`s; groups of the same people are added up; none at all takes the source back
    area      the `Area` in which it happened, of whatever edition; None: not recorded
    campaign  a `CampaignPage` in any language, or None

    Returns the number of contacts now counted. Raises ValueError for a channel that does not exist.
    """
    direct = Channel(channel) in ReachEntry.DIRECT_CHANNELS
    row, _is_new = ReachSource.objects.get_or_create(key=source)
    # Two corrections at the same time wait for each other here.
    row = ReachSource.objects.select_for_update().get(pk=row.pk)
    wanted = Counter()
    for group in groups:
        wanted[(group.sex, group.age_band, group.language)] += group.contacts
    entries = [
        ReachEntry(
            source=row,
            day=day,
            area=area,
            campaign=campaign.original if campaign else None,
            channel=channel,
            is_direct=direct,
            sex=sex,
            age_band=age_band,
            language=language,
            contacts=contacts,
        )
        for (sex, age_band, language), contacts in wanted.items()
        if contacts
    ]
    _replace(row, entries)
    return sum(wanted.values())


def _replace(row, entries):
    """Make `entries` the entries of `row`, and note a correction when that changes something said before."""
    said = {_fingerprint(entry) for entry in row.entries.all()}
    if said == {_fingerprint(entry) for entry in entries}:
        return
    row.entries.all().delete()
    ReachEntry.objects.bulk_create(entries)
    if said:
        row.corrections += 1
    row.save()


def _fingerprint(entry):
    return (
        entry.day,
        entry.area_id,
        entry.campaign_id,
        entry.channel,
        entry.sex,
        entry.age_band,
        entry.language,
        entry.contacts,
    )
