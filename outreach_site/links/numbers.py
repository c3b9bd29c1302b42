"""Phone numbers typed in a text, and the hotline records they belong to.

A number that is missed is found by the next reader; one that is none costs every editor's trust. So dates,
amounts, accounts and numbers of laws have to stay out, and short codes count only where somebody is told to call.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType

from outreach_site import languages
from outreach_site.hotline.models import Hotline
from outreach_site.privacy import phones
from outreach_site.text import fold

SHORT = 6
BETWEEN = r"[\s.\-()\u00a0]{0,2}"
# Grouped by thousands: 1 900 000 000, 12.500.000. What people dial begins with 0, +, or longer groups.
AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .,\u00a0]\d{3}){2,}")
SENTENCE_END = re.compile(r"[.!?;\n]\s")
# How far before a number the words are looked at that say what it is, in characters.
NEAR = 40
# Called without the digit that otherwise begins a national number.
WITHOUT_TRUNK = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
)


@dataclass(frozen=True)
class Typed:
    """A number that stands in a text from `start` to `end`; equal numbers have equal keys."""

    start: int
    end: int
    key: str


def key_of(number):
    """Return what all spellings of `number` have in common: "+84981848484", "111"."""
    digits = re.sub(r"\D", "", number)
    if len(digits) <= SHORT:
        return digits
    return phones.normalise(number) or digits


class Records:
    """The hotline records as typed numbers are compared with them; loaded once for a whole run."""

    def __init__(self, hotlines=None):
        self.hotlines = list(Hotline.objects.all() if hotlines is None else hotlines)
        self.by_key = {}
        for hotline in self.hotlines:
            self.by_key.setdefault(key_of(hotline.dialled), []).append(hotline)
        spellings = [_spelling(hotline.dialled) for hotline in self.hotlines if hotline.dialled]
        pattern = "|".join(sorted(spellings, key=len, reverse=True))
        self.pattern = (
            re.compile(rf"(?<![\w+])(?<!\d[.,/-])(?:{pattern})(?!\w)(?![.,/-]\w)") if pattern else None
        )

    def current(self, key):
        """Return the record in use that has this number, or None."""
        return next((one for one in self.by_key.get(key, []) if one.is_in_use()), None)

    def has_ended(self, key):
        """Whether the number belonged to a record that is over, and to none in use or to come."""
        known = self.by_key.get(key, [])
        return bool(known) and all(one.has_ended() for one in known)

    def instead_of(self, key):
        """Return the record in use that takes the place of an ended number: its own organisation's, else the main."""
        old = self.by_key.get(key, [])
        live = [one for one in self.hotlines if one.is_in_use()]
        of_its_own = [
            one
            for one in live
            for other in old
            if one.organisation_id and (one.organisation_id, one.kind) == (other.organisation_id, other.kind)
        ]
        main = [one for one in live if one.is_main and any(one.kind == other.kind for other in old)]
        return next(iter([*of_its_own, *main]), None)


def _spelling(dialled):
    """Return a pattern for a number however it is grouped; international ones also as dialled at home."""
    digits = dialled.lstrip("+")
    spaced = BETWEEN.join(digits)
    if not dialled.startswith("+"):
        return spaced
    code = str(phonenumbers.country_code_for_region(settings.PHONE_REGION))
    trunk = phonenumbers.ndd_prefix_for_region(settings.PHONE_REGION, True) or ""
    home = BETWEEN.join(trunk + digits.removeprefix(code)) if digits.startswith(code) else spaced
    return rf"\+?{spaced}|{home}"


def find(text, records, language=""):
    """Return the `Typed` numbers of `text`, in its order. `language` is the code of the language it is in."""
    if not any(char.isdigit() for char in text):
        return []
    found = [*_of_records(text, records, language), *_others(text, language)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _of_records(text, records, language):
    for match in records.pattern.finditer(text) if records.pattern else ():
        if AMOUNT.fullmatch(match[0]):
            continue
        key = key_of(match[0])
        is_short = len(re.sub(r"\D", "", match[0])) <= SHORT
        if is_short and not _is_short_number(text, match, language):
            continue
        if is_short or not _is_something_else(text, match, language):
            yield Typed(match.start(), match.end(), key)


def _others(text, language):
    if sum(char.isdigit() for char in text) < 7:
        return
    for match in PhoneNumberMatcher(text, settings.PHONE_REGION, leniency=Leniency.VALID, max_tries=500):
        if _is_dialled(match) and not _is_something_else(text, match, language):
            key = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield Typed(match.start, match.end, key)


def _is_dialled(match):
    written = match.raw_string
    digits = re.sub(r"\D", "", written)
    if AMOUNT.fullmatch(written):
        return False
    trunk = phonenumbers.ndd_prefix_for_region(settings.PHONE_REGION, True) or ""
    if written.lstrip("(").startswith("+") or digits.startswith("00") or (trunk and digits.startswith(trunk)):
        return True
    return not trunk or phonenumbers.number_type(match.number) in WITHOUT_TRUNK


def _is_something_else(text, match, language):
    """Whether what stands around a number says that it is an account, an amount or part of a longer sign."""
    start, end = _ends(match)
    before, after = text[:start], text[end:]
    if (
        re.search(r"[\w/\-]$", before)
        and not re.search(r"\s[-–]$", before)
        or re.match(r"[/\-]?\w|[.,]\d", after)
    ):
        return True
    if re.match(r"\s?[%$€₫]", after) or re.search(r"[$€₫]\s?$", before):
        return True
    near = _sentence_before(before)
    if any(_has(near, word) for word in _words("no phone", language)):
        return True
    return _is_amount(after, language)


def _is_amount(after, language):
    if not re.match(r"\s?\w", after):
        # What begins a new sentence is no unit.
        return False
    unit = fold(after[:15])
    return any(unit == word or unit.startswith(f"{word} ") for word in _words("amount", language))


def _ends(match):
    return (match.start(), match.end()) if callable(match.start) else (match.start, match.end)


def _is_short_number(text, match, language):
    """Whether somebody is told to call these few digits, written as one."""
    near = _sentence_before(text[: match.start()])
    is_called = match[0].isdigit() and any(_has(near, word) for word in _words("call", language))
    return is_called and not _is_amount(text[match.end() :], language)


def _sentence_before(before):
    return fold(SENTENCE_END.split(before[-NEAR:])[-1])


def _has(text, word):
    return f" {word} " in f" {text} "


@lru_cache(maxsize=50)
def _words(which, language):
    """Return the folded words of a list, in the text's language and in those of the site."""
    found = set()
    for code in {language, languages.FALLBACK, "en"}:
        if code and languages.get(code).interface:
            with translation.override(code):
                found |= {fold(word) for word in _list(which).split(",")}
    return frozenset(word for word in found if word)


def _list(which):
    if which == "call":
        # Translators: words after which a short number is one to call. Not "number" alone: it may be a house.
        return pgettext("words before a short number", "call, dial, ring, phone, hotline, line, text, sms")
    if which == "no phone":
        # Translators: words after which a number is none of a phone.
        return pgettext(
            "words before a number that is no phone number",
            "account, account number, tax code, identity card, passport, code, decision, law, decree",
        )
    # Translators: units after which a number is an amount.
    return pgettext(
        "words after an amount",
        "people, copies, dollars, dong, vnd, usd, eur, metres, kilometres, households",
    )
