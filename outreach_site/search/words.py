"""Text as the words by which it is found: folded, and plain for every database's tokenizer."""

import re
import unicodedata
from functools import lru_cache

from outreach_site.text import fold

# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# Signs that hang the next letter below the one before.
JOINERS = "\u17d2\u1039"
LONGEST_WORD = 40

# Words are folded over and over, and there are few of them.
fold_word = lru_cache(maxsize=50_000)(fold)


def units(text):
    """Return `text` as a list of units, each a tuple of words that stand one after the other.

    A unit is one word, or, where a script has no spaces, the letters of a whole run: "ជួយ" is found
    inside of a longer run because its letters are. Words are made of a–z and 0–9 alone.
    """
    return [unit(word) for word in fold(text).split()]


def unit(word):
    """Return the plain words for one folded word."""
    if word.isascii():
        return (word[:LONGEST_WORD],)
    pieces = letters(word) if UNSPACED.search(word) else [word]
    return tuple(piece if piece.isascii() else _plain(piece) for piece in pieces)


def _plain(piece):
    # Databases disagree about which signs of which script belong to a word; about these they cannot.
    return f"u{piece.encode().hex()}"[:200]


def plain(text):
    """Return `text` as one string of plain words, for the index."""
    return " ".join(" ".join(one) for one in units(text))


def letters(word):
    """Return a run of an unspaced script letter by letter, each with the signs that belong to it."""
    found = []
    for char in word:
        belongs = unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") or found and found[-1][-1] in JOINERS
        if found and (belongs or char.isascii() and found[-1].isascii()):
            found[-1] += char
        else:
            found.append(char)
    return found


def without_keys(word):
    """Return a folded word without the keys that Telex or VNI would have made into marks.

    "dduwowngf" → "duong", "dichj" → "dich", "chie6n1" → "chien". A word in which there are none comes
    back as it is; one that is not Vietnamese may come back as nonsense, so ask only when it is not found.
    """
    if word.isdigit() or not word.isascii():
        return word
    word = re.sub(r"(?<=[a-z])[0-9]{1,2}", "", word)
    word = word.replace("dd", "d")
    start = re.match(r"(?:qu|gi(?=[aeiouyw])|[^aeiouyw]*)", word).end()
    first, rest = word[:start], word[start:]
    rest = re.sub(r"[sfrxjz]", "", rest)
    # "w" after a vowel is its horn or breve; alone it is "ư".
    rest = re.sub(r"(?<=[aou])w", "", rest).replace("w", "u")
    rest = re.sub(r"aa|ee|oo", lambda pair: pair[0][0], rest)
    # The same key, typed at the end: "tienge" for "tiêng", "dinhd" for "đinh".
    rest = re.sub(r"([aeo])(n|m|ng|nh|c|ch|p|t)\1$", r"\1\2", rest)
    if first.startswith("d"):
        rest = rest.removesuffix("d")
    return (first + rest) or word


def is_slip(typed, word):
    """Whether one letter added, left out, changed or swapped with its neighbour makes `word` of `typed`."""
    shorter, longer = sorted((typed, word), key=len)
    if len(longer) - len(shorter) > 1 or typed == word:
        return False
    same = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[same:] == longer[same + 1 :]
    swapped = shorter[same : same + 2] == longer[same : same + 2][::-1]
    return shorter[same + 1 :] == longer[same + 1 :] or swapped and shorter[same + 2 :] == longer[same + 2 :]
