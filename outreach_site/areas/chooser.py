"""From what somebody typed to one area, or to the areas that may be meant."""

import re
from dataclasses import dataclass

from outreach_site.areas.models import Area, AreaEdition
from outreach_site.text import fold, nfc

MOST_MATCHES = 20
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Found:
    """`area` when the text leaves no doubt, else None; `matches` in order; `more` when they are not all."""

    area: Area | None
    matches: list
    more: bool


def find(text):
    """Return what `text` finds: a name, with or without its parents' names; an area's label; a key."""
    text = text.strip()[:LONGEST_TEXT]
    by_key = _by_key(text)
    if by_key:
        return Found(by_key, [by_key], False)
    text, edition = _split_label(text)
    areas = Area.objects.search(text)
    if edition:
        areas = areas.filter(edition=edition)
    matches = list(areas[: MOST_MATCHES + 1])
    return Found(_only(matches, text), matches[:MOST_MATCHES], len(matches) > MOST_MATCHES)


def _only(matches, text):
    """Return the one area that `text` can mean, or None."""
    if len(matches) == 1:
        return matches[0]
    # Marks decide when they are all there: two names may differ in nothing else.
    for alike in (_with_marks, fold):
        same_place = [area for area in matches if alike(area.place) == alike(text)]
        if len(same_place) == 1:
            return same_place[0]
    # A name of the edition in force counts when a parent was written with it, which the rank tells.
    named = [area for area in matches if area.name_rank <= 1 and not area.former]
    return named[0] if len(named) == 1 and named[0].name_rank == 1 else None


def _with_marks(text):
    return " ".join(nfc(text).casefold().replace(",", " ").split())


def _by_key(text):
    try:
        return Area.objects.by_key(text)
    except (ValueError, Area.DoesNotExist):
        return None


def _split_label(text):
    """Return ("Xã Lũng Cú, …", edition) of a label, ("…", None) of any other text."""
    label = re.fullmatch(r"(.*\S)\s*\(([^()]*)\)", text)
    if label:
        for edition in AreaEdition.objects.all():
            if fold(label[2]) in [fold(name) for name in (edition.code, *edition.name.values())]:
                return label[1], edition
    return text, None
