"""Doorways from the queue: each takes an id, is safe to run twice and to lose."""

import logging

from django.db import transaction
from django_q.tasks import async_task

from outreach_site.pages import cache, pictures

logger = logging.getLogger(__name__)


def nudge(function, *ids):
    """Ask the queue to run `function` ("package.module.name") with `ids` once this transaction holds.

    A queue that does not answer never breaks the caller: what has to be done is in our rows.
    """

    def ask():
        try:
            async_task(function, *ids)
        except Exception as error:  # a broker can fail in any way
            logger.warning("the queue took no nudge for %s: %s", function, type(error).__name__)

    transaction.on_commit(ask)


def make_renditions(image_id):
    """Make the sizes in which a picture is shown; pages that waited for them are made anew."""
    pictures.make_renditions(image_id)
    cache.forget_pages()


def after_picture_saved(instance, raw=False, **_signal):
    if not raw:
        nudge("outreach_site.pages.tasks.make_renditions", instance.pk)
