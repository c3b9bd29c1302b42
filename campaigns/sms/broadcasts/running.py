"""From the confirmation of a broadcast to its end.

Everything that changes a broadcast holds its row. So a pause that comes while rows are written comes
before or after a part of them, never between, and two workers write one after the other.
"""

import time
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.sms import alarms, caps, outbox
from campaigns.sms.broadcasts import audience, forecast
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.models import OutboundMessage
from outreach_site.queue import GATHER_SECONDS, nudge_soon

State, Stop = Broadcast.State, Broadcast.Stop
OUT = OutboundMessage.State

# Rows that are written at once: in one transaction, and in memory.
PART = 500
# How many more people than were confirmed are nobody's surprise.
GROWTH, GROWTH_LEAST = 0.1, 10
# Under way: of these texts something may still become by itself.
LEAVING = (OUT.HELD, OUT.QUEUED, OUT.SENDING)
TURN_SECONDS = 8

STOPPED = gettext_noop("A broadcast has stopped by itself. Look at why, and decide.")


class Refused(Exception):
    """It was not confirmed: `reason` is one of "changed", "taken", "unfit", "grew"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


# --- confirming ----------------------------------------------------------------------------
@transaction.atomic
def confirm(pk, *, token, people, by):
    """Have a draft sent, once. `token` and `people` are what `by` saw in the preview.

    Raises Refused: "taken" when somebody confirmed it already, "changed" when it is another draft
    now, "grew" when it would go to many more people now, "unfit" when something stands against it.
    """
    broadcast = _locked(pk)
    if not broadcast.is_draft:
        raise Refused("taken")
    if str(broadcast.token) != str(token):
        raise Refused("changed")
    found = forecast.of(broadcast)
    if found.problems:
        raise Refused("unfit")
    if _grew(people, found.people):
        raise Refused("grew")
    broadcast.state, broadcast.confirmed_by = State.WAITING, by
    broadcast.confirmed_at, broadcast.confirmed_people = timezone.now(), found.people
    # What was looked at is used up: a second click finds another token.
    broadcast.token = uuid.uuid4()
    broadcast.save()
    nudge_broadcasts()


def _grew(before, now):
    return now > before + max(before * GROWTH, GROWTH_LEAST)


def _locked(pk):
    return Broadcast.objects.select_for_update().get(pk=pk)


# --- writing the rows ----------------------------------------------------------------------
def nudge_broadcasts():
    """Say that there is a broadcast to look after."""
    from campaigns.sms import tasks

    nudge_soon(tasks.run_broadcasts, 0)


def run(seconds=TURN_SECONDS, linger=0):
    """Do what is due about broadcasts, for at most `seconds`. Returns whether rows are left to write."""
    started = time.monotonic()
    while (spent := time.monotonic() - started) < seconds:
        ids = list(Broadcast.objects.to_do(timezone.now()).values_list("pk", flat=True))
        # Each of them gets its turn.
        if sum(advance(pk) for pk in ids):
            continue
        if spent >= linger:
            return False
        time.sleep(min(0.1, GATHER_SECONDS))
    return True


@transaction.atomic
def advance(pk):
    """Begin a broadcast, write its next rows, or close it. Returns whether rows are left to write."""
    broadcast = _locked(pk)
    if broadcast.paused_at:
        return False
    if broadcast.state == State.WAITING:
        return _begin(broadcast)
    if broadcast.state == State.WRITING:
        return _write(broadcast)
    if broadcast.state == State.SENDING and not broadcast.messages.filter(state__in=LEAVING).exists():
        _change(broadcast, state=State.DONE, finished_at=timezone.now())
    return False


def _begin(broadcast):
    now = timezone.now()
    if broadcast.send_at and broadcast.send_at > now:
        return False
    if broadcast.send_at and now >= broadcast.too_late_after:
        _stop(broadcast, Stop.TOO_LATE)
        return False
    found = forecast.of(broadcast, now=broadcast.send_at)
    if found.problems:
        _stop(broadcast, Stop.UNFIT)
        return False
    if _grew(broadcast.confirmed_people, found.people):
        _stop(broadcast, Stop.GREW)
        return False
    hold = caps.hold_if_above(
        broadcast.campaign,
        broadcast.gateway,
        texts=found.people,
        parts=found.parts,
        cost=found.cost,
        author=broadcast.confirmed_by,
    )
    _change(broadcast, state=State.WRITING, started_at=now, hold=hold, stop_reason="")
    return True


def _stop(broadcast, reason):
    """Let a broadcast wait for a person, who finds the reason with it."""
    _change(broadcast, paused_at=timezone.now(), stop_reason=reason)
    alarms.raise_alarm("broadcast", str(broadcast.pk), STOPPED, broadcast.gateway)


def _write(broadcast):
    sign_ups = audience.reachable(audience.of(broadcast)).filter(pk__gt=broadcast.written_to)
    part = list(sign_ups.select_related("member")[:PART])
    if not part:
        _change(broadcast, state=State.SENDING)
        return False
    texts = forecast.as_sent(broadcast)
    drafts = [
        _draft(broadcast, sign_up, language)
        for sign_up in part
        if (language := forecast.language_of_text(sign_up.member.language, broadcast, texts))
    ]
    number = outbox.queue_part(drafts, hold=broadcast.hold)
    Broadcast.objects.filter(pk=broadcast.pk).update(written_to=part[-1].pk, written=F("written") + number)
    return True


def _draft(broadcast, sign_up, language):
    return {
        "to": sign_up.member,
        "gateway": broadcast.gateway,
        "text": broadcast.texts_by_language()[language],
        "language": language,
        "kind": outbox.Kind.BROADCAST,
        "cause": f"broadcast:{broadcast.pk}:{sign_up.pk}",
        "consent_purpose": broadcast.campaign.consent_key,
        "message_class": broadcast.message_class,
        "campaign": broadcast.campaign,
        "expires_at": broadcast.too_late_after,
        "author": broadcast.confirmed_by,
        "broadcast": broadcast,
        "area": sign_up.area,
    }


def _change(broadcast, **facts):
    for name, value in facts.items():
        setattr(broadcast, name, value)
    broadcast.save(update_fields=facts)


# --- stopping ------------------------------------------------------------------------------
@transaction.atomic
def pause(pk, *, by):
    """Let what has not left wait. Returns how many texts that is; None when there is nothing to pause."""
    broadcast = _locked(pk)
    if broadcast.is_draft or broadcast.is_over or broadcast.paused_at:
        return None
    _change(broadcast, paused_at=timezone.now(), stopped_by=by)
    return outbox.hold(broadcast.messages.all())


@transaction.atomic
def resume(pk, *, by):
    """Go on where it was paused. Returns how many texts may leave again; None when it was not paused.

    One that stopped because it grew is taken as confirmed, with as many people as there are now.
    Raises Refused("unfit") when it has not begun and something stands against it.
    """
    broadcast = _locked(pk)
    if broadcast.is_over or broadcast.paused_at is None:
        return None
    if broadcast.state == State.WAITING:
        found = forecast.of(broadcast, now=broadcast.send_at)
        if found.problems or broadcast.too_late_after <= timezone.now():
            raise Refused("unfit")
        broadcast.confirmed_people = max(broadcast.confirmed_people, found.people)
    _change(
        broadcast, paused_at=None, stop_reason="", stopped_by=by, confirmed_people=broadcast.confirmed_people
    )
    alarms.close("broadcast", str(broadcast.pk), by=by)
    nudge_broadcasts()
    return outbox.let_go(broadcast.messages.all())


@transaction.atomic
def cancel(pk, *, by):
    """End it here: what has not left never leaves. Returns how many texts that is; None when it was over."""
    broadcast = _locked(pk)
    if broadcast.is_draft or broadcast.is_over:
        return None
    now = timezone.now()
    _change(broadcast, state=State.CANCELLED, stopped_by=by, finished_at=now, paused_at=None)
    alarms.close("broadcast", str(broadcast.pk), by=by)
    number = outbox.cancel(broadcast.messages.all())
    if broadcast.hold:
        caps.decide(broadcast.hold_id, caps.Hold.Decision.CANCELLED, by=by)
    return number
