"""Dated facts of an area: how many people, by which source; which official scheme says what of it."""

from dataclasses import dataclass
from itertools import pairwise

from outreach_site.areas.models import Classification, Population


@dataclass(frozen=True)
class Facts:
    """What holds for an area on a day.

    populations      the newest figure of every source, the newest first
    classifications  in force that day, of the area itself and of those that hold it, nearest first
    """

    populations: list
    classifications: list


def facts_on(area, day):
    """Return the `Facts` of `area` on `day`. Two queries."""
    newest = {}
    for population in Population.objects.filter(area=area, year__lte=day.year).order_by("-year"):
        newest.setdefault(population.source, population)
    codes = area.path.split("/")
    line = ["/".join(codes[:end]) + "/" for end in range(2, len(codes))]
    classifications = Classification.objects.on(day).filter(area__path__in=line).select_related("area")
    return Facts(
        populations=list(newest.values()),
        classifications=sorted(classifications, key=lambda found: (-found.area.level, found.scheme)),
    )


def denominator(areas, source, year):
    """Return how many people live in all of the queryset `areas`, by one source in one year.

    None when the source says nothing of one of them: figures of two sources or years are never
    added, and a gap is not a zero. None as well when one of them lies in another, whose people
    would count twice. Two queries.
    """
    paths = sorted(areas.order_by().values_list("path", flat=True))
    nested = any(after.startswith(before) for before, after in pairwise(paths))
    figures = Population.objects.filter(area__in=areas.order_by().values("pk"), source=source, year=year)
    people = list(figures.order_by().values_list("people", flat=True))
    return sum(people) if paths and len(people) == len(paths) and not nested else None


def sources():
    """Return the (source, year) pairs for which there are populations, the newest first."""
    return list(Population.objects.order_by("-year", "source").values_list("source", "year").distinct())
