"""wagtail-localize's long work in our queue: carried as names and ids, never as pickled objects."""

import json
import logging

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import import_string
from django_q.tasks import async_task
from wagtail_localize.components import BaseComponentManager
from wagtail_localize.tasks import BaseJobBackend

logger = logging.getLogger(__name__)
ALLOWED = "wagtail_localize."


class CannotCarry(TypeError):
    """A value that has no name or id by which a worker would find it."""


class QueueBackend(BaseJobBackend):
    """Hands a job to django-q2 once the transaction is committed; runs it at once when the queue is down."""

    def enqueue(self, func, args, kwargs):
        transaction.on_commit(lambda: _hand_over(func, args, kwargs))


def run(name, packed):
    """Doorway from the queue: run the function `name` with what `pack` made of its arguments."""
    if not name.startswith(ALLOWED):
        raise ValueError(name)
    args, kwargs = json.loads(packed)
    import_string(name)(*[_unpack(value) for value in args], **{key: _unpack(kwargs[key]) for key in kwargs})


def pack(args, kwargs):
    """Return the arguments as JSON: rows become model and id. Raises CannotCarry."""
    return json.dumps([[_pack(value) for value in args], {key: _pack(kwargs[key]) for key in kwargs}])


def _hand_over(func, args, kwargs):
    try:
        packed = pack(args, kwargs)
        async_task("outreach_site.translation.jobs.run", f"{func.__module__}.{func.__qualname__}", packed)
    except Exception as error:
        # The class alone: a broker's message may hold its address and password.
        logger.warning("job %s runs at once: %s", func.__qualname__, type(error).__name__)
        _run_here(func, args, kwargs)


def _run_here(func, args, kwargs):
    try:
        func(*args, **kwargs)
    except Exception:
        # What the person asked for first is done and committed; she can ask for the rest again.
        logger.exception("job %s failed", func.__qualname__)


def _pack(value):
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, models.Model):
        return {"row": [value._meta.label, value.pk]}
    if isinstance(value, BaseComponentManager) and not value.components:
        return None
    if isinstance(value, models.QuerySet | list | tuple | set):
        return {"list": [_pack(item) for item in value]}
    raise CannotCarry(type(value).__name__)


def _unpack(value):
    if isinstance(value, dict) and "row" in value:
        label, pk = value["row"]
        return apps.get_model(label)._base_manager.get(pk=pk)
    if isinstance(value, dict):
        return [_unpack(item) for item in value["list"]]
    return value
