"""Translations as PO files: what a translator takes away, and what happens to what she brings back.

read      an uploaded file → polib.POFile, or `Unreadable` with a sentence
preview   what taking the file would do; nothing is stored
take      store the good strings, if the translations are still those of the preview
"""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field

import polib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from outreach_site.translation import desk, paragraphs, protected
from outreach_site.translation.faults import faults, limit_of

# A page of 10,000 words is a tenth of it. The preview carries the file to its confirmation.
MOST_BYTES = 1024 * 1024
LINE = re.compile(r'(#.*)?|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"(\\.|[^"\\])*"')
OURS = "X-WagtailLocalize-TranslationID"


class Unreadable(ValidationError):
    """A file that cannot be taken at all; `messages` say why."""


class Changed(Exception):
    """The translations are no longer those of the preview."""


@dataclass(frozen=True)
class Change:
    """One string of the file that would change its translation. `reasons` say why it cannot be taken."""

    segment: StringSegment
    label: str
    source: str
    old: str
    new: str
    reasons: tuple = ()

    @property
    def difference(self):
        return paragraphs.marked(self.old, self.new)


@dataclass
class Preview:
    """What taking a file would do.

    changes    [Change] that can be taken; refused: [Change] that cannot
    unchanged  number of strings that are the same already
    empty      number of strings that the file leaves empty: their translations stay as they are
    fuzzy      source texts whose translation is marked as uncertain, and not taken
    strangers  texts that are not, or no longer, of this page
    mark       of the page's strings and their translations as they are now
    """

    changes: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    fuzzy: list = field(default_factory=list)
    strangers: list = field(default_factory=list)
    mark: str = ""


# --- out -----------------------------------------------------------------------------------
def name_for(record):
    """Return the name of the file: by page and language."""
    page = record.source.get_source_instance()
    return f"{page.slug}-{record.target_locale.language_code}.po"


def file_for(record):
    """Return the PO file of a translation: each string once, with its field, its limit and what stays as it is.

    What a machine wrote, and what is wrong, is marked as uncertain ("fuzzy"), for a person to go over.
    """
    po = polib.POFile(wrapwidth=100)
    page = record.source.get_source_instance()
    po.header = f"{page.title} → {record.target_locale.language_code}"
    po.metadata = {
        "Project-Id-Version": name_for(record),
        "POT-Creation-Date": timezone.localtime().strftime("%Y-%m-%d %H:%M%z"),
        "Language": record.target_locale.language_code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        OURS: str(record.uuid),
    }
    known, labels, kept = _known(record), _Limits(), protected.pattern()
    for place, segment in _segments(record).items():
        found = known.get(place)
        uncertain = found and (found.has_error or found.translation_type == "machine")
        path, text = place
        po.append(
            polib.POEntry(
                msgid=text,
                msgctxt=path,
                msgstr=found.data if found else "",
                comment=_comment(text, *labels.of(segment), kept),
                flags=["fuzzy"] if uncertain else [],
            )
        )
    return po


def archive(records):
    """Return the bytes of a ZIP with the PO file of each of `records`."""
    packed, names = io.BytesIO(), set()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for record in records:
            name = name_for(record)
            if name in names:
                name = f"{record.pk}-{name}"
            names.add(name)
            files.writestr(name, str(file_for(record)))
    return packed.getvalue()


def _comment(text, limit, label, kept):
    lines = [str(label)] if label else []
    if limit:
        lines.append(
            ngettext("At most %(limit)d character.", "At most %(limit)d characters.", limit)
            % {"limit": limit}
        )
    keep = [*dict.fromkeys(kept.findall(text)), *(f'<a id="{name}">' for name in _anchors(text))]
    if keep:
        lines.append(_("Keep as it is: %(parts)s") % {"parts": ", ".join(keep)})
    return "\n".join(lines)


def _anchors(text):
    from wagtail_localize.strings import extract_ids

    return sorted(extract_ids(text))


# --- in ------------------------------------------------------------------------------------
def read(upload):
    """Return the POFile in an uploaded file. Raises Unreadable."""
    if upload is None:
        raise Unreadable(_("Choose the PO file first."))
    if upload.size > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than 1 MB. The PO file of one page is much smaller: is it the right one?")
        )
    return parse(_text(upload.read()))


def _text(content):
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_("The file is not in UTF-8. Save it as UTF-8 in your program and upload it again."))
    if b"\0" in content or content.startswith(
        (b"PK\x03\x04", b"\x89PNG", b"%PDF", b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")
    ):
        raise Unreadable(
            _("This is not a PO file but a file of another kind. Download the PO file here and fill it in.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            _("The file is not in UTF-8. Save it as UTF-8 in your program and upload it again.")
        ) from None


def parse(text):
    """Return the POFile that `text` is. Raises Unreadable."""
    # polib takes a text without a line break for the name of a file on our disk.
    text = text.replace("\r\n", "\n").replace("\r", "\n") + "\n"
    for number, line in enumerate(text.split("\n"), 1):
        # polib passes over a line with an open quotation mark as if it were not there.
        if not LINE.fullmatch(line.strip()):
            raise Unreadable(_broken(number))
    try:
        po = polib.pofile(text, encoding="utf-8", check_for_duplicates=True)
    except Exception as error:
        # polib has no exception of its own, and fails in many ways on what is no PO file.
        line = re.search(r"line (\d+)", str(error))
        raise Unreadable(_broken(line and line[1])) from None
    if not len(po) and not po.metadata:
        raise Unreadable(_broken())
    return po


def _broken(line=None):
    if line:
        return _(
            "The file is not a PO file, or it is broken near line %(line)s. "
            "Open it in a program for PO files and save it again."
        ) % {"line": line}
    return _("The file is not a PO file, or it is broken. Download it here, fill it in, and upload it again.")


def of_this(po, record, user):
    """Raise Unreadable, with what the file is of, unless `po` is of this translation."""
    named = po.metadata.get(OURS, "")
    if named == str(record.uuid):
        return
    if not named:
        raise Unreadable(
            _(
                "The file does not say which page it is of. Download the file of this page here and fill that in."
            )
        )
    page = record.source.get_source_instance()
    here = {"page": page.title, "language": desk.language_name(record.target_locale)}
    other = _named(named, user)
    if other is None:
        raise Unreadable(
            _("This file is of another page, not of “%(page)s” in %(language)s. Nothing of it was taken.")
            % here
        )
    there = {
        "other": other.source.get_source_instance().title,
        "its": desk.language_name(other.target_locale),
    }
    raise Unreadable(
        _(
            "This file is of “%(other)s” in %(its)s, not of “%(page)s” in %(language)s. Nothing of it was taken."
        )
        % {**here, **there}
    )


def _named(uuid, user):
    """Return the Translation with this id, if `user` may know of it."""
    try:
        found = Translation.objects.filter(uuid=uuid).select_related("source", "target_locale").first()
    except (ValidationError, ValueError):
        return None
    if found and desk.versions_for(user).filter(translation_key=found.source.object_id).exists():
        return found
    return None


def preview(record, po):
    """Return the `Preview` of what taking `po` would do to the translation `record`."""
    segments, known, limits = _segments(record), _known(record), _Limits()
    words, seen = protected.demanded(), Preview(mark=mark_of(record))
    for entry in po:
        if entry.obsolete:
            continue
        place = (entry.msgctxt or "", entry.msgid)
        segment, now = segments.get(place), known.get(place)
        if segment is None:
            seen.strangers.append(entry.msgid)
        elif not entry.msgstr:
            seen.empty += 1
        elif entry.fuzzy:
            seen.fuzzy.append(entry.msgid)
        elif now and now.data == entry.msgstr and not now.has_error:
            seen.unchanged += 1
        else:
            limit, label = limits.of(segment)
            reasons = tuple(faults(entry.msgid, entry.msgstr, limit, label, words=words))
            change = Change(segment, label, entry.msgid, now.data if now else "", entry.msgstr, reasons)
            (seen.refused if reasons else seen.changes).append(change)
    return seen


@transaction.atomic
def take(record, po, mark, user):
    """Store the good strings of `po` as typing does; returns the `Preview` of what was stored.

    Raises Changed when the page's strings or translations are not those with this `mark`.
    """
    Translation.objects.select_for_update().get(pk=record.pk)
    seen = preview(record, po)
    if seen.mark != mark:
        raise Changed
    for change in seen.changes:
        StringTranslation.objects.update_or_create(
            translation_of_id=change.segment.string_id,
            context_id=change.segment.context_id,
            locale_id=record.target_locale_id,
            defaults={
                "data": change.new,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "PO",
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
    if seen.changes:
        data = {"language": record.target_locale.language_code, "count": len(seen.changes)}
        log(instance=record.get_target_instance(), action="translation.po_file", user=user, data=data)
    return seen


def mark_of(record):
    """Return a mark of a page's strings and their translations as they are now."""
    known = _known(record)
    facts = [
        [path, text, (now := known.get((path, text))) and now.data, bool(now and now.has_error)]
        for path, text in sorted(_segments(record))
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _segments(record):
    """Return {(path, text): StringSegment} in the order of the page; a text that stands twice stands once."""
    rows = (
        StringSegment.objects.filter(source=record.source)
        .select_related("string", "context__object")
        .order_by("order")
    )
    found = {}
    for segment in rows:
        found.setdefault((segment.context.path, segment.string.data), segment)
    return found


def _known(record):
    """Return {(path, text): StringTranslation} of all that is translated of the page."""
    rows = StringTranslation.objects.filter(
        context__object_id=record.source.object_id, locale_id=record.target_locale_id
    ).select_related("translation_of", "context")
    return {(row.context.path, row.translation_of.data): row for row in rows}


class _Limits:
    """(most characters, label) of segments, asked once a field."""

    def __init__(self):
        self.known = {}

    def of(self, segment):
        path = segment.context.field_path or segment.context.path
        if path not in self.known:
            self.known[path] = limit_of(segment.context)
        return self.known[path]
