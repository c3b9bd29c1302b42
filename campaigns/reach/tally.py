"""Counts on their way from a request to a row.

They are added in this process's memory and written every few seconds, after an answer has left: a
page out of the cache costs no query. At a crash the last seconds of counts are lost, and nothing else.
"""

import atexit
import logging
import threading
import time
from collections import Counter

from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.db.models import F
from django.utils import timezone

logger = logging.getLogger(__name__)

WRITE_EVERY_SECONDS = 5


class Tally:
    """Counts of one model, whose rows are a day, something by which days are told apart, and a `number`.

    by   the fields beside `day`, in the order in which `add` takes their values
    """

    def __init__(self, model, *by):
        self.model, self.fields = model, ("day", *by)
        self.lock = threading.Lock()
        self.waiting = Counter()
        self.written_at = time.monotonic()

    def add(self, *by):
        """Count one, today."""
        with self.lock:
            self.waiting[(timezone.localdate(), *by)] += 1

    def take(self):
        """Return what waits, and forget it: a Counter by (day, …)."""
        with self.lock:
            taken, self.waiting = self.waiting, Counter()
            self.written_at = time.monotonic()
        return taken

    def write(self):
        """Write what waits to the database; when that does not answer it waits on."""
        counts = self.take()
        try:
            for key, number in list(counts.items()):
                row, _is_new = self.model.objects.get_or_create(**dict(zip(self.fields, key, strict=True)))
                self.model.objects.filter(pk=row.pk).update(number=F("number") + number)
                del counts[key]
        except DatabaseError as error:
            logger.warning("%s wait: %s", self.model._meta.model_name, type(error).__name__)
            with self.lock:
                self.waiting.update(counts)

    def write_by_itself(self):
        """Have the counts written after answers and when the process ends."""
        # Both are methods of an object that lives as long as the process: no weak reference to them.
        request_finished.connect(
            self._write_when_due, weak=False, dispatch_uid=f"write-{self.model.__name__}"
        )
        atexit.register(self._write_at_exit)

    def _write_when_due(self, **_signal):
        if self.waiting and time.monotonic() - self.written_at >= WRITE_EVERY_SECONDS:
            self.write()

    def _write_at_exit(self):
        if self.waiting:
            self.write()
            close_old_connections()
