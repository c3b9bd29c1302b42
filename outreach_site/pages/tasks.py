"""Doorways from the queue: each takes an id, is safe to run twice and to lose."""

from outreach_site.pages import cache, pictures
from outreach_site.queue import nudge


def make_renditions(image_id):
    """Make the sizes in which a picture is shown; pages that waited for them are made anew."""
    pictures.make_renditions(image_id)
    cache.forget_pages()


def sweep_pictures():
    """Make what lost nudges left."""
    if pictures.sweep():
        cache.forget_pages()


def after_picture_saved(instance, raw=False, **_signal):
    if not raw:
        nudge(make_renditions, instance.pk)
