"""What must reach a reader unharmed in every language: hotline numbers, keywords, addresses, code, placeholders."""

import re

from outreach_site.hotline.models import Hotline

# %(name)s, {name}, %s: what a program fills in.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
ALWAYS = (
    r"<code>.*?</code>",
    r"https?://[^\s<>\"]+",
    r"www\.[^\s<>\"]+",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    PLACEHOLDER.pattern,
)

_words = []


def protects(words):
    """Have what `words()` returns left alone too. For the apps above; called once from their `ready`."""
    if words not in _words:
        _words.append(words)


@protects
def hotline_numbers():
    return Hotline.objects.values_list("number", flat=True)


def pattern():
    """Return the pattern of all that a machine must not touch, the longest first."""
    return re.compile("|".join([*ALWAYS, *_bare(_registered())]), re.DOTALL)


def demanded():
    """Return the pattern of the numbers and keywords that a translation must show; None when there are none.

    A keyword that is written in small letters cannot be told from the ordinary word, so it is not demanded.
    """
    bare = _bare(word for word in _registered() if word == word.upper())
    return re.compile("|".join(bare)) if bare else None


def _registered():
    return {str(word) for give in _words for word in give() if word}


def _bare(words):
    exact = sorted((re.escape(word) for word in words), key=len, reverse=True)
    return [rf"(?<!\w){word}(?!\w)" for word in exact]
