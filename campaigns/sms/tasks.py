"""The queue's doorway. Tasks carry ids, are safe to run twice and to lose; the rows decide."""

import time
from datetime import timedelta

from django.utils import timezone

from campaigns.sms import inbox, outbox
from campaigns.sms.models import InboundMessage

# What a sweep leaves to the nudges, the most it takes up on either side, and how long it takes for
# it: two sides and one gateway's slow answer fit into the 60 seconds of a task.
GRACE = timedelta(seconds=10)
BATCH = 500
SWEEP_SECONDS = 20


def process_inbound(message_id):
    """Nudge: do what one inbound text asks for."""
    inbox.process(message_id)


def deliver(message_id):
    """Nudge: send one queued text."""
    outbox.send(message_id)


def sweep():
    """Schedule, every minute: take up what lost nudges and dead workers left, oldest first.

    Texts out come first, and each side has its own time: a flood on one does not starve the other.
    """
    outbox.give_up_lost()
    _work_off(outbox.send, outbox.due(BATCH))
    ready = InboundMessage.objects.ready(timezone.now()).filter(received_at__lt=timezone.now() - GRACE)
    _work_off(inbox.process, list(ready.order_by("pk").values_list("pk", flat=True)[:BATCH]))


def _work_off(act, row_ids):
    stop_at = time.monotonic() + SWEEP_SECONDS
    for row_id in row_ids:
        if time.monotonic() > stop_at:
            return
        act(row_id)
