"""Texts leave: claimed in small batches, handed to the gateway, what it answered written down.

The claim is one short transaction that holds the gateway's row. In it the rate is kept, the consents
are read again and the hours looked at; it is committed before the gateway is called.
"""

import logging
import math
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, Min, Q, TextField, Value, When
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.sms import alarms, gateways, opt_out, pace, quiet, reports
from campaigns.sms.gateways.base import Accepted, NoCredit, OptedOut, Outgoing, Reject, Retry, Unknown
from campaigns.sms.models import DeliveryReport, Gateway, OutboundMessage
from outreach_site.privacy import consent

logger = logging.getLogger(__name__)

Kind = OutboundMessage.Kind
State = OutboundMessage.State
Class = OutboundMessage.Class

# Few enough that an answer never waits long behind a batch of a broadcast, and that a worker which
# dies leaves few texts of which nobody knows whether they were sent.
BATCH = 40
THREADS = 8
# A slow gateway gets no further text of a batch after this; with one last answer it stays within LEASE.
BATCH_SECONDS = 15
# Longer than a batch may take and than the queue lets a task run (60 s).
LEASE = timedelta(minutes=2)
# Seconds to wait after the first, second … attempt that certainly failed; after the last: failed.
BACK_OFF = (5, 30, 120, 600, 1800, 3600)
# So many answers that are none, with no good one between them: the gateway is not well.
BAD_ANSWERS = 3
# So many refusals in a row, and a person is told.
REFUSALS_TO_TELL = 4
DAY = timedelta(hours=24)

NO_CREDIT = gettext_noop("The account with the provider is empty. Nothing is sent until somebody resumes.")
TAKES_NOTHING = gettext_noop("The gateway takes no texts. They wait; it is tried again every few minutes.")

_pool = None


@dataclass(frozen=True)
class Claimed:
    """Texts that are ours to send now. `wait`: seconds until the rate allows more; None when nothing is due."""

    gateway: Gateway
    messages: list
    wait: float | None = None


# --- sending -------------------------------------------------------------------------------
def send(message_id, adapter=None):
    """Send one text, if it is due and nobody else does. Returns its `State` then, None when not ours.

    Call it outside of a transaction: the claim has to be committed before the gateway is called.
    `adapter` is the gateway module to use; by default the one of the text's gateway.
    """
    gateway_id = OutboundMessage.objects.values_list("gateway_id", flat=True).filter(pk=message_id).first()
    claimed = gateway_id and claim(gateway_id, only=message_id)
    if not (claimed and claimed.messages):
        return None
    hand_over(claimed, adapter)
    return State(OutboundMessage.objects.values_list("state", flat=True).get(pk=message_id))


def drain(gateway_id, *, seconds, linger=0, adapter=None):
    """Send what is due at a gateway, at its rate, for at most `seconds`; go on looking for `linger`.

    Returns whether something is left that may leave soon.
    """
    started = time.monotonic()
    while (spent := time.monotonic() - started) < seconds:
        claimed = claim(gateway_id)
        if claimed is None:
            return False
        if claimed.messages:
            hand_over(claimed, adapter)
        elif claimed.wait is not None:
            time.sleep(min(claimed.wait, max(seconds - spent, 0)))
        elif spent < linger:
            time.sleep(0.1)
        else:
            return False
    return True


def due(limit):
    """Return the ids of texts that may leave now, answers first, then in the order written."""
    return list(OutboundMessage.objects.due(timezone.now()).values_list("pk", flat=True)[:limit])


def give_up_lost():
    """Set texts whose worker died while sending to `unknown`; return how many there were."""
    now = timezone.now()
    lost = OutboundMessage.objects.filter(state=State.SENDING, lease_until__lt=now)
    return lost.rise(State.UNKNOWN, now, last_error="worker_lost")


# --- claiming ------------------------------------------------------------------------------
@transaction.atomic
def claim(gateway_id, only=None):
    """Take the next texts of a gateway for this worker; None while the gateway rests.

    only  the one text to take, whatever the rate says
    """
    now = timezone.now()
    # Writers of new texts share the row and do not wait for this lock; other senders do.
    gateway = Gateway.objects.select_for_update(no_key=True).get(pk=gateway_id)
    if gateway.is_resting(now):
        return None
    _keep_quiet_hours(gateway, now)
    waiting = OutboundMessage.objects.due(now).filter(gateway=gateway)
    waiting = waiting.select_for_update(of=("self",), skip_locked=True)
    allowed = gateway.allowed(now)
    if only is not None:
        messages = list(waiting.filter(pk=only))
    elif allowed < 1:
        wait = (1 - allowed) / gateway.per_second
        return Claimed(gateway, [], wait if waiting.exists() else None)
    else:
        messages = _within(list(waiting[: min(BATCH, math.ceil(allowed))]), allowed)
    found = bool(messages)
    messages = _fit_to_leave(gateway, messages, now)
    if messages:
        _take(gateway, messages, allowed, now)
    # Some were found and none may leave: look again at once, there may be others behind them.
    return Claimed(gateway, messages, 0 if found and not messages else None)


def _within(messages, allowed):
    """Return as many of `messages` as the rate allows, the last one perhaps a little above it."""
    taken = []
    for message in messages:
        if allowed <= 0:
            break
        taken.append(message)
        allowed -= message.parts
    return taken


def _take(gateway, messages, allowed, now):
    OutboundMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=State.SENDING, state_changed_at=now, attempts=F("attempts") + 1, lease_until=now + LEASE
    )
    for message in messages:
        message.attempts += 1
        message.gateway = gateway
    parts = sum(message.parts for message in messages)
    Gateway.objects.filter(pk=gateway.pk).update(allowance=allowed - parts, allowance_at=now)


def _keep_quiet_hours(gateway, now):
    """Put off what may not leave at this hour; drop what would be too late by then. Answers are not held."""
    for message_class in Class:
        opens_at = pace.opens_at(gateway.quiet_hours(message_class == Class.PROMOTION), now)
        if opens_at is None:
            continue
        early = OutboundMessage.objects.filter(
            gateway=gateway,
            state=State.QUEUED,
            next_try_at__lt=opens_at,
            kind__gt=Kind.REPLY,
            message_class=message_class,
        )
        early.filter(expires_at__lte=opens_at).rise(State.EXPIRED, now, last_error="quiet_hours")
        early.update(next_try_at=opens_at)


def _fit_to_leave(gateway, messages, now):
    """Return those of `messages` that are still wanted; drop or put off the others."""
    late = [message for message in messages if message.expires_at and message.expires_at <= now]
    _rise(late, State.EXPIRED, now, "too_late")
    messages = _without_stopped(_without(messages, late), now)
    # Read here, not when the text was written: she may have left in between.
    unwanted = _without_consent(messages)
    _rise(unwanted, State.DROPPED, now, "no_consent")
    return _within_caps(gateway, _without(messages, unwanted), now)


def _without_stopped(messages, now):
    """Stop texts of broadcasts that were paused or cancelled while a gateway gave these back; return the others."""
    of_many = _rows([message for message in messages if message.broadcast_id])
    if not any(message.broadcast_id for message in messages):
        return messages
    paused = set(of_many.exclude(broadcast__paused_at=None).values_list("pk", flat=True))
    cancelled = set(of_many.filter(broadcast__state="cancelled").values_list("pk", flat=True))
    OutboundMessage.objects.filter(pk__in=paused).update(state=State.HELD, state_changed_at=now)
    _rise([message for message in messages if message.pk in cancelled], State.CANCELLED, now)
    return [message for message in messages if message.pk not in paused | cancelled]


def _without_consent(messages):
    wanted = {
        message.pk: (message.phone_index, message.consent_purpose or consent.ALL)
        for message in messages
        if message.consent_purpose or not message.is_answer
    }
    held = consent.holding(wanted.values()) if wanted else set()
    return [message for message in messages if message.pk in wanted and wanted[message.pk] not in held]


def _within_caps(gateway, messages, now):
    """Put off texts to numbers that had their share in the last 24 hours; return the others."""
    phones = {message.phone_index for message in messages}
    left = OutboundMessage.objects.filter(phone_index__in=phones, sent_at__gt=now - DAY)
    of_promotion = Q(message_class=Class.PROMOTION)
    lately = {
        row["phone_index"]: row
        for row in left.order_by()
        .values("phone_index")
        .annotate(
            texts=Count("pk"),
            promotions=Count("pk", filter=of_promotion),
            first=Min("sent_at"),
            first_promotion=Min("sent_at", filter=of_promotion),
        )
    }
    texts = Counter({index: row["texts"] for index, row in lately.items()})
    promotions = Counter({index: row["promotions"] for index, row in lately.items()})
    fit = []
    for message in messages:
        index, is_promotion = message.phone_index, message.message_class == Class.PROMOTION
        had = lately.get(index, {})
        if is_promotion and promotions[index] >= gateway.promotions_a_day:
            _put_off(message, (had.get("first_promotion") or now) + DAY)
        elif texts[index] >= settings.SMS_TEXTS_A_NUMBER_A_DAY and message.kind != Kind.URGENT:
            _put_off(message, (had.get("first") or now) + DAY)
        else:
            fit.append(message)
            texts[index] += 1
            promotions[index] += is_promotion
    return fit


def _put_off(message, until):
    OutboundMessage.objects.filter(pk=message.pk).update(next_try_at=until, last_error="cap_of_the_number")


def _without(messages, others):
    gone = {message.pk for message in others}
    return [message for message in messages if message.pk not in gone]


def _rows(messages):
    return OutboundMessage.objects.filter(pk__in=[message.pk for message in messages])


def _rise(messages, state, now, error=""):
    if messages:
        _rows(messages).rise(state, now, last_error=error)


# --- calling -------------------------------------------------------------------------------
def hand_over(claimed, adapter=None):
    """Give the claimed texts to the gateway and write down what it answered."""
    adapter = adapter or gateways.adapter_for(claimed.gateway)
    results = _call_all(adapter, claimed.messages)
    for message, result in results:
        if isinstance(result, OptedOut):
            phone = message.reveal_phone()
            opt_out.by_provider(phone=phone, gateway=claimed.gateway, source=f"outbound/{message.pk}")
    _note(claimed.gateway, results)
    # After the commit: a report that finds no text from now on is applied by whoever takes it up.
    named = {
        result.external_id: message.uid
        for message, result in results
        if isinstance(result, Accepted) and result.external_id
    }
    reports.overtaken(claimed.gateway, named)


class _Patience:
    """When to stop handing over a batch: too slow, no credit, or bad answers and no good one."""

    def __init__(self):
        self.until = time.monotonic() + BATCH_SECONDS
        self.bad, self.is_over = 0, False

    def saw(self, result):
        if isinstance(result, (Accepted, Reject, OptedOut)):
            self.bad = 0
        elif isinstance(result, NoCredit) or (isinstance(result, Retry) and result.after):
            self.is_over = True
        elif not _is_ours(result):
            self.bad += 1
            self.is_over = self.is_over or self.bad >= BAD_ANSWERS

    def ends(self):
        return self.is_over or time.monotonic() > self.until


def _call_all(adapter, messages):
    """Return [(message, result)]; the result is None for those that the gateway was not asked about."""
    patience, threads = _Patience(), defaultdict(list)
    for message in messages:
        # Two texts to one phone leave one after the other, in their order.
        threads[message.phone_index].append(message)

    def work(some):
        results = []
        for message in some:
            result = None if patience.ends() else _call(adapter, message)
            patience.saw(result) if result else None
            results.append((message, result))
        return results

    if len(threads) == 1:
        return work(messages)
    return [pair for results in _threads().map(work, threads.values()) for pair in results]


def _threads():
    """Return the process's threads for calling gateways; they touch no database."""
    global _pool
    if _pool is None:
        _pool = ThreadPoolExecutor(THREADS, thread_name_prefix="gateway")
    return _pool


def _call(adapter, message):
    try:
        to = message.reveal_phone()
    except ValueError:
        return Retry(NO_KEY)
    outgoing = Outgoing(
        uid=message.uid,
        sender=message.gateway.short_code,
        to=to,
        text=message.text,
        coding=message.coding,
    )
    try:
        return adapter.send(outgoing, message.gateway)
    except Exception as error:
        # An adapter's own mistake: bytes may have left before it.
        logger.error("text %s: %s", message.pk, quiet.describe(error))
        return Unknown(type(error).__name__)


NO_KEY = "number_cannot_be_opened"


def _is_ours(result):
    """Return whether it failed on our side, and says nothing about the gateway."""
    return isinstance(result, Retry) and result.code == NO_KEY


# --- noting --------------------------------------------------------------------------------
@transaction.atomic
def _note(gateway, results):
    """Write down what the gateway answered."""
    now = timezone.now()
    by_kind = defaultdict(list)
    for message, result in results:
        by_kind[type(result)].append((message, result))
    _note_accepted(by_kind[Accepted], now)
    for kind, state in ((Reject, State.FAILED), (OptedOut, State.FAILED), (Unknown, State.UNKNOWN)):
        for code, messages in _by_code(by_kind[kind]).items():
            _rise(messages, state, now, code)
    _put_back([message for message, _none in by_kind[type(None)]], now)
    _put_back([message for message, _result in by_kind[NoCredit]], now, _first_code(by_kind[NoCredit]))
    _note_retries(by_kind, now)
    _note_health(gateway, by_kind, now)
    uids = [message.uid for message, result in results if result is not None]
    reports.apply(list(DeliveryReport.objects.filter(uid__in=uids, gateway=gateway)))


def _by_code(pairs):
    codes = defaultdict(list)
    for message, result in pairs:
        codes[result.code[:60]].append(message)
    return codes


def _first_code(pairs):
    return pairs[0][1].code[:60] if pairs else ""


def _note_accepted(pairs, now):
    if not pairs:
        return
    rows = _rows([message for message, _result in pairs])
    names = {message.pk: result.external_id for message, result in pairs if result.external_id}
    changes = {"sent_at": now}
    if names:
        cases = [When(pk=pk, then=Value(name)) for pk, name in names.items()]
        changes["external_id"] = Case(*cases, default=F("external_id"), output_field=TextField())
    rows.update(**changes)
    for is_delivered, state in ((True, State.DELIVERED), (False, State.SENT)):
        _rise([message for message, result in pairs if result.delivered == is_delivered], state, now)


def _put_back(messages, now, error=""):
    """Return texts that the gateway did not take to their place in the row; that was no attempt."""
    if messages:
        _rows(messages).filter(state=State.SENDING).update(
            state=State.QUEUED,
            state_changed_at=now,
            attempts=F("attempts") - 1,
            lease_until=None,
            last_error=error,
        )


def _note_retries(by_kind, now):
    """Put texts back that were certainly not sent.

    It counts as an attempt of the text, after the last of which it is given up, only where the text
    may be the reason: it was alone, or the gateway took others at the same time.
    """
    retries = by_kind[Retry]
    ours = [pair for pair in retries if _is_ours(pair[1])]
    theirs = [pair for pair in retries if not _is_ours(pair[1])]
    is_alone = len(retries) == 1 and not by_kind[type(None)]
    if not (by_kind[Accepted] or is_alone):
        _put_back([message for message, _result in theirs], now, _first_code(theirs))
        theirs = []
    for message, result in ours + theirs:
        if message.attempts > len(BACK_OFF):
            _rise([message], State.FAILED, now, result.code[:60])
            continue
        wait = timedelta(seconds=max(result.after, BACK_OFF[message.attempts - 1]))
        _rows([message]).filter(state=State.SENDING).update(
            state=State.QUEUED,
            state_changed_at=now,
            lease_until=None,
            next_try_at=now + wait,
            last_error=result.code[:60],
        )


def _note_health(gateway, by_kind, now):
    """Let the gateway rest when it took nothing, pause it without credit; tell staff."""
    row = Gateway.objects.filter(pk=gateway.pk)
    if by_kind[NoCredit]:
        row.filter(paused_at=None).update(paused_at=now, pause_reason="no_credit")
        alarms.raise_alarm("no_credit", gateway.slug, NO_CREDIT, gateway)
    elif by_kind[Accepted] or by_kind[Reject] or by_kind[OptedOut]:
        asked = [result.after for _message, result in by_kind[Retry] if result.after]
        if asked:
            row.update(next_send_at=now + timedelta(seconds=max(asked)))
        if gateway.refusals:
            row.update(refusals=0, next_send_at=None)
            alarms.close("takes_nothing", gateway.slug)
    elif bad := [result for _message, result in by_kind[Retry] + by_kind[Unknown] if not _is_ours(result)]:
        refusals = gateway.refusals + 1
        asked = max(getattr(result, "after", 0) for result in bad)
        wait = max(timedelta(seconds=asked), pace.back_off(refusals))
        row.update(refusals=min(refusals, 1000), next_send_at=now + wait)
        if refusals >= REFUSALS_TO_TELL:
            alarms.raise_alarm("takes_nothing", gateway.slug, TAKES_NOTHING, gateway)
