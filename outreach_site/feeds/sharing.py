"""The picture that goes along when a page is shared."""

from django.db.models import prefetch_related_objects

from outreach_site.pages import pictures


def share_rendition(image):
    """Return the `share` size of `image`, or None while it is not made yet or may not be shown.

    One query, which spares the page's own pictures theirs.
    """
    if image is None:
        return None
    prefetch_related_objects([image], "renditions")
    made = pictures.ready(image, "share")
    return next(iter(made.get("jpeg", ())), None)
