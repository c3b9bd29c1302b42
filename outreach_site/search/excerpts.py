"""The words that were found, marked in the text as it was written."""

import re
from itertools import islice

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from outreach_site.search.engine import goes_on
from outreach_site.search.words import UNSPACED, fold_word, letters, unit

# Signs that belong to the letter before them, of the scripts that have any.
SIGNS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200b-\u200d"
WORD = re.compile(f"(?:[^\\W_][{SIGNS}]*)+")
# Characters shown before and after the first hit; hits looked at to find the best place.
BEFORE, AFTER = 60, 150
MOST_HITS = 200


class Marker:
    """Marks what was asked for.

    wanted  for each thing asked for its alternatives, as the engine takes them
    """

    def __init__(self, wanted):
        alternatives = [words for one in wanted for words in one]
        self.words = {words[0] for words in alternatives if len(words) == 1}
        self.beginnings = tuple(words[0] for words in alternatives if goes_on(words))
        self.runs = [words for words in alternatives if len(words) > 1] + [(word,) for word in self.words]

    def mark(self, text):
        """Return `text` as HTML, every hit in <mark>."""
        pieces, done = [], 0
        for start, end, _key in self.hits(text):
            pieces += [conditional_escape(text[done:start]), format_html("<mark>{}</mark>", text[start:end])]
            done = end
        return mark_safe("".join([*pieces, conditional_escape(text[done:])]))

    def excerpt(self, text):
        """Return the place in `text` where most of what was asked for stands, marked; "" without a hit."""
        hits = list(islice(self.hits(text), MOST_HITS))
        if not hits:
            return ""
        start = max(hits, key=lambda hit: (len(_near(hit[0], hits)), -hit[0]))[0]
        begin, stop = _to_a_space(text, start)
        return format_html(
            "{}{}{}",
            "… " if begin else "",
            self.mark(" ".join(text[begin:stop].split())),
            " …" if stop < len(text) else "",
        )

    def hits(self, text):
        """Yield (start, end, what was hit) of the hits in `text`, in its order."""
        for match in WORD.finditer(text):
            written = match[0]
            if UNSPACED.search(written):
                yield from self._in_run(written, match.start())
                continue
            word = unit(fold_word(written).replace(" ", ""))[0]
            if word in self.words or self.beginnings and word.startswith(self.beginnings):
                yield match.start(), match.end(), word

    def _in_run(self, written, offset):
        pieces = letters(written)
        plain = [unit(fold_word(piece))[0] for piece in pieces]
        place, at = 0, offset
        while place < len(pieces):
            run = next((run for run in self.runs if tuple(plain[place : place + len(run)]) == run), None)
            length = sum(map(len, pieces[place : place + len(run or "1")]))
            if run:
                yield at, at + length, run
            place, at = place + len(run or "1"), at + length


def _near(start, hits):
    """Return the different things that are hit within an excerpt beginning at `start`."""
    return {key for place, _end, key in hits if start <= place < start + AFTER}


def _to_a_space(text, start):
    """Return where an excerpt around `start` begins and stops: between words, where there are spaces."""
    begin = max(0, start - BEFORE)
    if begin:
        begin = max(text.rfind(" ", 0, start - BEFORE // 2) + 1, begin)
        begin = (text.find(" ", begin, start) + 1) or begin
    stop = min(len(text), start + AFTER)
    if stop < len(text):
        stop = (
            max(text.rfind(" ", start + AFTER // 2, stop), stop - AFTER // 2)
            if " " in text[start:stop]
            else stop
        )
    return begin, stop
