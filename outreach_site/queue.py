"""The queue, asked nicely: it only nudges, and may lose what it is told."""

import logging

from django.db import transaction
from django_q.tasks import async_task

logger = logging.getLogger(__name__)


def nudge(task, row_id):
    """Ask a worker to run `task(row_id)` once the transaction is committed.

    A queue that is down must not undo what was stored: a sweep, or the next look, will find it.
    """
    transaction.on_commit(lambda: _enqueue(task, row_id))


def _enqueue(task, row_id):
    try:
        async_task(f"{task.__module__}.{task.__name__}", row_id)
    except Exception as error:
        # The class alone: a broker's message may hold its address and password.
        logger.warning("nudge %s %s lost: %s", task.__name__, row_id, type(error).__name__)
