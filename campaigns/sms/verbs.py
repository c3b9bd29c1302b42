"""What a text asks for: to join a campaign, to leave, to get help, to be written to in a language.

People write as their phone lets them: with or without marks, in capitals, in full-width letters,
with the words run together. So texts are compared squashed (`campaigns.pages.keywords.squash`). What
is not understood so is read again without the keys that a keyboard left in the words ("hagiangf"),
and then with one slip of the finger, where only one command is that near.

Which words ask for what is data: `words/`.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from campaigns.pages.keywords import squash
from outreach_site.search.words import is_slip, without_keys
from outreach_site.text import UNDECOMPOSED, fold

JOIN, LEAVE, HELP, LANGUAGE, COURTESY, UNKNOWN = "join", "leave", "help", "language", "courtesy", "unknown"
# These two mean something only while a question is open, or a confirmation awaited.
SKIP, CONFIRM = "skip", "confirm"

# After the words that count people add a few others; more than this, politeness aside, is another sentence.
FURTHER_WORDS = 2
# In a shorter word one slip makes another word too often.
SLIPS_FROM = 6


@dataclass(frozen=True)
class Verb:
    """A word that asks for something.

    spelling  as a careful writer writes it, marks included
    asks_for  `JOIN`, `LEAVE`, `HELP`, `LANGUAGE`, `SKIP`, `CONFIRM`, or `COURTESY`: a word of
              politeness around the others
    language  code of the language that whoever uses the word reads, or asks for; "" when people of any
              language use it
    alone     without its marks it is another word too, and counts only as the whole text:
              "dung" is "dừng" (stop) but also "đúng" (right)
    """

    spelling: str
    asks_for: str
    language: str = ""
    alone: bool = False

    @cached_property
    def squashed(self):
        return squash(self.spelling)

    @cached_property
    def marks(self):
        """The marks of each of its words."""
        return [marks_of(word) for word in spelled(self.spelling).split()]


# The word that our own texts tell people to use, by language of the text.
SHOWN = {
    JOIN: {"vi": "DANGKY", "en": "JOIN"},
    LEAVE: {"vi": "HUY", "en": "STOP"},
    HELP: {"vi": "TRO GIUP", "en": "HELP"},
    SKIP: {"vi": "BO QUA", "en": "SKIP"},
    CONFIRM: {"vi": "CO", "en": "YES"},
}


TAUGHT = tuple(
    Verb(word, asks_for, language) for asks_for, words in SHOWN.items() for language, word in words.items()
)


def shown(asks_for, language):
    """Return the word for `asks_for` to name in a text in `language`: without marks, in capitals."""
    words = SHOWN[asks_for]
    return words.get(language) or next(iter(words.values()))


@dataclass(frozen=True)
class Command:
    """What a text asks for; `keyword` is the squashed keyword of a campaign, "" for none."""

    asks_for: str
    keyword: str = ""
    language: str = ""


def parse(text, keywords, verbs=None):
    """Return the `Command` in `text`.

    keywords  the squashed keywords of the campaigns that may be meant
    verbs     [Verb] to know; by default the site's own

    Leaving goes before joining, the longest word and the longest keyword before shorter ones.
    """
    if verbs is None:
        from campaigns.sms.words import vocabulary

        verbs = vocabulary.current().verbs
    keywords = sorted((keyword for keyword in keywords if keyword), key=len, reverse=True)
    verbs = sorted(verbs, key=lambda verb: len(verb.squashed), reverse=True)
    courtesies = {word for verb in verbs if verb.asks_for == COURTESY for word in fold(verb.spelling).split()}
    verbs = [verb for verb in verbs if verb.asks_for != COURTESY]
    words = Words(text, courtesies)
    return (
        _exactly(words, keywords, verbs)
        or _after_courtesies(words, keywords, verbs)
        or _without_keys(words, keywords, verbs)
        or _with_a_slip(words, keywords, verbs)
        or Command(UNKNOWN)
    )


def _after_courtesies(words, keywords, verbs):
    """Return the `Command` behind "Hello, I would like to …", where it names a campaign; else None."""
    while words.folded[:1] and words.folded[0] in words.courtesies:
        words = words.without_first()
        command = _exactly(words, keywords, verbs)
        # A bare keyword behind them would be a place that is mentioned.
        if command and command.keyword and not words.is_whole(command.keyword):
            return command
    return None


def _exactly(words, keywords, verbs):
    return (
        _leaving(words, keywords, verbs)
        or _joining(words, keywords, verbs)
        or _asking_for_help(words, verbs)
        or _choosing_a_language(words, verbs)
        or _going_on(words, verbs)
    )


def _leaving(words, keywords, verbs):
    leaving = [verb for verb in verbs if verb.asks_for == LEAVE]
    for verb in leaving:
        keyword = words.begin_with(verb, keywords)
        if keyword and words.agree_with(verb):
            return Command(LEAVE, keyword, verb.language)
    for verb in leaving:
        further = words.after(verb.squashed)
        whole = 0 if words.leave_open(verb) else FURTHER_WORDS
        if further is not None and further <= whole and words.agree_with(verb):
            return Command(LEAVE, "", verb.language)
    return None


def _joining(words, keywords, verbs):
    for verb in verbs:
        keyword = words.begin_with(verb, keywords) if verb.asks_for == JOIN else ""
        if keyword:
            return Command(JOIN, keyword, verb.language)
    for keyword in keywords:
        # A place or a festival is often just mentioned: a bare keyword must be the whole text.
        if words.is_whole(keyword):
            return Command(JOIN, keyword)
    return None


def _asking_for_help(words, verbs):
    for verb in verbs:
        further = words.after(verb.squashed) if verb.asks_for == HELP else None
        if further is not None and words.agree_with(verb) and (further == 0 or not words.leave_open(verb)):
            return Command(HELP, "", verb.language)
    return None


def _choosing_a_language(words, verbs):
    for verb in verbs:
        further = words.after(verb.squashed) if verb.asks_for == LANGUAGE else None
        if further is not None and further <= FURTHER_WORDS and words.agree_with(verb):
            return Command(LANGUAGE, "", verb.language)
    return None


def _going_on(words, verbs):
    """Return the `Command` to skip a question or to confirm; the whole text must say so."""
    for verb in verbs:
        if verb.asks_for in (SKIP, CONFIRM) and words.after(verb.squashed) == 0 and words.agree_with(verb):
            return Command(verb.asks_for, "", verb.language)
    return None


def _without_keys(words, keywords, verbs):
    """Return the `Command` once the keys of Telex and VNI are gone: "ddawng kys ha2 giang"."""
    plain = " ".join(without_keys(word) for word in words.folded)
    if plain == " ".join(words.folded):
        return None
    # Of a word that is another one too nothing is left that would tell them apart: "ddungs" is "đúng".
    usable = [verb for verb in verbs if not verb.alone]
    command = _exactly(Words(plain, words.courtesies), keywords, usable)
    command = command or _after_courtesies(Words(plain, words.courtesies), keywords, usable)
    return None if command and _is_numbered(command.keyword, words, keywords) else command


def _is_numbered(keyword, words, keywords):
    """Return whether a digit that ends `keyword` in the text may be a number: there is a "HAGIANG2"."""
    if not any(other.startswith(keyword) and other[len(keyword) :].isdigit() for other in keywords):
        return False
    return any(word[-1].isdigit() and keyword.endswith(without_keys(word)) for word in words.folded)


def _with_a_slip(words, keywords, verbs):
    """Return the only `Command` that is one slip away from the text; None when two are, or none."""
    ends = [end for end in words.ends if (words.further(end) or 0) <= FURTHER_WORDS]
    beginnings = [words.squashed[:end] for end in ends if end >= SLIPS_FROM - 1]
    if not beginnings:
        return None
    found = {}
    for command, spelling in _spellings(keywords, verbs):
        typed_ones = [words.squashed] if spelling == command.keyword else beginnings
        if len(spelling) >= SLIPS_FROM and any(_is_near(typed, spelling) for typed in typed_ones):
            told_by = command.language if command.asks_for == LANGUAGE else command.keyword
            found.setdefault((command.asks_for, told_by), command)
    return next(iter(found.values())) if len(found) == 1 else None


def _spellings(keywords, verbs):
    """Yield each command with a squashed way to write it."""
    for verb in verbs:
        if verb.asks_for in (JOIN, LEAVE):
            for keyword in keywords:
                yield Command(verb.asks_for, keyword, verb.language), verb.squashed + keyword
        if verb.asks_for not in (JOIN, CONFIRM) and not verb.alone:
            yield Command(verb.asks_for, "", verb.language), verb.squashed
    for keyword in keywords:
        yield Command(JOIN, keyword), keyword


def _is_near(typed, spelling):
    # A number is not mistyped but another number: "HAGIANG3" is not "HAGIANG2".
    digits = [char for char in typed if char.isdigit()]
    return digits == [char for char in spelling if char.isdigit()] and is_slip(typed, spelling)


class Words:
    """A text as its folded words, remembering where each ends once they are run together."""

    def __init__(self, text, courtesies=frozenset()):
        self.courtesies = courtesies
        self.folded = fold(text).split()
        self.squashed = "".join(self.folded)
        self.ends = list(accumulate(len(word) for word in self.folded))
        self.marks = [marks_of(word) for word in spelled(text).split()]

    def without_first(self):
        """Return the same without the first word."""
        rest = Words(" ".join(self.folded[1:]), self.courtesies)
        rest.marks = self.marks[1:]
        return rest

    def further(self, end):
        """Return how many words stand behind the first `end` letters, politeness left out."""
        behind = self.folded[self.ends.index(end) + 1 :]
        return sum(1 for word in behind if word not in self.courtesies)

    def after(self, beginning):
        """Return how many words follow `beginning` (squashed), politeness left out; None unless a word ends there."""
        if not beginning or not self.squashed.startswith(beginning) or len(beginning) not in self.ends:
            return None
        return self.further(len(beginning))

    def is_whole(self, beginning):
        """Return whether the text is `beginning` (squashed), with at most a polite word or two behind it."""
        if self.after(beginning) != 0:
            return False
        return len(self.ends) - self.ends.index(len(beginning)) - 1 <= FURTHER_WORDS

    def begin_with(self, verb, keywords):
        """Return the keyword that follows `verb`, with at most `FURTHER_WORDS` after it, or ""."""
        for keyword in keywords:
            further = self.after(verb.squashed + keyword)
            if further is not None and further <= FURTHER_WORDS:
                return keyword
        return ""

    def agree_with(self, verb):
        """Return whether the marks written are those of `verb`, as far as any are written."""
        wanted = verb.marks
        # Words run together ("dangky") cannot be compared one by one; compare them as one.
        if len(self.ends) < len(wanted) or self.ends[len(wanted) - 1] != len(verb.squashed):
            return True
        return all(written <= mark for written, mark in zip(self.marks, wanted, strict=False))

    def leave_open(self, verb):
        """Return whether `verb` may be another word here: see `Verb.alone`."""
        return verb.alone and not any(self.marks[: len(verb.marks)])


def spelled(text):
    """Return `text` with its marks, and otherwise as `fold` leaves it: words and nothing else."""
    text = unicodedata.normalize("NFKC", text or "").casefold()
    joined = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in joined)


def marks_of(word):
    """Return the marks in `word`, wherever they sit ("hủy" and "huỷ" are one spelling), đ among them."""
    decomposed = unicodedata.normalize("NFKD", word)
    undecomposed = {char for char in decomposed if ord(char) in UNDECOMPOSED}
    return undecomposed | {char for char in decomposed if unicodedata.category(char) == "Mn"}
