"""What an answer means. Nothing is repeated: after one more try a question is let be."""

import re
from dataclasses import dataclass

from django.utils import timezone

from campaigns.reach.ledger import AgeBand
from campaigns.sms.conversation import finding, questions
from campaigns.sms.conversation.models import Question
from campaigns.sms.models import Member, SignUp
from outreach_site import languages
from outreach_site.areas.models import Area
from outreach_site.text import Text, fold

What = Question.What

MOST_CHOICES = 4
# More words around a number than this are a sentence.
MOST_WORDS = 6
YOUNGEST, OLDEST = 4, 120


@dataclass(frozen=True)
class Taken:
    """What a text was to an open question.

    is_answer  False: it was none; staff should see the text
    answer     what to say
    goes_on    the next question follows it, where there is one
    """

    is_answer: bool
    answer: Text
    goes_on: bool = True


def take(member, question, text):
    """Take `text` for the answer to `question`, which is open; `member` is locked. Returns what it was."""
    if question.what == What.COMMUNE:
        return _commune(member, question, text)
    value = _age_band(text) if question.what == What.AGE else _language(text)
    if value:
        return answered(member, question, value)
    return _missed(member, question)


def _commune(member, question, text):
    found = _chosen(question, text) or finding.find(text, question.campaign.areas())
    if len(found) == 1:
        return answered(member, question, str(found[0].pk))
    if len(found) > MOST_CHOICES:
        return _missed(member, question, questions.more_exactly(member.language))
    if found and not question.choices:
        _change(question, choices=[area.pk for area in found])
        return Taken(True, questions.which_one(found, member.language), goes_on=False)
    return _missed(member, question)


def _chosen(question, text):
    """Return the one of the offered places that `text` chooses, by number or by name, as a list."""
    offered = Area.objects.in_bulk(question.choices)
    words = fold(text).split()
    if len(words) == 1 and words[0].isdecimal():
        place = int(words[0])
        return [offered[question.choices[place - 1]]] if 1 <= place <= len(question.choices) else []
    named = [area for area in offered.values() if all(f" {word}" in area.search_text for word in words)]
    return named if words and len(named) == 1 else []


def _age_band(text):
    """Return the band of "2", "25 tuoi" or "1998", "" when `text` tells none."""
    numbers = re.findall(r"\d+", fold(text))
    if len(numbers) != 1 or len(fold(text).split()) > MOST_WORDS or len(numbers[0]) > 4:
        return ""
    number, year = int(numbers[0]), timezone.localdate().year
    if 1 <= number <= len(questions.BANDS):
        return questions.BANDS[number - 1].value
    age = number if number < 1000 else year - number
    return band_of(age) if YOUNGEST <= age <= OLDEST else ""


def band_of(age):
    """Return the `AgeBand` of an age in years."""
    if age < 18:
        return AgeBand.CHILD.value
    return AgeBand.ADULT.value if age < 60 else AgeBand.OLDER.value


def _language(text):
    words = fold(text)
    for number, language in enumerate(languages.LANGUAGES, 1):
        if words in (str(number), fold(language.name)):
            return language.code
    return ""


# --- what becomes of it --------------------------------------------------------------------
def answered(member, question, value):
    """Keep the answer, and let it count where she is signed up. Returns what to say."""
    _change(question, answered_at=timezone.now(), value=value, choices=[])
    if question.what == What.LANGUAGE:
        Member.objects.filter(pk=member.pk).update(language=value)
        member.language = value
    asking = {f"campaign__{questions.ASKED_IF[What(question.what)]}": True}
    for sign_up in member.sign_ups.filter(left_at=None, **asking).select_related("campaign", "area"):
        apply(sign_up, question.what, value)
    return Taken(True, questions.thanks(member.language))


def skipped(member, question):
    """Note that she does not want to say. Returns what to say to that."""
    _change(question, skipped_at=timezone.now(), choices=[])
    return Taken(True, questions.never_mind(member.language))


def apply(sign_up, what, value):
    """Let an answer say where a sign-up is, how old or in which language, in the numbers too."""
    from campaigns.sms.conversation import joining

    facts = {What.COMMUNE: "area_id", What.AGE: "age_band", What.LANGUAGE: "language"}
    name, value = facts[What(what)], int(value) if what == What.COMMUNE else value
    if getattr(sign_up, name) == value:
        return
    SignUp.objects.filter(pk=sign_up.pk).update(**{name: value})
    setattr(sign_up, name, value)
    joining.count(sign_up)


def _missed(member, question, once_more=None):
    """One more try, asked for with the words `once_more`; then the question is let be, and the next comes."""
    if question.misses or question.choices:
        _change(question, misses=question.misses + 1, let_be_at=timezone.now())
        return Taken(False, questions.never_mind(member.language))
    _change(question, misses=1)
    once_more = once_more or questions.once_more(question, member.language)
    return Taken(False, once_more, goes_on=False)


def _change(question, **facts):
    for name, value in facts.items():
        setattr(question, name, value)
    question.save(update_fields=facts)
