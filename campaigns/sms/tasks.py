"""The queue's doorway. Tasks carry ids, are safe to run twice and to lose; the rows decide."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from campaigns.sms import inbox, outbox, quiet
from campaigns.sms.models import InboundMessage

logger = logging.getLogger(__name__)

# What a sweep leaves to the nudges, the most it takes up on either side, and how long it takes for
# it: two sides and one gateway's slow answer fit into the 60 seconds of a task.
GRACE = timedelta(seconds=10)
BATCH = 500
SWEEP_SECONDS = 20


def nudge(task, row_id):
    """Ask a worker to run `task(row_id)` once the transaction is committed.

    A queue that is down must not undo what was stored: the sweep will find it.
    """
    transaction.on_commit(lambda: _enqueue(task, row_id))


def _enqueue(task, row_id):
    try:
        async_task(f"{task.__module__}.{task.__name__}", row_id)
    except Exception as error:
        logger.warning("nudge %s %s lost: %s", task.__name__, row_id, quiet.describe(error))


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
