"""The sizes in which pictures are shown. They are made when a picture is uploaded, in the queue.

A reader's request never encodes a picture: until the small ones are there, the page shows none. A sweep
makes what a lost nudge left. AVIF is kept only where it is smaller than WebP; a JPEG is the last resort
of old browsers; whatever is heavier than a picture may be is encoded again, coarser.
"""

import logging
from io import BytesIO

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django_q.models import Schedule
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from outreach_site.consent import rules

logger = logging.getLogger(__name__)

# For each preset the filters by width, smallest first, and how wide the picture is on the page.
PRESETS = {
    "wide": {"specs": ["width-360", "width-720"], "sizes": "(min-width: 45rem) 42rem, 100vw"},
    "card": {"specs": ["fill-360x202"], "sizes": "(min-width: 45rem) 20rem, 100vw"},
    "share": {"specs": ["fill-1200x630"], "sizes": "100vw"},
    "cover": {"specs": ["fill-240x320"], "sizes": "10rem"},
}
QUALITY = {"avif": "avifquality-45", "webp": "webpquality-68"}
FALLBACK_QUALITY = "jpegquality-70"
MOST_BYTES = 60 * 1024
COARSER = (50, 35, 20)
# A picture that cannot be read fails each time; after this many tries it is left to people.
MOST_TRIES = 5
SWEEP_AT_ONCE = 100


def specs(preset):
    """Return {format: [filter spec]} of `preset`."""
    return {
        image_format: [f"{size}|format-{image_format}|{quality}" for size in PRESETS[preset]["specs"]]
        for image_format, quality in QUALITY.items()
    }


def fallback_spec(preset):
    """Return the filter spec of the one JPEG of `preset`, for browsers that know nothing newer."""
    return f"{PRESETS[preset]['specs'][0]}|format-jpeg|{FALLBACK_QUALITY}|bgcolor-fff"


def make_renditions(image_id):
    """Make every size of a picture. Safe to run twice and to lose: what is there stays.

    A picture of people without a valid consent has no sizes: those that it had are removed.
    """
    Picture = get_image_model()
    image = Picture.objects.select_related("consent").filter(pk=image_id).first()
    if image is None or image.is_svg() or image.withheld:
        return
    if rules.problem_with(image):
        image.renditions.all().delete()
        return
    Picture.objects.filter(pk=image_id).update(sizes_tries=F("sizes_tries") + 1)
    for preset in PRESETS:
        image.get_rendition(Filter(spec=fallback_spec(preset)))
        for avif, webp in zip(*specs(preset).values(), strict=True):
            _make_pair(image, avif, webp)
    Picture.objects.filter(pk=image_id).update(sizes_made_of=image.file.name, sizes_tries=0)
    # Encoding takes seconds, in which consent may have been withdrawn.
    if rules.problem_with(Picture.objects.select_related("consent").get(pk=image_id)):
        image.renditions.all().delete()


def _make_pair(image, avif, webp):
    made = {spec: image.get_rendition(Filter(spec=spec)) for spec in (avif, webp)}
    for rendition in made.values():
        if rendition.file.size > MOST_BYTES:
            _make_coarser(image, rendition)
    if made[avif].file.size >= made[webp].file.size:
        made[avif].delete()


def _make_coarser(image, rendition):
    """Encode `rendition` again from the original until it is light enough, or as coarse as is bearable."""
    name, quality = rendition.filter_spec.rsplit("-", 1)
    for coarser in COARSER:
        if coarser >= int(quality):
            continue
        content = Filter(spec=f"{name}-{coarser}").run(image, BytesIO()).f.getvalue()
        if len(content) <= MOST_BYTES or coarser == COARSER[-1]:
            break
    storage, old = rendition.file.storage, rendition.file.name
    rendition.file.name = storage.save(old, ContentFile(content))
    type(rendition).objects.filter(pk=rendition.pk).update(file=rendition.file.name)
    storage.delete(old)
    rendition.purge_from_cache()


def sweep():
    """Make the sizes of pictures whose nudge was lost; return how many it tried. Safe to run at any time."""
    Picture = get_image_model()
    waiting = Picture.objects.exclude(sizes_made_of=F("file")).filter(sizes_tries__lt=MOST_TRIES, withheld="")
    waiting = list(waiting.order_by("pk").values_list("pk", flat=True)[:SWEEP_AT_ONCE])
    for pk in waiting:
        try:
            make_renditions(pk)
        except Exception as error:
            logger.warning("sizes of picture %s not made: %s", pk, type(error).__name__)
    return len(waiting)


def ensure_schedules(**_signal):
    """Look every ten minutes which pictures wait. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="pictures: sizes",
        defaults={
            "func": "outreach_site.pages.tasks.sweep_pictures",
            "schedule_type": Schedule.MINUTES,
            "minutes": 10,
        },
    )


def ready(image, preset):
    """Return {"avif": [rendition], "webp": [rendition], "jpeg": [rendition]} of what readers may get now.

    Empty while the sizes are not made, and for people who did not agree. At most one query.
    """
    if not rules.may_be_shown(image):
        return {}
    there = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    wanted = specs(preset) | {"jpeg": [fallback_spec(preset)]}
    found = {kind: [there[spec] for spec in filters if spec in there] for kind, filters in wanted.items()}
    return found if found["webp"] else {}


def markup(image, *, alt, preset, eager=False):
    """Return the <picture> of `image`, or "" while its sizes are not made yet. Costs at most one query."""
    found = ready(image, preset)
    if not found:
        return ""
    fallback = (found["jpeg"] or found["webp"])[0]
    # All or none: with a single size in AVIF a browser would never look at the others.
    complete = len(found["avif"]) == len(found["webp"])
    kinds = ("avif", "webp") if complete else ("webp",)
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        format_html_join(
            "",
            '<source type="image/{}" srcset="{}" sizes="{}">',
            (
                (kind, ", ".join(f"{one.url} {one.width}w" for one in found[kind]), PRESETS[preset]["sizes"])
                for kind in kinds
            ),
        ),
        fallback.url,
        fallback.width,
        fallback.height,
        alt,
        "" if eager else mark_safe(' loading="lazy"'),
    )
