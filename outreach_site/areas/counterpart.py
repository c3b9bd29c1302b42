"""Where an area of one edition lies in another: `holder` for one, `Counterpart` rows for a roll-up.

The holder is the smallest area of the other edition that is known to hold the area wholly. Going
forward along the successions, or backward, the areas that an area went into (or was made of) are
collected; the lowest common ancestor of them all holds it. An area that says nothing itself, as an
old district, is the sum of its children. What is not known in full falls back to the holder of the
parent, which holds the child too. No number is ever split by guessing.
"""

from collections import defaultdict

from outreach_site.areas.merge import merge
from outreach_site.areas.models import Area, AreaEdition, Counterpart, Succession


def holder(area, edition):
    """Return the smallest area of `edition` (or of the edition with that code) that holds `area`.

    None when no single area does, or none is known. An area of that edition holds itself.
    """
    code = edition.code if isinstance(edition, AreaEdition) else edition
    counterpart = (
        Counterpart.objects.in_edition(code).filter(area=area).select_related("holder__edition").first()
    )
    return counterpart.holder if counterpart else None


def rebuild_counterparts():
    """Derive all `Counterpart` rows anew from areas and successions; return `Counts` of what changed."""
    atlas = Atlas.read()
    rows = {}
    for country in atlas.countries():
        for edition in country:
            for target in country:
                rows.update(
                    {(area, target): (held_by,) for area, held_by in atlas.holders(edition, target).items()}
                )
    return merge(Counterpart.objects.all(), ["area_id", "edition_id"], ["holder_id"], rows, remove=True)


class Atlas:
    """All areas and successions in memory, by id, for finding holders without a query each.

    parents      {area: parent or None}
    children     {area: [areas]}
    of_edition   {edition: [areas], higher levels first}
    forward      {area: {areas it went into}}, backward {area: {areas it was made of}}
    incomplete   areas whose only successor took a part of them: the rest is not known
    """

    def __init__(self, editions, areas, successions):
        self.editions = editions
        self.parents, self.children, self.of_edition = {}, defaultdict(list), defaultdict(list)
        for area, parent, edition in areas:
            self.parents[area] = parent
            self.of_edition[edition].append(area)
            if parent:
                self.children[parent].append(area)
        self.edition_of = {area: edition for edition, found in self.of_edition.items() for area in found}
        self.forward, self.backward = defaultdict(set), defaultdict(set)
        whole = set()
        for old, new, coverage in successions:
            self.forward[old].add(new)
            self.backward[new].add(old)
            if coverage == Succession.Coverage.FULL:
                whole.add(old)
        self.incomplete = {
            old for old, new_areas in self.forward.items() if len(new_areas) == 1 and old not in whole
        }

    @classmethod
    def read(cls):
        return cls(
            list(AreaEdition.objects.order_by("country", "valid_from").values_list("pk", "country")),
            Area.objects.order_by("level").values_list("pk", "parent_id", "edition_id"),
            Succession.objects.values_list("old_id", "new_id", "coverage"),
        )

    def countries(self):
        """Return the editions of each country, the oldest first."""
        by_country = defaultdict(list)
        for edition, country in self.editions:
            by_country[country].append(edition)
        return by_country.values()

    def holders(self, edition, target):
        """Return {area of `edition`: its holder in `target`, or None}."""
        if edition == target:
            return {area: area for area in self.of_edition[edition]}
        country = next(country for country in self.countries() if edition in country)
        start, end = country.index(edition), country.index(target)
        way = country[start + 1 : end + 1] if end > start else country[end:start][::-1]
        found = {}
        for area in self.of_edition[edition]:
            parts = self.parts_along(area, way, self.forward if end > start else self.backward)
            # Higher levels come first, so the parent's holder is there to fall back to.
            found[area] = self.lowest_common(parts) if parts else found.get(self.parents[area])
        return found

    def parts_along(self, area, way, links):
        """Return the areas of the last edition of `way` that `area` lies in; None when not known in full."""
        parts = {area}
        for edition in way:
            steps = [self.parts(part, edition, links) for part in parts]
            if not all(steps):
                return None
            parts = set().union(*steps)
        return parts

    def parts(self, area, edition, links):
        """Return the areas of `edition`, the next one along `links`, that `area` lies in, or None."""
        own = {part for part in links.get(area, ()) if self.edition_of[part] == edition}
        if own:
            return None if links is self.forward and area in self.incomplete else own
        below = [self.parts(child, edition, links) for child in self.children[area]]
        return set().union(*below) if below and all(below) else None

    def lowest_common(self, areas):
        """Return the lowest area that is, or holds, every one of `areas`; None when there is none."""
        lines = [self.line(area) for area in areas]
        common = None
        for level in zip(*lines, strict=False):
            if len(set(level)) > 1:
                break
            common = level[0]
        return common

    def line(self, area):
        """Return the ancestors of `area` from the highest down, and `area`."""
        line = []
        while area:
            line.append(area)
            area = self.parents[area]
        return line[::-1]
