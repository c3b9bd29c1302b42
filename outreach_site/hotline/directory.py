"""Which number is shown where. The answers are kept in the cache until a record changes."""

from dataclasses import dataclass, field

from django.utils import timezone

from outreach_site.hotline.models import Hotline, PhraseList
from outreach_site.pages.cache import kept


@dataclass(frozen=True)
class MainNumbers:
    """The numbers of the call bar; either may be missing."""

    call: Hotline | None = None
    text: Hotline | None = None


@dataclass
class Shelf:
    """One need with the numbers that answer it, open ones first."""

    need: object
    hotlines: list = field(default_factory=list)


def main_numbers():
    """Return the site's `MainNumbers` in use today."""
    return kept(f"main-numbers:{timezone.localdate()}", _main_numbers)


def _main_numbers():
    numbers = {hotline.kind: hotline for hotline in Hotline.objects.in_use().filter(is_main=True)}
    return MainNumbers(numbers.get(Hotline.Kind.CALL), numbers.get(Hotline.Kind.TEXT))


def by_need(now=None):
    """Return `Shelf`s of the other numbers in use: by need, in its order; who is open now comes first."""
    others = Hotline.objects.in_use().filter(is_main=False, kind=Hotline.Kind.CALL)
    shelves = {}
    for hotline in others.select_related("organisation").prefetch_related("organisation__needs"):
        needs = list(hotline.organisation.needs.all()) if hotline.organisation else []
        for need in needs or [None]:
            shelf = shelves.setdefault(need.pk if need else 0, Shelf(need))
            shelf.hotlines.append(hotline)
    for shelf in shelves.values():
        # Known to be open, then unknown, then closed.
        shelf.hotlines.sort(key=lambda hotline: {True: 0, None: 1, False: 2}[hotline.is_open(now)])
    return sorted(shelves.values(), key=lambda shelf: (shelf.need is None, shelf.need and shelf.need.order))


def signed_phrases(code):
    """Return {key: text} of the phrases that a native speaker of `code` has signed for."""
    return kept(f"phrases:{code}", lambda: _signed_phrases(code))


def _signed_phrases(code):
    signed = PhraseList.objects.filter(language=code, signed_at__isnull=False).first()
    return signed.texts if signed else {}
