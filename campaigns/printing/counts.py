"""Figures for the panel beside a material. A material counts with all its translations."""

from collections import Counter
from datetime import timedelta

from campaigns.printing.models import Distribution, LinkCount, PrintRun


def visits_by_place(material):
    """Return [(place in words, Monday of the week, scans)], newest week first, most scans first in it."""
    found = Counter()
    counts = LinkCount.objects.filter(link__material_key=material.translation_key)
    for count in counts.select_related("link__area"):
        monday = count.day - timedelta(days=count.day.weekday())
        found[(count.link.where, monday)] += count.number
    rows = [(place, monday, number) for (place, monday), number in found.items()]
    return sorted(rows, key=lambda row: (-row[1].toordinal(), -row[2], row[0]))


def copies_by_area(material):
    """Return [(area, event or partner in words, copies handed out)], most copies first."""
    found = Counter()
    given = Distribution.objects.filter(run__material_key=material.translation_key)
    for distribution in given.select_related("area", "event", "partner"):
        place = distribution.area.place if distribution.area else distribution.where
        found[place] += distribution.copies
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))


def stock(material):
    """Return how many printed copies of `material` are left in the store, of all runs and languages."""
    return sum(run.left for run in PrintRun.objects.of(material).with_stock())
