"""A page as the strings that are translated, and what changed between two states of it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass
class Paragraph:
    """One string of the source beside its translation.

    label        the field it stands in; empty when it is that of the paragraph before
    source       plain text, or marked with <ins> and <del> where it changed
    translation  plain text, "" when there is none yet
    is_changed   the source changed since it was translated last
    is_earlier   the translation is of the earlier text
    """

    label: str = ""
    source: str = ""
    translation: str = ""
    is_changed: bool = False
    is_earlier: bool = False


def strings(page):
    """Return [(path, string)] of what `page` (specific) offers for translation, in the order of its fields."""
    segments = [part for part in extract_segments(page) if isinstance(part, StringSegmentValue)]
    return [(segment.path, segment.string.data) for segment in segments]


def plain(string):
    """Return a string, which may hold inline HTML, as plain text."""
    return StringValue(string).render_text() if string else ""


def beside(page, locale, *, target=None, translation=None, earlier=None):
    """Return the `Paragraph`s of `page` beside its translation into `locale`.

    target       the translated page, for the texts of one written by hand
    translation  the record that keeps its strings, None for a page written by hand
    earlier      the source as it was translated last; what changed since is marked
    """
    if translation:
        known = _known(page, locale)
        found = [_paragraph(path, old, new, known) for path, old, new in changes(page, earlier) if old or new]
    else:
        found = _by_position(strings(page), strings(target) if target else [])
    return _labelled(page, found)


def changes(page, earlier):
    """Return [(path, old, new)] over the strings of `page`; old is new where nothing changed.

    Without `earlier` nothing changed. A string that came has no old (None), one that went no new.
    """
    now = _by_path(strings(page))
    if earlier is None:
        return [(path, text, text) for path, texts in now.items() for text in texts]
    before = _by_path(strings(earlier))
    found = []
    for path in [*now, *(path for path in before if path not in now)]:
        old, new = before.get(path, []), now.get(path, [])
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            pairs = (
                zip(old[a:b], new[c:d], strict=True) if kind == "equal" else zip_longest(old[a:b], new[c:d])
            )
            found += [(path, one, other) for one, other in pairs]
    return found


def marked(old, new):
    """Return HTML of what became of `old`: words that went in <del>, words that came in <ins>.

    Screen readers pass over both tags in silence, so the words "removed" and "added" stand inside.
    """
    before, after = WORD.findall(plain(old)), WORD.findall(plain(new))
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        went, came = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            pieces.append(escape(went))
            continue
        if went:
            pieces.append(_mark("del", _("removed:"), went))
        if came:
            pieces.append(_mark("ins", _("added:"), came))
    return mark_safe("".join(pieces))


def _mark(tag, word, text):
    return format_html('<{0}><span class="w-sr-only">{1} </span>{2}</{0}>', mark_safe(tag), word, text)


def _paragraph(path, old, new, known):
    """Return (path, Paragraph) of one string; its translation may still be of the earlier text."""
    is_changed = old != new
    text = known.get((path, new))
    return path, Paragraph(
        source=marked(old, new) if is_changed else plain(new),
        translation=plain(text or known.get((path, old), "")),
        is_changed=is_changed,
        is_earlier=is_changed and not text and (path, old) in known,
    )


def _known(page, locale):
    """Return {(path, source string): translation} of all that was ever translated of `page`."""
    rows = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=locale)
    return {
        (path, string): data
        for path, string, data in rows.values_list("context__path", "translation_of__data", "data")
    }


def _by_path(pairs):
    found = {}
    for path, text in pairs:
        found.setdefault(path, []).append(text)
    return found


def _by_position(source, target):
    """Return [(path, Paragraph)]: two pages written by hand, field by field, one string after the other."""
    texts = {name: [text for _path, text in group] for name, group in groupby(target, key=_field)}
    found = []
    for name, group in groupby(source, key=_field):
        own = [text for _path, text in group]
        for text, other in zip_longest(own, texts.get(name, []), fillvalue=""):
            found.append((name, Paragraph(source=plain(text), translation=plain(other))))
    return found


def _field(pair):
    return pair[0].split(".")[0]


def _labelled(page, found):
    last = None
    for path, paragraph in found:
        name = path.split(".")[0]
        if name != last:
            paragraph.label = _label(page, name)
            last = name
    return [paragraph for _path, paragraph in found]


def _label(page, name):
    field = page._meta.get_field(name)
    return str(capfirst(getattr(field, "verbose_name", name)))
