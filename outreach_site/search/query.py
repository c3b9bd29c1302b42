"""From what a reader typed to what she sees."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from outreach_site import languages
from outreach_site.hotline.models import Hotline
from outreach_site.search import engine
from outreach_site.search.excerpts import Marker
from outreach_site.search.models import SearchEntry, SearchWord
from outreach_site.search.words import is_slip, units, without_keys

PER_PAGE = 10
MOST_WORDS = 12
SHORTEST_TO_MEND = 5
MOST_MEANINGS = 5


@dataclass
class Hit:
    """One thing found, ready to be shown. `title` and `excerpt` are HTML with the words marked."""

    kind: str
    language: languages.Language
    title: str
    excerpt: str
    page: object = None
    hotline: Hotline | None = None
    day: date | None = None
    url: str = ""
    label: str = ""


@dataclass
class Results:
    """What was found.

    hits      those of this page of the list, the reader's own language first
    total     of all pages; not counted further than 200
    is_close  nothing matches as typed; these are close
    in_own    whether something is in the reader's own language
    """

    hits: list = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 0
    is_close: bool = False
    in_own: bool = False

    @property
    def first(self):
        """The place of the first hit in the whole list, counted from 1."""
        return (self.page - 1) * PER_PAGE + 1


def find(text, *, language, kind="", only="", page=1):
    """Return `Results` for what a reader of `language` typed.

    kind, only  where given: this kind of thing, this language alone
    page        counted from 1; one too high gives the last
    """
    wanted = [[one] for one in list(dict.fromkeys(units(text)))[:MOST_WORDS]]
    limits = {"language": language, "kind": kind, "only": only}
    found, asked, is_close = _attempts(wanted, limits)
    found = _once_each(_callable(found))
    if _is_number(wanted):
        found.sort(key=lambda one: one.kind != SearchEntry.HELP)
    pages = -(-len(found) // PER_PAGE)
    page = max(1, min(page, pages))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    in_own = any(one.language == language for one in found)
    return Results(_hits(shown, Marker(asked)), len(found), page, pages, is_close and bool(found), in_own)


def _attempts(wanted, limits):
    """Return what is found, by which words, and whether they had to be mended: the first that finds something."""
    for asked, any_of_them, is_close in _ways(wanted):
        if found := engine.find(asked, any_of_them=any_of_them, **limits):
            return found, asked, is_close
    return [], wanted, False


def _ways(wanted):
    """Yield ways to ask, the most exact first: (words, is one enough, is it only close)."""
    yield wanted, False, False
    if _is_number(wanted) and len(wanted) > 1:
        yield [[("".join(word for one in wanted for word in one[0]),)]], False, False
    mended = _mend(wanted)
    if mended != wanted:
        yield mended, False, True
    without = [[tuple(map(without_keys, words)) for words in one] for one in wanted]
    if without not in (wanted, mended):
        yield without, False, True
    if len(wanted) > 1:
        yield mended, True, True


def _is_number(wanted):
    return bool(wanted) and all(word.isdigit() for one in wanted for words in one for word in words)


def _mend(wanted):
    """Return `wanted` with words that stand nowhere replaced by those they may have been meant to be."""
    single = {one[0][0] for one in wanted if len(one[0]) == 1}
    tried = single | {without_keys(word) for word in single}
    known = set(SearchWord.objects.filter(word__in=tried).values_list("word", flat=True))
    return [one if len(one[0]) > 1 else [(word,) for word in _meanings(one[0][0], known)] for one in wanted]


def _meanings(word, known):
    """Return the words that `word` may mean, itself when nothing better is known."""
    if word in known or word.isdigit():
        return [word]
    if without_keys(word) in known:
        return [without_keys(word)]
    near = {meant for typed in (word, without_keys(word)) for meant in _slips(typed)}
    return sorted(near)[:MOST_MEANINGS] or [word]


def _slips(typed):
    """Return the known words that are one slip away; short words have too many neighbours to guess."""
    if len(typed) < SHORTEST_TO_MEND or not typed.isalpha():
        return []
    # A single slip leaves the first half or the second as it was.
    half = len(typed) // 2
    alike = Q(word__startswith=typed[: half - 1]) | Q(word__endswith=typed[half + 1 :])
    return [
        word
        for word in SearchWord.objects.filter(alike).values_list("word", flat=True)
        if is_slip(typed, word)
    ]


def _callable(found):
    """Leave out numbers that are not in use today: nobody should call them."""
    asked = {_id(one) for one in found if one.subject.startswith("hotline:")}
    if not asked:
        return found
    in_use = set(Hotline.objects.in_use().filter(pk__in=asked).values_list("pk", flat=True))
    return [one for one in found if not one.subject.startswith("hotline:") or _id(one) in in_use]


def _once_each(found):
    """Leave out what is there already in a better language."""
    first = {}
    for one in found:
        first.setdefault(one.subject, one)
    return list(first.values())


def _id(one):
    return int(one.subject.partition(":")[2])


def _hits(shown, marker):
    """Return the `Hit`s of the entries `shown`, two or three queries for all of them."""
    entries = SearchEntry.objects.select_related("page__locale").in_bulk([one.id for one in shown])
    hotlines = Hotline.objects.in_bulk([_id(one) for one in shown if one.subject.startswith("hotline:")])
    hits = []
    for one in shown:
        entry = entries.get(one.id)
        # Deleted since it was found.
        if entry is None:
            continue
        hits.append(
            Hit(
                kind=entry.kind,
                language=languages.get(entry.language),
                title=marker.mark(entry.title),
                excerpt=marker.excerpt(entry.text) or _beginning(entry.text),
                page=entry.page,
                hotline=hotlines.get(_id(one)) if one.subject.startswith("hotline:") else None,
                day=entry.day,
            )
        )
    return hits


def _beginning(text):
    words = text[:400].split()
    return " ".join(words[:28]) + (" …" if len(words) > 28 else "")
