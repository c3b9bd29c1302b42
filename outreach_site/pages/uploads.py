"""An upload must be what its name says: the first bytes tell, then what follows them.

Pictures are opened by the image library itself; documents and recordings are only stored, so a
wrong one would go unnoticed until a reader taps it.
"""

import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outreach_site.pages import pdf, recordings

MAX_UNPACKED = 500 * 1024 * 1024

ZIP = (b"PK\x03\x04",)
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "ods": ZIP,
    "odp": ZIP,
    "epub": ZIP,
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "ogg": (b"OggS",),
    "opus": (b"OggS",),
    "webm": (b"\x1a\x45\xdf\xa3",),
}


def check(file, name):
    """Raise ValidationError unless the content of `file` (open, binary) fits the ending of `name`.

    Text (csv, txt) must be UTF-8 without NUL bytes; packed formats must open and may not unpack to
    more than 500 MB; a PDF must open without a password; the pieces of a recording must hang together.
    """
    ending = name.rsplit(".", 1)[-1].lower()
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start:
        raise ValidationError(_("The file “%(name)s” is empty.") % {"name": name})
    if not _fits(ending, start):
        raise ValidationError(
            _("“%(name)s” is not really a .%(ending)s file. Save it again in that format and try once more.")
            % {"name": name, "ending": ending}
        )
    if SIGNATURES.get(ending) is ZIP:
        _check_packed(file, name)
    elif ending == "pdf":
        _check_pdf(file, name)
    elif ending in recordings.CHECKS and not recordings.is_whole(file, ending):
        raise ValidationError(
            _("“%(name)s” is damaged or cut off, and would not play. Export it again and try once more.")
            % {"name": name}
        )


def _check_pdf(file, name):
    try:
        pdf.check(file)
    except pdf.Unreadable as error:
        raise ValidationError(
            _("“%(name)s” cannot be opened. %(reason)s") % {"name": name, "reason": error}
        ) from error


def _fits(ending, start):
    if ending in SIGNATURES:
        return start.startswith(SIGNATURES[ending])
    if ending in ("mp4", "m4a"):
        return start[4:8] == b"ftyp"
    if ending in ("csv", "txt"):
        # A letter may be cut at the end of what was read, hence not the last three bytes.
        return b"\0" not in start and _is_utf8(start[:-3] if len(start) == 4096 else start)
    return False


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 3
    return True


def _check_packed(file, name):
    try:
        with zipfile.ZipFile(file) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise ValidationError(_("“%(name)s” is damaged and cannot be opened.") % {"name": name}) from error
    finally:
        file.seek(0)
    if unpacked > MAX_UNPACKED:
        raise ValidationError(
            _("“%(name)s” unpacks to far too much. Please check the file.") % {"name": name}
        )
