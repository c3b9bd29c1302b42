"""Words that a text from this hotline should not contain: whoever looks at the phone would ask.

A beginning, chosen for the demo: a team adds what its own readers are afraid of.
"""

from campaigns.sms.discretion import DiscreetWord
from outreach_site.text import fold

WARN, BLOCK = DiscreetWord.Weight.WARN, DiscreetWord.Weight.BLOCK
WORDS = {
    "vi": [
        ("mua bán người", BLOCK),
        ("buôn người", BLOCK),
        ("bị bán", BLOCK),
        ("nạn nhân", WARN),
        ("tố cáo", WARN),
        ("công an", WARN),
        ("bạo hành", WARN),
    ],
    "en": [("trafficking", BLOCK), ("victim", WARN), ("police", WARN), ("abuse", WARN)],
}


def plant(planted):
    """Plant the words of each language."""
    for language, words in WORDS.items():
        for word, weight in words:
            planted.once(f"discreet-word/{language}/{word}", lambda one=(word, language, weight): _word(*one))


def _word(word, language, weight):
    if DiscreetWord.objects.filter(folded=fold(word), language=language).exists():
        return None
    return DiscreetWord.objects.create(word=word, language=language, weight=weight)
