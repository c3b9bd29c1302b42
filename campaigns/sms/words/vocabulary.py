"""The words as one value that the inbox reads: `current()`."""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

from campaigns.sms import cries, verbs
from campaigns.sms.words.models import CommandWord, CryPhrase, ShortForm

HERE = Path(__file__).parent
# For so long a process goes on with the words it has read; a change by staff takes effect after it.
KNOWN_SECONDS = 5
_known = None


@dataclass(frozen=True)
class Vocabulary:
    """verbs (tuple of `verbs.Verb`), cries (a `cries.Phrases`)."""

    verbs: tuple
    cries: object


def current():
    """Return the `Vocabulary` of this site, at most `KNOWN_SECONDS` old."""
    global _known
    if _known is None or time.monotonic() - _known[1] > KNOWN_SECONDS:
        _known = (_read(), time.monotonic())
    return _known[0]


def forget(**_signal):
    """Read the words anew when they are asked for next; also a receiver of their signals."""
    global _known
    _known = None


def _read():
    words = [
        verbs.Verb(word.word, word.asks_for, word.language, word.alone) for word in CommandWord.objects.all()
    ]
    found = {verb.squashed for verb in words}
    # What our own texts tell people to write is understood, whatever became of the list.
    words += [verb for verb in verbs.TAUGHT if verb.squashed not in found]
    phrases = [cries.compiled(one.phrase, one.language, one.weight) for one in CryPhrase.objects.all()]
    short = ShortForm.objects.values_list("short", "word")
    return Vocabulary(tuple(words), cries.Phrases(phrases, short))


def ensure():
    """Give a site whose lists are empty what every site begins with; what staff changed stays."""
    if not CommandWord.objects.exists():
        for row in rows("commands.csv"):
            CommandWord(**{**row, "alone": bool(row["alone"])}).save()
    if not CryPhrase.objects.exists():
        CryPhrase.objects.bulk_create([CryPhrase(**row) for row in rows("cries.csv")])
    if not ShortForm.objects.exists():
        ShortForm.objects.bulk_create([ShortForm(**row) for row in rows("short_forms.csv")])
    forget()


def rows(name):
    """Return the rows of a file that lies beside this module, as dicts."""
    with open(HERE / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
