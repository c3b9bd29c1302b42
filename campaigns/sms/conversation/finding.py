"""A commune by its name, as people text it: without marks, with a word around it, with the keys of Telex."""

from django.db.models import Q

from campaigns.sms.verbs import spelled
from outreach_site.areas.models import Area
from outreach_site.search.words import without_keys
from outreach_site.text import fold, nfc

# More words than this are a sentence, not a place.
MOST_WORDS = 8
# So many words before the name ("I live in …") and behind it are passed over; a name keeps two at least.
MOST_BEFORE, MOST_BEHIND, LEAST_LEFT = 4, 2, 2
MOST_MATCHES = 30
# The beginning of a name counts from so many letters on.
SHORTEST_BEGINNING = 4


def find(text, areas=()):
    """Return the areas that `text` may name, the smallest units only; those within `areas` go before all others.

    [] when none is found. Several when the name leaves a doubt; in the order of the area finder.
    """
    words = fold(text).split()
    if not 0 < len(words) <= MOST_WORDS:
        return []
    inside = _within(areas) if areas else None
    for spelling, is_whole in _spellings(words):
        for query in ([Area.objects.filter(inside)] if areas else []) + [Area.objects.all()]:
            found = _best(query, spelling, is_whole)
            if found:
                return _by_marks(found, text)
    return []


def _within(areas):
    """Return the condition of lying in one of `areas`, of whatever edition."""
    condition = Q(pk__in=[])
    for area in areas:
        condition |= Q(path__gte=area.path, path__lt=f"{area.path[:-1]}0", edition=area.edition_id)
        condition |= Q(pk__in=Area.objects.lying_in(area).values("pk"))
    return condition


def _spellings(words):
    """Yield (text, whether it is all that was written): as written, without keys, without words around."""
    yield " ".join(words), True
    plain = [without_keys(word) for word in words]
    if plain != words:
        yield " ".join(plain), True
    for behind in range(MOST_BEHIND + 1):
        for before in range(MOST_BEFORE + 1):
            left = words[before : len(words) - behind]
            if (before or behind) and len(left) >= LEAST_LEFT:
                yield " ".join(left), False


def _best(query, text, is_whole):
    """Return the matches of the best kind that there is: whole names in force, former ones, beginnings."""
    matches = list(query.search(text).select_related("parent", "edition")[:MOST_MATCHES])
    kinds = [
        [area for area in matches if area.name_rank <= 1 and not area.former],
        [area for area in matches if area.name_rank <= 1 and area.former],
    ]
    if is_whole and len(text) >= SHORTEST_BEGINNING:
        kinds.append([area for area in matches if area.name_rank == 2 and not area.former])
    best = next((kind for kind in kinds if kind), [])
    with_children = set(Area.objects.filter(parent__in=best).values_list("parent", flat=True))
    return [area for area in best if area.pk not in with_children] or best


def _by_marks(areas, text):
    """Return those of `areas` whose name is written in `text` with its very marks, if there are any."""
    written = f" {spelled(nfc(text))} "
    alike = [area for area in areas if f" {spelled(area.name)} " in written]
    return alike or areas
