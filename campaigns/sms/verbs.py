"""What a text asks for: to join a campaign, to leave, to get help.

People write as their phone lets them: with or without marks, in capitals, in full-width letters,
with the words run together. So texts are compared squashed (`campaigns.pages.keywords.squash`).
"""

import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from campaigns.pages.keywords import squash
from outreach_site.text import UNDECOMPOSED, fold

JOIN, LEAVE, HELP, UNKNOWN = "join", "leave", "help", "unknown"

# After the words that count, people add "thank you" or "please"; more than this is another sentence.
FURTHER_WORDS = 2


@dataclass(frozen=True)
class Verb:
    """A word that asks for something.

    spelling  as a careful writer writes it, marks included
    asks_for  `JOIN`, `LEAVE` or `HELP`
    language  code of the language that whoever uses the word reads; "" when people of any language do
    alone     without its marks it is another word too, and counts only as the whole text:
              "dung" is "dừng" (stop) but also "đúng" (right)
    """

    spelling: str
    asks_for: str
    language: str = ""
    alone: bool = False


VERBS = (
    Verb("đăng ký", JOIN, "vi"),
    Verb("đăng kí", JOIN, "vi"),
    Verb("đk", JOIN, "vi"),
    Verb("tham gia", JOIN, "vi"),
    Verb("tham dự", JOIN, "vi"),
    Verb("join", JOIN, "en"),
    Verb("register", JOIN, "en"),
    Verb("sign up", JOIN, "en"),
    Verb("subscribe", JOIN, "en"),
    Verb("hủy", LEAVE, "vi"),
    Verb("hủy đăng ký", LEAVE, "vi"),
    Verb("hủy đăng kí", LEAVE, "vi"),
    Verb("hủy đk", LEAVE, "vi"),
    Verb("từ chối", LEAVE, "vi"),
    Verb("dừng", LEAVE, "vi", alone=True),
    Verb("dừng lại", LEAVE, "vi"),
    Verb("ngừng", LEAVE, "vi"),
    Verb("thôi", LEAVE, "vi", alone=True),
    Verb("stop", LEAVE),
    Verb("stop all", LEAVE),
    Verb("unsubscribe", LEAVE, "en"),
    Verb("cancel", LEAVE, "en"),
    Verb("quit", LEAVE, "en"),
    Verb("trợ giúp", HELP, "vi"),
    Verb("giúp", HELP, "vi"),
    Verb("giúp đỡ", HELP, "vi"),
    Verb("cứu", HELP, "vi", alone=True),
    Verb("cứu tôi", HELP, "vi"),
    Verb("help", HELP),
    Verb("sos", HELP),
)

# The word that our own texts tell people to use, by language of the text.
SHOWN = {
    JOIN: {"vi": "DANGKY", "en": "JOIN"},
    LEAVE: {"vi": "HUY", "en": "STOP"},
    HELP: {"vi": "TRO GIUP", "en": "HELP"},
}


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


def parse(text, keywords):
    """Return the `Command` in `text`.

    `keywords` are the squashed keywords of the campaigns that may be meant. Leaving goes before
    joining, the longest word and the longest keyword before shorter ones.
    """
    words = Words(text)
    keywords = sorted((keyword for keyword in keywords if keyword), key=len, reverse=True)
    return (
        _leaving(words, keywords) or _joining(words, keywords) or _asking_for_help(words) or Command(UNKNOWN)
    )


def _leaving(words, keywords):
    for verb in _verbs(LEAVE):
        keyword = words.begin_with(verb, keywords)
        if keyword and words.agree_with(verb):
            return Command(LEAVE, keyword, verb.language)
    for verb in _verbs(LEAVE):
        further = words.after(squash(verb.spelling))
        whole = 0 if words.leave_open(verb) else FURTHER_WORDS
        if further is not None and further <= whole and words.agree_with(verb):
            return Command(LEAVE, "", verb.language)
    return None


def _joining(words, keywords):
    for verb in _verbs(JOIN):
        keyword = words.begin_with(verb, keywords)
        if keyword:
            return Command(JOIN, keyword, verb.language)
    for keyword in keywords:
        # A place or a festival is often just mentioned: a bare keyword must be the whole text.
        if words.after(keyword) == 0:
            return Command(JOIN, keyword)
    return None


def _asking_for_help(words):
    for verb in _verbs(HELP):
        further = words.after(squash(verb.spelling))
        if further is not None and words.agree_with(verb) and (further == 0 or not words.leave_open(verb)):
            return Command(HELP, "", verb.language)
    return None


def _verbs(asks_for):
    verbs = [verb for verb in VERBS if verb.asks_for == asks_for]
    return sorted(verbs, key=lambda verb: len(squash(verb.spelling)), reverse=True)


class Words:
    """A text as its folded words, remembering where each ends once they are run together."""

    def __init__(self, text):
        words = fold(text).split()
        self.squashed = "".join(words)
        self.ends = list(accumulate(len(word) for word in words))
        self.marks = [_marks(word) for word in _spelled(text).split()]

    def after(self, beginning):
        """Return how many words follow `beginning` (squashed); None unless it ends where a word ends."""
        if not beginning or not self.squashed.startswith(beginning) or len(beginning) not in self.ends:
            return None
        return len(self.ends) - self.ends.index(len(beginning)) - 1

    def begin_with(self, verb, keywords):
        """Return the keyword that follows `verb`, with at most `FURTHER_WORDS` after it, or ""."""
        for keyword in keywords:
            further = self.after(squash(verb.spelling) + keyword)
            if further is not None and further <= FURTHER_WORDS:
                return keyword
        return ""

    def agree_with(self, verb):
        """Return whether the marks written are those of `verb`, as far as any are written."""
        wanted = [_marks(word) for word in _spelled(verb.spelling).split()]
        # Words run together ("dangky") cannot be compared one by one; compare them as one.
        if len(self.ends) < len(wanted) or self.ends[len(wanted) - 1] != len(squash(verb.spelling)):
            return True
        return all(written <= mark for written, mark in zip(self.marks, wanted, strict=False))

    def leave_open(self, verb):
        """Return whether `verb` may be another word here: see `Verb.alone`."""
        return verb.alone and not any(self.marks[: len(verb.spelling.split())])


def _spelled(text):
    """Return `text` with its marks, and otherwise as `fold` leaves it: words and nothing else."""
    text = unicodedata.normalize("NFKC", text or "").casefold()
    joined = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in joined)


def _marks(word):
    """Return the marks in `word`, wherever they sit ("hủy" and "huỷ" are one spelling), đ among them."""
    decomposed = unicodedata.normalize("NFKD", word)
    undecomposed = {char for char in decomposed if ord(char) in UNDECOMPOSED}
    return undecomposed | {char for char in decomposed if unicodedata.category(char) == "Mn"}
