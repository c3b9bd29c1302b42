"""The sizes in which pictures are shown. They are made when a picture is uploaded, in the queue.

A reader's request never encodes a picture: until the small ones are there, the page shows none.
"""

import logging

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail.images import get_image_model
from wagtail.images.models import Filter

logger = logging.getLogger(__name__)

# For each preset the filters by width, smallest first, and how wide the picture is on the page.
PRESETS = {
    "wide": {"specs": ["width-360", "width-720"], "sizes": "(min-width: 45rem) 42rem, 100vw"},
    "card": {"specs": ["fill-360x202"], "sizes": "(min-width: 45rem) 20rem, 100vw"},
    "cover": {"specs": ["fill-240x320"], "sizes": "10rem"},
}
QUALITY = {"avif": "avifquality-45", "webp": "webpquality-68"}


def specs(preset):
    """Return {format: [filter spec]} of `preset`."""
    return {
        image_format: [f"{size}|format-{image_format}|{quality}" for size in PRESETS[preset]["specs"]]
        for image_format, quality in QUALITY.items()
    }


def make_renditions(image_id):
    """Make every size of a picture. Safe to run twice and to lose: what is there stays."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None or image.is_svg():
        return
    for preset in PRESETS:
        for filters in specs(preset).values():
            image.get_renditions(*(Filter(spec=spec) for spec in filters))


def markup(image, *, alt, preset, eager=False):
    """Return the <picture> of `image`, or "" while its sizes are not made yet. Costs at most one query."""
    wanted = specs(preset)
    ready = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    sources = {
        image_format: [ready[spec] for spec in filters if spec in ready]
        for image_format, filters in wanted.items()
    }
    if not sources["webp"]:
        return ""
    fallback = sources["webp"][0]
    lightest_first = sorted((item for item in sources.items() if item[1]), key=lambda item: item[0] != "avif")
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        format_html_join(
            "",
            '<source type="image/{}" srcset="{}" sizes="{}">',
            (
                (kind, ", ".join(f"{one.url} {one.width}w" for one in renditions), PRESETS[preset]["sizes"])
                for kind, renditions in lightest_first
            ),
        ),
        fallback.url,
        fallback.width,
        fallback.height,
        alt,
        "" if eager else mark_safe(' loading="lazy"'),
    )
