"""Texts out: the row is the queue.

queue   write the row              send          claim it, commit, call the gateway, note the answer
sweep   what waits, what got lost   apply_report  what the gateway says later

Nothing is sent twice unless it is certain that it was not sent: a lost answer, a worker that died
while sending, make a text `unknown`, and only a delivery report resolves that.
"""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.sms import gateways, quiet, segments
from campaigns.sms.gateways.base import Accepted, Outgoing, Reject, Retry, Unknown
from campaigns.sms.models import DeliveryReport, OutboundMessage
from outreach_site.privacy import consent
from outreach_site.queue import nudge
from outreach_site.text import nfc

logger = logging.getLogger(__name__)

Kind = OutboundMessage.Kind
State = OutboundMessage.State

# Gateways cut longer texts without a word.
MOST_PARTS = 8
# Longer than a gateway may take to answer and than the queue lets a task run (60 s).
LEASE = timedelta(minutes=2)
# Seconds to wait after the first, second … attempt that certainly failed; after the last: failed.
BACK_OFF = (5, 30, 120, 600, 1800, 3600)


def queue(*, to, gateway, text, language, kind, cause, consent_purpose=""):
    """Write a text into the outbox and nudge a worker.

    to               whose phone: a record that `HasPhone`
    cause            what it answers or belongs to; a second call with the same cause changes nothing
    consent_purpose  what the phone must have agreed to when the text leaves; "" for an answer

    Returns whether the text is new. Raises ValueError for a text that is empty or longer than
    gateways carry (`MOST_PARTS`), and for a record without a number.
    """
    text = nfc(text.replace("\0", "")).strip()
    coding, parts = segments.measure(text)
    if not text or parts > MOST_PARTS:
        raise ValueError(f"a text of {len(text)} characters, {parts} parts: cannot be sent")
    if not to.phone_sealed:
        raise ValueError("no number to send to")
    message = OutboundMessage(
        phone_sealed=to.phone_sealed,
        phone_index=to.phone_index,
        gateway=gateway,
        text=text,
        language=language,
        kind=kind,
        cause=cause,
        consent_purpose=consent_purpose,
        coding=coding,
        parts=parts,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if OutboundMessage.objects.filter(cause=cause).exists():
            return False
        raise
    _nudge(message.pk)
    return True


def send(message_id, adapter=None):
    """Send one text, if it is due and nobody else does. Returns its `State` then, None when not ours.

    Call it outside of a transaction: the claim has to be committed before the gateway is called.
    `adapter` is the gateway module to use; by default the one of the text's gateway.
    """
    message = _claim(message_id)
    if message is None:
        return None
    adapter = adapter or gateways.adapter_for(message.gateway)
    try:
        to = message.reveal_phone()
    except ValueError:
        result = Retry("number_cannot_be_opened")
    else:
        result = _call(adapter, message, to)
    _note(message, result)
    return State(OutboundMessage.objects.values_list("state", flat=True).get(pk=message.pk))


def _claim(message_id):
    """Return the claimed text, or None when it is not due, taken, or no longer wanted."""
    now = timezone.now()
    with transaction.atomic():
        if not OutboundMessage.objects.claim(message_id, now, now + LEASE):
            return None
        message = OutboundMessage.objects.select_related("gateway").get(pk=message_id)
        purpose = message.consent_purpose
        # Read here, not when the text was written: she may have left in between.
        if purpose and not consent.holds(message.phone_index, purpose):
            OutboundMessage.objects.filter(pk=message_id).rise(State.DROPPED, now, last_error="no_consent")
            return None
    return message


def _call(adapter, message, to):
    outgoing = Outgoing(
        uid=message.uid,
        sender=message.gateway.short_code,
        to=to,
        text=message.text,
        coding=message.coding,
    )
    try:
        return adapter.send(outgoing)
    except Exception as error:
        # An adapter's own mistake: bytes may have left before it.
        logger.error("text %s: %s", message.pk, quiet.describe(error))
        return Unknown(type(error).__name__)


def _note(message, result):
    """Write down what the gateway answered."""
    now = timezone.now()
    row = OutboundMessage.objects.filter(pk=message.pk)
    if isinstance(result, Accepted):
        row.update(sent_at=now, external_id=result.external_id)
        row.rise(State.DELIVERED if result.delivered else State.SENT, now, last_error="")
    elif isinstance(result, Retry) and message.attempts <= len(BACK_OFF):
        wait = timedelta(seconds=max(result.after, BACK_OFF[message.attempts - 1]))
        row.filter(state=State.SENDING, attempts=message.attempts).update(
            state=State.QUEUED,
            state_changed_at=now,
            lease_until=None,
            next_try_at=now + wait,
            last_error=result.code[:60],
        )
    elif isinstance(result, (Retry, Reject)):
        row.rise(State.FAILED, now, last_error=result.code[:60])
    else:
        row.rise(State.UNKNOWN, now, last_error=result.code[:60])
    for report in DeliveryReport.objects.filter(uid=message.uid, gateway=message.gateway):
        _apply(report)


def apply_report(*, gateway, uid, status, external_id="", raw_type=""):
    """Keep a delivery report and let it raise the state of its text. Returns whether it is new.

    A report on a text that we do not have is kept as well: it may overtake the text's own row.
    """
    report, is_new = DeliveryReport.objects.get_or_create(
        uid=uid,
        status=status,
        defaults={"gateway": gateway, "external_id": external_id, "raw_type": raw_type},
    )
    if is_new:
        _apply(report)
    return is_new


def _apply(report):
    state = State(report.status)
    row = OutboundMessage.objects.filter(uid=report.uid, gateway=report.gateway_id)
    rose = row.rise(state, report.at)
    row.filter(external_id="").update(external_id=report.external_id)
    row.filter(sent_at=None).update(sent_at=report.at)
    if not rose and row.exclude(state=state).filter(state__in=[State.DELIVERED, State.FAILED]).exists():
        logger.info("report %s: the text is in a final state already", report.pk)


def due(limit):
    """Return the ids of texts that may leave now, answers first, then in the order written."""
    return list(OutboundMessage.objects.due(timezone.now()).values_list("pk", flat=True)[:limit])


def give_up_lost():
    """Set texts whose worker died while sending to `unknown`; return how many there were."""
    now = timezone.now()
    lost = OutboundMessage.objects.filter(state=State.SENDING, lease_until__lt=now)
    return lost.rise(State.UNKNOWN, now, last_error="worker_lost")


def _nudge(message_id):
    from campaigns.sms import tasks

    nudge(tasks.deliver, message_id)
