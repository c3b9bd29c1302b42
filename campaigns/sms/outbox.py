"""Texts out: the row is the queue.

queue, queue_many, queue_part   write rows     cancel, hold, let_go   stop them, or let them wait
sending.py          claims rows, calls the gateway, notes the answer
reports.py          what the gateway says later
caps.py             what waits for a second person

Nothing is sent twice unless it is certain that it was not sent: a lost answer, a worker that died
while sending, make a text `unknown`, and only a delivery report or a person resolves that.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.sms import caps, segments
from campaigns.sms.models import OutboundMessage
from campaigns.sms.reports import apply_report
from campaigns.sms.sending import due, give_up_lost, send
from outreach_site.queue import nudge_soon
from outreach_site.text import in_language, nfc

__all__ = [
    "apply_report",
    "as_sent",
    "cancel",
    "due",
    "give_up_lost",
    "hold",
    "let_go",
    "queue",
    "queue_many",
    "queue_part",
    "send",
]

Kind = OutboundMessage.Kind
State = OutboundMessage.State
Class = OutboundMessage.Class

MOST_PARTS = segments.MOST_PARTS
# An answer that comes later than this only puzzles whoever wrote; see `queue`.
STALE = timedelta(hours=1)
CHUNK = 500


def queue(**facts):
    """Write one text into the outbox and nudge a worker. Returns whether it is new.

    to               whose phone: a record that `HasPhone`
    gateway text language kind
    cause            what it answers or belongs to; a second call with the same cause changes nothing
    consent_purpose  what the phone must have agreed to when the text leaves; "" for an answer
    message_class    `Class.PROMOTION` gets the gateway's label and the way to refuse, and its hours
    campaign         whose text it is; counts against the campaign's cap of the day
    not_before       when it is due; None: at once
    expires_at       from when on it is dropped instead of sent. An answer expires after `STALE`: the
                     conversation is over by then
    lasting          an answer that is right whenever it comes: the confirmation of leaving, which the
                     phone is owed, and the number of the hotline
    author           the person who wrote it; None: the program
    broadcast area   what it is a part of, and where its reader is

    Raises ValueError for a text that is empty or longer than gateways carry (`MOST_PARTS`), for a
    record without a number, and for promotion without label, way to refuse, or consent.
    """
    message = _written(**facts)
    if not message.is_answer:
        return queue_many([facts]) == 1
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if OutboundMessage.objects.filter(cause=message.cause).exists():
            return False
        raise
    nudge_gateway(message.gateway_id)
    return True


@transaction.atomic
def queue_many(drafts, *, author=None):
    """Write many texts at once; each of `drafts` is a dict of the facts that `queue` takes.

    What breaks a cap is written as `held`, under one `Hold` by `author` for each campaign and gateway.
    Returns how many texts are new. Raises ValueError like `queue`, and writes nothing then.
    """
    messages = _only_new([_written(**draft) for draft in drafts])
    _mind_the_caps(messages, author)
    return _store(messages)


@transaction.atomic
def queue_part(drafts, *, hold=None):
    """Write a part of many texts that were held against the caps as one: `hold` is what came of it.

    `drafts` as for `queue_many`. Returns how many texts are new.
    """
    messages = _only_new([_written(**draft) for draft in drafts])
    if hold is not None and hold.decision != caps.Hold.Decision.RELEASED:
        for message in messages:
            message.state, message.hold = State.HELD, hold
    return _store(messages)


def _written(
    *,
    to,
    gateway,
    text,
    language,
    kind,
    cause,
    consent_purpose="",
    message_class=Class.SERVICE,
    campaign=None,
    not_before=None,
    expires_at=None,
    lasting=False,
    author=None,
    **belongs,
):
    """Return the row of a text, not stored yet."""
    text = as_sent(text, gateway, language, message_class, consent_purpose)
    coding, parts = segments.measure(text)
    if not text or parts > MOST_PARTS:
        raise ValueError(f"a text of {len(text)} characters, {parts} parts: cannot be sent")
    if not to.phone_sealed:
        raise ValueError("no number to send to")
    now = timezone.now()
    if kind <= Kind.REPLY and not lasting:
        expires_at = expires_at or now + STALE
    return OutboundMessage(
        phone_sealed=to.phone_sealed,
        phone_index=to.phone_index,
        gateway=gateway,
        text=text,
        language=language,
        kind=kind,
        cause=cause,
        consent_purpose=consent_purpose,
        message_class=message_class,
        campaign=campaign,
        author=author,
        **belongs,
        created_at=now,
        next_try_at=not_before or now,
        expires_at=expires_at,
        coding=coding,
        parts=parts,
        cost=parts * gateway.cost_per_part,
    )


def as_sent(text, gateway, language, message_class, consent_purpose):
    """Return `text` as it leaves: clean, a promotion with its label and the way to refuse. Raises ValueError."""
    if message_class == Class.PROMOTION:
        text = _labelled(text, gateway, language, consent_purpose)
    return nfc(text.replace("\0", "").replace("\r\n", "\n")).strip()


def _labelled(text, gateway, language, consent_purpose):
    """Return a promotion text with its label and the way to refuse; both are the gateway's own words."""
    label = in_language(gateway.promotion_label, language).text
    refuse = in_language(gateway.promotion_opt_out, language).text
    if not (label and refuse):
        raise ValueError(
            f"gateway {gateway.slug} carries no promotion: its label or way to refuse is missing"
        )
    if not consent_purpose:
        raise ValueError("promotion needs a consent")
    return f"{label} {text.strip()} {refuse}"


def _only_new(messages):
    """Return the rows whose cause is new, in their order."""
    messages = list({message.cause: message for message in reversed(messages)}.values())[::-1]
    known = set()
    for chunk in _chunks([message.cause for message in messages]):
        known.update(OutboundMessage.objects.filter(cause__in=chunk).values_list("cause", flat=True))
    return [message for message in messages if message.cause not in known]


def _store(messages):
    """Store rows; return how many were new. What another worker has stored meanwhile stays as it is."""
    OutboundMessage.objects.bulk_create(messages, ignore_conflicts=True, batch_size=CHUNK)
    number = 0
    for chunk in _chunks([message.uid for message in messages]):
        number += OutboundMessage.objects.filter(uid__in=chunk).count()
    for gateway_id in {message.gateway_id for message in messages}:
        nudge_gateway(gateway_id)
    return number


def _chunks(items):
    return [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]


def _mind_the_caps(messages, author):
    lots = defaultdict(list)
    for message in messages:
        if not message.is_answer:
            lots[message.campaign_id, message.gateway_id].append(message)
    for _key, lot in sorted(lots.items(), key=str):
        held = caps.hold_if_above(
            lot[0].campaign,
            lot[0].gateway,
            texts=len(lot),
            parts=sum(message.parts for message in lot),
            cost=sum(message.cost for message in lot),
            author=author,
        )
        for message in lot if held else ():
            message.state, message.hold = State.HELD, held


# --- stopping ------------------------------------------------------------------------------
def cancel(messages):
    """Cancel those of `messages` (a query) that have not left yet; return how many."""
    return messages.filter(state__in=[State.HELD, State.QUEUED]).update(
        state=State.CANCELLED, state_changed_at=timezone.now()
    )


def hold(messages):
    """Let those of `messages` (a query) wait that have not left yet; return how many."""
    return messages.filter(state=State.QUEUED).update(state=State.HELD, state_changed_at=timezone.now())


def let_go(messages):
    """Let those of `messages` (a query) leave that were held, except above a cap; return how many."""
    is_free = Q(hold=None) | Q(hold__decision=caps.Hold.Decision.RELEASED)
    held = messages.filter(is_free, state=State.HELD)
    gateway_ids = set(held.values_list("gateway_id", flat=True))
    number = held.update(state=State.QUEUED, state_changed_at=timezone.now())
    for gateway_id in gateway_ids:
        nudge_gateway(gateway_id)
    return number


def nudge_gateway(gateway_id):
    """Say that a gateway has texts to send."""
    from campaigns.sms import tasks

    nudge_soon(tasks.deliver, gateway_id)
