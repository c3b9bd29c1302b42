"""The sizes in which pictures are shown. They are made when a picture is uploaded, in the queue.

A reader's request never encodes a picture: until the small ones are there, the page shows none. A sweep
makes what a lost nudge left. AVIF is kept only where it is smaller than WebP; a JPEG is the last resort
of old browsers, and all that programs get which show shared links. Whatever is heavier than a picture may
be is encoded coarser, down to a floor at which letters in it can still be read, then made smaller.

Each picture is opened once, and drawn once for each size: the formats of a size differ in encoding alone.
"""

import logging
from dataclasses import dataclass
from io import BytesIO

from django.db.models import F
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django_q.models import Schedule
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from outreach_site.consent import rules

logger = logging.getLogger(__name__)

# For each preset the filters by width, smallest first, and how wide the picture is on the page. Without a
# width it is on no page.
PRESETS = {
    "wide": {"specs": ["width-360", "width-720"], "sizes": "(min-width: 45rem) 42rem, 100vw"},
    "card": {"specs": ["fill-360x202"], "sizes": "(min-width: 45rem) 20rem, 100vw"},
    "share": {"specs": ["fill-1200x630"], "sizes": None},
    "cover": {"specs": ["fill-240x320"], "sizes": "10rem"},
}
QUALITY = {"avif": "avifquality-45", "webp": "webpquality-68"}
FALLBACK_QUALITY = "jpegquality-70"
MOST_BYTES = 60 * 1024
# What is tried when that is too heavy. Below the last step a small sharp picture says more than a large one.
COARSER = {"avif": (35, 25), "webp": (50, 35), "jpeg": (55, 40)}
SMALLER = 0.75
# AVIF at 7 takes half the time of its default, 6, for 1 to 5 % more bytes; at 8 both bytes and looks suffer.
OPTIONS = {"avif": {"speed": 7}, "webp": {"method": 4}, "jpeg": {"optimize": True, "progressive": True}}
# A picture that cannot be read fails each time; after this many tries it is left to people.
MOST_TRIES = 5
SWEEP_AT_ONCE = 100


def specs(preset):
    """Return {format: [filter spec]} of `preset` for a page; empty for what stands on none."""
    if PRESETS[preset]["sizes"] is None:
        return {}
    return {
        image_format: [f"{size}|format-{image_format}|{quality}" for size in PRESETS[preset]["specs"]]
        for image_format, quality in QUALITY.items()
    }


def fallback_spec(preset):
    """Return the filter spec of the one JPEG of `preset`, for programs that know nothing newer."""
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
    _make_missing(image)
    Picture.objects.filter(pk=image_id).update(sizes_made_of=image.file.name, sizes_tries=0)
    # Encoding takes seconds, in which consent may have been withdrawn.
    if rules.problem_with(Picture.objects.select_related("consent").get(pk=image_id)):
        image.renditions.all().delete()


def _make_missing(image):
    """Make the sizes of `image` that are not there. Where there is a WebP, AVIF has had its chance."""
    there = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    missing = {}
    for preset in PRESETS:
        pairs = list(zip(*specs(preset).values(), strict=True))
        for group in [(fallback_spec(preset),), *pairs]:
            wanted = Filter(spec=group[-1])
            if (wanted.spec, wanted.get_cache_key(image)) not in there:
                missing.setdefault(group[-1].split("|")[0], []).append(group)
    if not missing:
        return
    original = _opened(image)
    for size, groups in missing.items():
        drawn = _drawn(image, original, size)
        for group in groups:
            _keep_lightest(image, drawn, group)


def _opened(image):
    """Return the stored picture decoded, upright, in a mode that can be scaled and encoded."""
    with image.get_willow_image() as file:
        upright = file.auto_orient()
        if upright.image.mode == "CMYK":
            upright = upright.transform_colorspace_to_srgb()
        picture = upright.image
        if picture.mode not in ("L", "RGB", "RGBA"):
            picture = picture.convert("RGBA" if upright.has_alpha() else "RGB")
        picture.load()
        return picture


def _drawn(image, original, size):
    """Return `original` cut and scaled as the filter `size` ("width-360") has it."""
    transform = Filter(spec=size).get_transform(image, original.size)
    left, top, right, bottom = transform.get_rect().round()
    box = (max(0, left), max(0, top), min(original.width, right), min(original.height, bottom))
    # In two steps, the first one coarse: nobody sees the difference, and it takes half the time.
    return original.resize(tuple(map(int, transform.size)), Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def _keep_lightest(image, drawn, group):
    """Store the picture in the formats of `group`, [AVIF and] the one that everybody gets last."""
    *newer, usual = [Encoded(spec=spec, drawn=drawn) for spec in group]
    for encoded in newer:
        if len(encoded.content) < len(usual.content):
            image.get_rendition(encoded)
    image.get_rendition(usual)


class Encoded(Filter):
    """The filter `spec` of a picture that is drawn already: as fine as it can be and light enough."""

    def __init__(self, *, spec, drawn):
        super().__init__(spec=spec)
        form, quality = spec.split("|")[1:3]
        self.format_name = form.removeprefix("format-")
        self.content = light(drawn, self.format_name, int(quality.rsplit("-", 1)[1]))

    def run(self, image, output, source=None):
        output.write(self.content)
        return Made(output, self.format_name)


@dataclass(frozen=True)
class Made:
    """A file in a format, as Wagtail stores it."""

    f: object
    format_name: str


def light(picture, kind, quality):
    """Return `picture` as "avif", "webp" or "jpeg" of at most MOST_BYTES, in `quality` where that is enough."""
    for tried in (quality, *(coarser for coarser in COARSER[kind] if coarser < quality)):
        content = _encode(picture, kind, tried)
        if len(content) <= MOST_BYTES:
            return content
    while len(content) > MOST_BYTES:
        size = [max(1, round(side * SMALLER)) for side in picture.size]
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        content = _encode(picture, kind, tried)
    return content


def _encode(picture, kind, quality):
    profile, content = picture.info.get("icc_profile"), BytesIO()
    if kind == "jpeg" and picture.mode == "RGBA":
        on_white = Image.new("RGB", picture.size, "white")
        on_white.paste(picture, mask=picture)
        picture = on_white
    picture.save(content, kind, quality=quality, icc_profile=profile, exif=b"", **OPTIONS[kind])
    return content.getvalue()


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
    return found if found["webp" if "webp" in wanted else "jpeg"] else {}


def still_url(recording):
    """Return the address of the picture that stands for a film, "" where there is none to show."""
    found = ready(recording.still, "wide") if recording.still else {}
    return found["webp"][-1].url if found else ""


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
