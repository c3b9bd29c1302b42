"""Whether a text is a cry for help, in whatever spelling fear leaves.

A false alarm costs a colleague a minute, a cry that is missed may cost more: in doubt it is one. One
phrase is enough, or two hints; what stands within a harmless phrase ("đói muốn chết") does not count.
Words are compared folded, with short forms spelled out, without the keys that a keyboard left in them,
and with one slip of the finger a phrase. Marks that are written count, or every "bạn còn" would be "bán
con".
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.sms.verbs import marks_of, spelled
from outreach_site.search.words import is_slip, without_keys
from outreach_site.text import fold

CRY, HINT, HARMLESS = "cry", "hint", "harmless"
GAP = "…"
LONGEST_GAP = 3
# A shorter word is too often another one when a letter is changed.
SLIPS_FROM = 5
# Words run together are looked for from this many letters on; no syllable of Vietnamese is longer than 7.
JOINED_FROM, LONGEST_SYLLABLE = 5, 7
MOST_SPELLINGS = 200


@dataclass(frozen=True)
class Phrase:
    """A phrase as its words; each word is {folded: marks} of those that will do, or `GAP`.

    weight  `CRY`, `HINT` or `HARMLESS`
    joined  its spellings with the words run together, with the marks that they may carry
    """

    text: str
    language: str
    weight: str
    words: tuple
    joined: tuple


@dataclass(frozen=True)
class Word:
    """A word of a text: folded, with its marks; `others` are what it may stand for."""

    folded: str
    marks: frozenset
    others: tuple = ()


class Phrases:
    """The phrases of a site by weight, with its short forms: [(short, word)]."""

    def __init__(self, phrases, short=()):
        self.of = {
            weight: [one for one in phrases if one.weight == weight] for weight in (CRY, HINT, HARMLESS)
        }
        self.short = {spelled(one).strip(): fold(word).split() for one, word in short}

    def find(self, text):
        """Return the `Phrase` by which `text` is a cry; None in an ordinary text. Of hints the first."""
        words = read(text, self.short)
        forms = {form for word in words for form in (word.folded, *word.others)}
        harmless = set()
        for phrase in self.of[HARMLESS]:
            for span in _spans(phrase, words, forms):
                harmless.update(span)
        for phrase in self.of[CRY]:
            if any(not harmless.issuperset(span) for span in _spans(phrase, words, forms)):
                return phrase
        first, taken = None, set(harmless)
        for phrase in self.of[HINT]:
            span = next((one for one in _spans(phrase, words, forms) if taken.isdisjoint(one)), None)
            if span is None:
                continue
            if first:
                return first
            first = phrase
            taken.update(span)
        return None


def compiled(text, language="", weight=CRY):
    """Return the `Phrase` that staff wrote as "bị lừa … sang/qua"."""
    words = []
    for word in text.replace("...", GAP).replace(GAP, f" {GAP} ").split():
        if word == GAP:
            words.append(GAP)
            continue
        ones = [one for one in word.split("/") if fold(one)]
        words.append({fold(one): frozenset(marks_of(spelled(one).strip())) for one in ones})
    joined = []
    if GAP not in words and len(words) > 1:
        for spelling in list(product(*words))[:MOST_SPELLINGS]:
            if len("".join(spelling)) >= JOINED_FROM:
                marks = frozenset().union(*(word[one] for word, one in zip(words, spelling, strict=True)))
                joined.append(("".join(spelling), marks, len(spelling)))
    return Phrase(text, language, weight, tuple(words), tuple(joined))


def check(text):
    """Raise ValidationError for a phrase that nothing or nearly everything would match."""
    words = compiled(text).words
    if not words or GAP in (words[0], words[-1]) or any(not word for word in words):
        raise ValidationError(
            {"phrase": _("Begin and end with a word, and put a word on either side of a slash.")}
        )
    if any(" " in one for word in words if word != GAP for one in word):
        raise ValidationError({"phrase": _("Write words without signs inside: “can t” instead of “can't”.")})
    if len(words) == 1 and any(len(one) < 3 for one in words[0]):
        raise ValidationError({"phrase": _("A word of one or two letters stands in nearly every text.")})


def find(text, phrases=None):
    """Return the `Phrase` by which `text` is a cry, of `phrases` (by default the site's); else None."""
    if phrases is None:
        from campaigns.sms.words import vocabulary

        phrases = vocabulary.current().cries
    return phrases.find(text)


def read(text, short=None):
    """Return a text as its [Word]; short forms that stand for several words become as many."""
    folded, written = fold(text).split(), spelled(text).split()
    if len(folded) != len(written):
        written = folded
    words = []
    for one, word in zip(folded, written, strict=True):
        marks, long = frozenset(marks_of(word)), (short or {}).get(word, ())
        plain = without_keys(one) if not marks else one
        words.append(Word(one, marks, tuple(form for form in (plain, *long[:1]) if form != one)))
        words += [Word(further, frozenset()) for further in long[1:]]
    return words


def _spans(phrase, words, forms):
    """Yield the places (ranges of words) where `phrase` stands."""
    slips = 1 if len(phrase.words) > 1 else 0
    # Most phrases are out at once: too many of their words stand nowhere in the text.
    absent = sum(1 for wanted in phrase.words if wanted != GAP and wanted.keys().isdisjoint(forms))
    if absent <= slips:
        for start in range(len(words)):
            end = _end(phrase.words, words, start, slips)
            if end is not None:
                yield range(start, end)
    for spelling in phrase.joined:
        span = _joined_span(words, *spelling)
        if span:
            yield span


def _end(wanted, words, at, slips):
    """Return where the `wanted` words, which begin at `at`, end; None when they do not stand there."""
    if not wanted:
        return at
    if wanted[0] == GAP:
        ends = (_end(wanted[1:], words, at + skip, slips) for skip in range(LONGEST_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if at >= len(words):
        return None
    cost = _cost(words[at], wanted[0])
    if cost is None or cost > slips:
        return None
    return _end(wanted[1:], words, at + 1, slips - cost)


def _cost(word, wanted):
    """Return the slips with which `word` is one of `wanted`; None when it is not."""
    marks = wanted.get(word.folded)
    if marks is not None and word.marks <= marks:
        return 0
    if any(other in wanted for other in word.others):
        return 0
    if len(word.folded) < SLIPS_FROM:
        return None
    for folded, marks in wanted.items():
        if len(folded) >= SLIPS_FROM and word.marks <= marks and _is_slip(word.folded, folded):
            return 1
    return None


_is_slip = lru_cache(maxsize=20_000)(is_slip)


def _joined_span(words, spelling, marks, number):
    """Return where `spelling`, of `number` words, stands with some of them run together; None if nowhere."""
    for start, first in enumerate(words):
        # Cheap, and true for nearly every word.
        if not (spelling.startswith(first.folded) or first.folded.startswith(spelling)):
            continue
        run = ""
        for end in range(start, min(start + number - 1, len(words))):
            run += words[end].folded
            if not words[end].marks <= marks:
                break
            if len(run) >= len(spelling):
                is_long = len(words[end].folded) > LONGEST_SYLLABLE
                if run == spelling or (is_long and run.startswith(spelling)):
                    return range(start, end + 1)
                break
    return None
