"""The ways to take a material, lightest first, each with its form and size before anything is loaded."""

from dataclasses import dataclass

from django.urls import reverse

from outreach_site import languages
from outreach_site.consent.rules import may_be_shown

# What a reader does with it; also the forms by which the library can be searched.
LISTEN, WATCH, LOOK, READ = "listen", "watch", "look", "download"


@dataclass(frozen=True)
class Offer:
    """One file as readers see it.

    verb      LISTEN, WATCH, LOOK or READ
    size      bytes; None when the file cannot be found
    language  code of the language in it, "" for none
    """

    file: object
    verb: str
    size: int | None

    @property
    def content(self):
        return self.file.content

    @property
    def language(self):
        return self.file.language

    @property
    def spoken(self):
        """The `Language` in it, None for none."""
        return languages.get(self.language) if self.language else None

    @property
    def ending(self):
        """ "PDF", "MP3": what the file's name ends with."""
        return self.content.file.name.rsplit(".", 1)[-1].upper()

    @property
    def url(self):
        """Where it is counted and then given out, in the reader's language."""
        return reverse("material_file", args=[self.file.pk]) if self.file.pk else self.content.file.url

    @property
    def duration(self):
        """ "2:05", or "" when nobody entered it."""
        seconds = round(getattr(self.content, "duration", 0) or 0)
        return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""


def of(files):
    """Return the `Offer`s of `MaterialFile`s, the smallest first; what cannot be found comes last."""
    given = [file for file in files if file.content and not is_withheld(file)]
    found = [Offer(file, verb(file), size(file.content)) for file in given]
    return sorted(found, key=lambda offer: (offer.size is None, offer.size or 0))


def is_withheld(file):
    """Return whether people are shown who have not agreed, or no more: then nobody gets the file."""
    shown = file.picture or (file.document and drawn_from(file.document))
    return bool(shown and not may_be_shown(shown))


def drawn_from(document):
    """Return the picture of the first page of a PDF: whoever may not be shown on it may not in the PDF."""
    cover = getattr(document, "pdf_cover", None)
    return cover and cover.picture


def verb(file):
    if file.recording:
        return WATCH if file.recording.type == "video" else LISTEN
    return LOOK if file.picture else READ


def size(content):
    """Return the bytes of an upload as noted when it was stored, else as the storage says; None if gone."""
    if content.file_size:
        return content.file_size
    try:
        return content.file.size
    except OSError:
        return None
