"""Rich text as plain text whose every character knows its place in the HTML."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from wagtail.rich_text.rewriters import extract_attrs

TOKEN = re.compile(r"<[^>]*>|&#?\w+;|[^<&]+|[<&]")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
INLINE = {"a", "abbr", "b", "code", "em", "i", "s", "strong", "sub", "sup", "span", "u"}


@dataclass
class Link:
    """An <a> of the text: its attributes, its words, where it begins and ends in the HTML."""

    attrs: dict
    start: int
    end: int = 0
    words: str = ""


class Rich:
    """One piece of rich text, as Wagtail keeps it.

    text   what a reader sees, a line a block
    links  the `Link`s in it
    """

    def __init__(self, html):
        self.html = html or ""
        self.links, self._runs, pieces, length, opened = [], [], [], 0, None
        for match in TOKEN.finditer(self.html):
            piece = match[0]
            if tag := TAG.match(piece):
                closes, name = tag[1], tag[2].lower()
                if name == "a":
                    opened = self._link(opened, closes, match, "".join(pieces))
                if name in INLINE:
                    continue
                piece, width = "\n", 0
            elif piece.startswith("<") and piece.endswith(">") and len(piece) > 1:
                continue
            else:
                width = len(piece)
                piece = unescape(piece) if piece.startswith("&") else piece
            self._runs.append((length, match.start(), width, len(piece), opened))
            pieces.append(piece)
            length += len(piece)
        self.text = "".join(pieces)
        self._starts = [run[0] for run in self._runs]

    def _link(self, opened, closes, match, before):
        if not closes:
            link = Link(extract_attrs(match[0][2:-1]), match.start(), match.end(), before)
            self.links.append(link)
            return link
        if opened:
            opened.end, opened.words = match.end(), before[len(opened.words) :].strip()
        return None

    def link_at(self, place):
        """Return the `Link` that the character at `place` of the text stands in, or None."""
        return self._run(place)[4]

    def span(self, start, end):
        """Return where text[start:end] stands in the HTML, as (start, end)."""
        return self._offset(start), self._offset(end - 1) + self._width(end - 1)

    def _run(self, place):
        return self._runs[bisect_right(self._starts, place) - 1]

    def _offset(self, place):
        start, offset, width, length, _link = self._run(place)
        return offset + (place - start if width == length else 0)

    def _width(self, place):
        _start, _offset, width, length, _link = self._run(place)
        return 1 if width == length else width
