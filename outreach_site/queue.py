"""The queue, asked nicely: it only nudges, and may lose what it is told."""

import logging
import time

from django.db import transaction
from django_q.tasks import async_task

logger = logging.getLogger(__name__)

# Nudges to the same work within this many seconds are one: see `nudge_soon`.
GATHER_SECONDS = 0.5
_nudged = {}


def nudge(task, row_id):
    """Ask a worker to run `task(row_id)` once the transaction is committed.

    A queue that is down must not undo what was stored: a sweep, or the next look, will find it.
    """
    transaction.on_commit(lambda: _enqueue(task, row_id))


def nudge_soon(task, key):
    """Say "there is work for `key`" once the transaction is committed, however many rows that is.

    A process says so twice a second at most. So `task(key)` has to go on looking for work until
    `GATHER_SECONDS` after it started: what is committed in that time is not announced again.
    """
    transaction.on_commit(lambda: _enqueue_once(task, key))


def forget_nudges():
    """Forget what was announced lately: the next `nudge_soon` announces again."""
    _nudged.clear()


def _enqueue_once(task, key):
    now = time.monotonic()
    if now - _nudged.get((task, key), -GATHER_SECONDS) < GATHER_SECONDS:
        return
    _nudged[task, key] = now
    if not _enqueue(task, key):
        _nudged.pop((task, key), None)


def _enqueue(task, row_id):
    try:
        async_task(f"{task.__module__}.{task.__name__}", row_id)
    except Exception as error:
        # The class alone: a broker's message may hold its address and password.
        logger.warning("nudge %s %s lost: %s", task.__name__, row_id, type(error).__name__)
        return False
    return True
