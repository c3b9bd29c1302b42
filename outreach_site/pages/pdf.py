"""PDFs: can they be opened, and what does the first page look like."""

import threading
from contextlib import contextmanager

import pypdfium2
from django.utils.translation import gettext

# Pixels: as wide as a cover is ever shown on a wide, sharp screen; long sheets are kept within bounds.
COVER_WIDTH = 960
MOST_HEIGHT = 2400

# The library behind it is not made for threads.
_one_at_a_time = threading.Lock()


class Unreadable(Exception):
    """The PDF cannot be opened; the message says why, in the reader's language."""


def check(file):
    """Raise Unreadable unless `file` (open, binary) is a PDF with a page that opens without a password."""
    with _one_at_a_time, _opened(file):
        pass


def first_page(file):
    """Return the first page of `file` as a Pillow image, about 960 pixels wide. Raises Unreadable."""
    with _one_at_a_time, _opened(file) as document:
        try:
            page = document[0]
            width, height = page.get_size()
            scale = min(COVER_WIDTH / width, MOST_HEIGHT / height)
            return page.render(scale=scale).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as error:
            raise Unreadable(gettext("Its first page is damaged.")) from error


@contextmanager
def _opened(file):
    """Give the document in `file` (open, binary), which has a page at least; `file` is at its start afterwards."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable(
                gettext("It is locked with a password. Save it without one and try again.")
            ) from error
        raise Unreadable(gettext("It is damaged. Save it again as PDF and try once more.")) from error
    try:
        yield document
    finally:
        document.close()
