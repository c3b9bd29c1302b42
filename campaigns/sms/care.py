"""What time does to texts that left: some are never reported on, some nobody knows about."""

import functools
import logging
import time
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.sms import alarms, decisions, sending, urgent
from campaigns.sms.conversation import joining, places
from campaigns.sms.models import Gateway, OutboundMessage

logger = logging.getLogger(__name__)

Kind = OutboundMessage.Kind
State = OutboundMessage.State

# How long operators go on trying to deliver; a report that comes later may still raise the state.
VALIDITY = timedelta(days=3)
BATCH = 500
# Gateways give up after ten seconds or so; somebody should know long before.
SLOW_SECONDS = 1
# Under a flood of slow calls one alarm a process says enough.
TELL_EVERY_SECONDS = 30
SLOW = gettext_noop("The site answers the gateway slowly. Texts may be lost if it gets worse.")
_told = {}


def look_after_texts():
    """Called by the sweep, every minute."""
    sending.give_up_lost()
    no_longer_expect_reports()
    decisions.send_answers_again()
    urgent.remind()
    places.fill_all()
    joining.forget_unconfirmed()
    alarms.close_unseen("slow_webhook")
    alarms.close_unseen("looping", timedelta(days=1))


def no_longer_expect_reports():
    """Set sent texts without a report after `VALIDITY` to `unconfirmed`; return how many."""
    now = timezone.now()
    silent = OutboundMessage.objects.filter(state=State.SENT, sent_at__lt=now - VALIDITY)
    ids = list(silent.order_by("sent_at").values_list("pk", flat=True)[:BATCH])
    return OutboundMessage.objects.filter(pk__in=ids).rise(State.UNCONFIRMED, now)


def watch_time(webhook):
    """Decorate the webhook: a call that was answered well, but late, raises an alarm about its gateway."""

    @functools.wraps(webhook)
    def watched(request, gateway_slug):
        started = time.monotonic()
        response = webhook(request, gateway_slug)
        spent = time.monotonic() - started
        if spent > SLOW_SECONDS and response.status_code < 300:
            note_slow_call(gateway_slug, spent)
        return response

    return watched


def note_slow_call(gateway_slug, seconds):
    """Raise the alarm about a call that took `seconds`, unless that was just done."""
    now = time.monotonic()
    if now - _told.get(gateway_slug, -TELL_EVERY_SECONDS) < TELL_EVERY_SECONDS:
        return
    _told[gateway_slug] = now
    logger.warning("the call of %s took %.1f s", gateway_slug, seconds)
    try:
        gateway = Gateway.objects.filter(slug=gateway_slug).first()
        alarms.raise_alarm("slow_webhook", gateway_slug, SLOW, gateway)
    except DatabaseError as error:
        # What the call brought is stored: the gateway must not be told anything else.
        logger.warning("alarm about %s not stored: %s", gateway_slug, type(error).__name__)
