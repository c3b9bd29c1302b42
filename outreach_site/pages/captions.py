"""Captions of a film (WebVTT): every mistake is named with its line, before a reader misses a word."""

import mimetypes
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

mimetypes.add_type("text/vtt", ".vtt")

MOST_BYTES = 1024 * 1024
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")


def check(file, name):
    """Raise ValidationError unless `file` (open, binary) holds WebVTT captions."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    file.seek(0)
    if not name.lower().endswith(".vtt") or len(content) > MOST_BYTES:
        raise ValidationError(_("Captions are a .vtt file (WebVTT) of 1 MB at most."))
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("“%(name)s” is not in UTF-8. Save it again as UTF-8.") % {"name": name}
        ) from error
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise ValidationError(
            _("“%(name)s” is no WebVTT file: its first line must be WEBVTT.") % {"name": name}
        )
    if not _check_cues(lines):
        raise ValidationError(_("“%(name)s” has no captions in it.") % {"name": name})


def _check_cues(lines):
    """Return the number of cues. Raises ValidationError at the first that is wrong."""
    cues, latest = 0, 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        found = TIMING.fullmatch(line.strip())
        if not found:
            raise ValidationError(
                _("Line %(number)s: write the time as 00:01.000 --> 00:04.000.") % {"number": number}
            )
        starts, ends = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
        if ends <= starts:
            raise ValidationError(
                _("Line %(number)s: the caption ends before it begins.") % {"number": number}
            )
        if starts < latest:
            raise ValidationError(
                _("Line %(number)s: the caption begins before the one above it.") % {"number": number}
            )
        cues, latest = cues + 1, starts
    return cues


def _milliseconds(hours, minutes, seconds, thousandths):
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)
