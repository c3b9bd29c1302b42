"""A picture as it is kept after upload: no larger than any use of it needs, and silent about its maker.

A camera writes into its files where a picture was taken, when, and with which phone. All of that is
taken out before the file is stored, because the stored file has a public address.
"""

from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MOST_SIDE = 2400
MOST_BYTES = 2_500_000
QUALITY = {"JPEG": 88, "WEBP": 85, "AVIF": 70}
# What may tell of a person or a place; a colour profile may not, and stays.
TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")


def tidy(file):
    """Return `file` (open, binary, with a name) as a picture to keep: turned upright, at most 2,400 pixels
    a side, without what the camera wrote into it. Returns None when it is fine as it is.

    Animations, and pictures of more pixels than the site opens, are left as they are.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            return _tidied(picture, file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # The upload form says what is wrong with it, in better words.
        return None
    finally:
        file.seek(0)


def _tidied(picture, file):
    kind = picture.format
    too_many = picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if kind not in ("JPEG", "PNG", "WEBP", "AVIF") or getattr(picture, "is_animated", False) or too_many:
        return None
    too_large = max(picture.size) > MOST_SIDE
    too_heavy = kind != "PNG" and file.size > MOST_BYTES
    if not (too_large or too_heavy or picture.getexif() or any(picture.info.get(key) for key in TELLING)):
        return None
    profile = picture.info.get("icc_profile")
    if too_large:
        # A JPEG decoder can leave out pixels that nobody will see: several times faster.
        picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
        # As sharp as the default at this little scaling, in two thirds of its time.
        picture.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.HAMMING)
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in ("RGB", "L"):
        upright, profile = upright.convert("RGB"), None
    upright.info.clear()
    content = BytesIO()
    options = {"quality": QUALITY[kind]} if kind in QUALITY else {"optimize": False}
    upright.save(content, kind, icc_profile=profile, exif=b"", **options)
    return ContentFile(content.getvalue(), name=file.name)
