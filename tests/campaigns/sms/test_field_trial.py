"""The field trial: texts as people type them, made up by somebody who did not know the word lists.

Each set was measured once before anything was changed for its sake, and then used to improve the lists:
41, 46 and 48 of 50 commands, 12, 20 and 19 of 20 cries, 6, 7 and 0 of 50 ordinary texts taken for a cry. What
the test asks for is what holds since. `pytest -s` prints the rates and what was missed.
"""

import json
import sys
from pathlib import Path

import pytest

from campaigns.pages.keywords import squash
from campaigns.sms import cries, verbs
from campaigns.sms.understanding import understand
from campaigns.sms.words import vocabulary
from outreach_site.demo import cries as demo

TRIALS = sorted((Path(__file__).parent / "trial").glob("*.json"))


@pytest.fixture(scope="module")
def words():
    """What a site begins with, and what the demo adds: without a database."""
    commands = [
        verbs.Verb(row["word"], row["asks_for"], row["language"], bool(row["alone"]))
        for row in vocabulary.rows("commands.csv")
    ]
    phrases = [
        cries.compiled(row["phrase"], row["language"], row["weight"]) for row in vocabulary.rows("cries.csv")
    ]
    phrases += [cries.compiled(phrase, language, weight) for language, weight, phrase in demo.rows()]
    short = [(row["short"], row["word"]) for row in vocabulary.rows("short_forms.csv")]
    return vocabulary.Vocabulary(tuple(commands), cries.Phrases(phrases, short))


@pytest.fixture(params=TRIALS, ids=lambda path: path.stem)
def trial(request):
    return json.loads(request.param.read_text())


def told(what, missed, of):
    lines = [f"\n{what}: {of - len(missed)} of {of}", *missed]
    sys.stdout.write("\n  ".join(lines) + "\n")


def test_nine_of_ten_commands_are_recognised_and_none_is_taken_for_another(trial, words):
    keywords = [squash(keyword) for keyword in trial["keywords"]]
    missed, wrong = [], []
    for one in trial["joins"]:
        phrase, command = understand(one["text"], keywords, words)
        if phrase is None and (command.asks_for, command.keyword) == (one["asks"], squash(one["means"])):
            continue
        missed.append(one["text"])
        if command.keyword:
            wrong.append(one["text"])
    told("commands", missed, len(trial["joins"]))

    assert len(trial["joins"]) == 50
    assert len(missed) <= 5
    assert wrong == []


def test_no_cry_for_help_is_missed(trial, words):
    missed = [text for text in trial["cries"] if understand(text, [], words)[0] is None]
    told("cries", missed, len(trial["cries"]))

    assert len(trial["cries"]) == 20
    assert missed == []


def test_at_most_two_of_fifty_ordinary_texts_are_taken_for_a_cry(trial, words):
    taken = [text for text in trial["ordinary"] if understand(text, [], words)[0]]
    told("ordinary texts", taken, len(trial["ordinary"]))

    assert len(trial["ordinary"]) == 50
    assert len(taken) <= 2
