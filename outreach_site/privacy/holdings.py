"""What the site holds about a phone, wherever it lies: shown, handed out, erased, let go after a time.

A package that stores something about a phone says so once, in its `AppConfig.ready`:

    holdings.register(Holding(key="texts-in", label=_("texts received"), rows=…, erase=…, let_go=…, months=24))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from outreach_site.privacy import consent
from outreach_site.privacy.models import ConsentEvent, PhoneLook, RightsAnswer


@dataclass(frozen=True)
class Holding:
    """One kind of thing that is held about phones.

    label   in words, plural, lazily translated
    rows    rows(phone_index) → list of dicts that JSON can carry: what is held, for the person herself
    erase   erase(phone_index) → number of rows that say nothing of her any more; raises `Refused`
    let_go  let_go(before, most) → number of rows older than `before` (aware) made to say nothing of
            anybody, `most` at a time; None: it stays for as long as the person does
    months  after how many months, unless staff say otherwise
    """

    key: str
    label: str
    rows: Callable
    erase: Callable
    let_go: Callable | None = None
    months: int = 0


class Refused(Exception):
    """Something must happen first; the text says what, in the reader's language."""


_holdings = {}


def register(holding):
    """Add a `Holding`; one with the same key takes its place."""
    _holdings[holding.key] = holding


def all_of_them():
    return list(_holdings.values())


def held(phone_index):
    """Return [(Holding, rows)] of everything that is held about a phone."""
    return [(holding, holding.rows(phone_index)) for holding in all_of_them()]


def hand_out(phone_index, *, by, reason):
    """Return everything about a phone as {key: rows}, and write down who asked for it and why."""
    found = {holding.key: rows for holding, rows in held(phone_index)}
    _note(RightsAnswer.What.EXPORT, phone_index, found, by, reason)
    return found


@transaction.atomic
def erase(phone_index, *, by, reason):
    """Erase everything about a phone; what stays is its keyed hash, so that it is never texted again.

    Returns {key: number of rows}. Raises Refused, and erases nothing, when something must happen first.
    """
    done = {holding.key: holding.erase(phone_index) for holding in all_of_them()}
    now = timezone.now()
    consent.note(
        phone_index=phone_index,
        purpose=consent.ALL,
        given=False,
        channel=ConsentEvent.Channel.STAFF,
        at=now,
        source=f"erased/{phone_index[:40]}/{now.timestamp():.0f}",
    )
    RightsAnswer.objects.create(
        what=RightsAnswer.What.ERASURE, phone_index=phone_index, by=by, reason=reason[:300], numbers=done
    )
    return done


def _note(what, phone_index, found, by, reason):
    numbers = {key: len(rows) for key, rows in found.items()}
    RightsAnswer.objects.create(
        what=what, phone_index=phone_index, by=by, reason=reason[:300], numbers=numbers
    )


# --- what this package holds itself ----------------------------------------------------------
def _consents(phone_index):
    events = ConsentEvent.objects.filter(phone_index=phone_index)
    return [
        {
            "at": event.at.isoformat(),
            "purpose": event.purpose,
            "given": event.given,
            "channel": event.channel,
            "wording": event.wording,
        }
        for event in events
    ]


def _erase_consents(phone_index):
    return ConsentEvent.objects.filter(phone_index=phone_index).delete()[0]


def _looks(phone_index):
    looks = PhoneLook.objects.filter(phone_index=phone_index)
    return [{"at": look.at.isoformat(), "reason": look.reason} for look in looks]


def register_own(consents, looks):
    """Register the consent ledger and the looks at numbers, under these labels."""
    register(Holding("consents", consents, _consents, _erase_consents))
    # Who looked at a number stays: it is the staff's record, and holds nothing but the keyed hash.
    register(Holding("looks", looks, _looks, lambda phone_index: 0))
