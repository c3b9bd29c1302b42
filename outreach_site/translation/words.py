"""How many words wait in each language: missing, out of date, drafted by a machine.

A word is what stands between two spaces: of Vietnamese a syllable. Counted are the published originals
that the reader of the report may see, as they were last written.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from outreach_site.languages import get as language
from outreach_site.translation import coverage, desk, status

KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Line:
    """The words of one language. translated + machine + missing + outdated = words.

    pages       published originals that are not in this language themselves
    translated  translated by a person, and the source has not changed since
    machine     drafted by a machine, not yet gone over by a person
    outdated    of translations that were finished: changed or new in the source since
    missing     all others
    """

    code: str
    name: str
    pages: int
    words: int
    translated: int
    machine: int
    outdated: int
    missing: int

    @property
    def share(self):
        return 100 * self.translated // self.words if self.words else 0


def count(text):
    """Return how many words `text`, which may hold tags, has."""
    return len(re.findall(r"\S+", strip_tags(text.replace("<br", " <br").replace("</p>", " "))))


def report(user, *, campaign=None):
    """Return a `Line` a language, for the pages of `user`; `campaign` (pk of its page) narrows to what belongs to it.

    The number of queries does not depend on how many pages there are, once their words are known: those
    of a page that nobody has begun to translate are counted once a revision.
    """
    locales = desk.locales()
    pages = [page for page in desk.originals_for(user).select_related("locale") if page.live]
    if campaign:
        group = next((group for group in coverage.groups(pages) if group.pk == campaign), None)
        pages = [page for page in pages if group and page.pk in group.members]
    states = status.of(pages, locales, with_progress=False)
    segments = _segments(pages)
    done = _translations()
    lines = []
    for locale in locales:
        found = Counter()
        targets = [page for page in pages if page.locale_id != locale.pk]
        for page in targets:
            state = states[page.translation_key, locale.language_code]
            found.update(_of(page, state, locale, segments, done))
        code = locale.language_code
        lines.append(
            Line(
                code=code,
                name=language(code).name,
                pages=len(targets),
                words=sum(found.values()),
                **{name: found[name] for name in ("translated", "machine", "outdated", "missing")},
            )
        )
    return lines


def _of(page, state, locale, segments, done):
    """Return {what: words} of one page in one language."""
    strings = segments.get(page.translation_key)
    if strings is None or not state.translation_id:
        # Written by hand in that language, or not begun.
        words = sum(number for _string, _context, number in strings) if strings else _words_of(page)
        if not state.page_id or not state.is_live:
            return {"missing": words}
        return {"outdated" if state.is_outdated else "translated": words}
    found, rest = Counter(), "outdated" if state.is_outdated else "missing"
    # Once a person has gone over the text, it is hers, whoever drafted it.
    unread = state.kind in (status.Kind.MACHINE_DRAFT, status.Kind.OUT_OF_DATE)
    for string, context, number in strings:
        kind = done.get((string, context, locale.pk))
        by_machine = unread and kind == "machine"
        found[rest if kind is None else "machine" if by_machine else "translated"] += number
    return found


def _segments(pages):
    """Return {translation key: [(string pk, context pk, words)]} of the pages that translations were begun of."""
    keys = {page.translation_key for page in pages}
    sources = {pk: key for pk, key in TranslationSource.objects.values_list("pk", "object_id") if key in keys}
    found = defaultdict(list)
    for key in sources.values():
        found[key] = []
    rows = StringSegment.objects.values_list("source_id", "string_id", "context_id", "string__data")
    for source, string, context, data in rows.iterator():
        if source in sources:
            found[sources[source]].append((string, context, count(data)))
    return found


def _translations():
    """Return {(string pk, context pk, locale pk): "manual" or "machine"} of what is translated without a fault."""
    rows = StringTranslation.objects.filter(has_error=False)
    return {
        (string, context, locale): kind
        for string, context, locale, kind in rows.values_list(
            "translation_of_id", "context_id", "locale_id", "translation_type"
        ).iterator()
    }


def _words_of(page):
    """Return the words of a page of which no translation was begun; kept until it is changed."""
    published = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"words:{page.pk}:{page.latest_revision_id}:{published}"
    known = cache.get(key)
    if known is None:
        specific = Page.objects.get(pk=page.pk).specific
        known = sum(
            count(one.string.data)
            for one in extract_segments(specific)
            if isinstance(one, StringSegmentValue)
        )
        cache.set(key, known, KEPT_SECONDS)
    return known
