"""How far each page is in each language, for any number of pages in the same few queries."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex
from wagtail_localize.models import StringSegment, Translation

from outreach_site.pages.files import Recording
from outreach_site.translation.models import TranslationWork

VERSION_FACTS = ("translation_key", "locale_id", "live", "last_published_at", "latest_revision_created_at")
# Beyond this many keys a query names none and reads every row: a list that long is slower, and some
# databases refuse it.
LONGEST_LIST = 500


class Kind(models.TextChoices):
    """What a cell of the matrix says, from nothing to done."""

    ORIGINAL = "original", _("Original")
    MISSING = "missing", _("Missing")
    MACHINE_DRAFT = "machine", _("Machine draft")
    IN_TRANSLATION = "translation", _("In translation")
    IN_REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    OUT_OF_DATE = "outdated", _("Out of date")


# What still waits for a translator.
TO_TRANSLATE = (Kind.MISSING, Kind.MACHINE_DRAFT, Kind.IN_TRANSLATION, Kind.OUT_OF_DATE)

ICONS = {
    Kind.ORIGINAL: "home",
    Kind.MISSING: "minus",
    Kind.MACHINE_DRAFT: "cogs",
    Kind.IN_TRANSLATION: "edit",
    Kind.IN_REVIEW: "view",
    Kind.APPROVED: "check",
    Kind.PUBLISHED: "circle-check",
    Kind.OUT_OF_DATE: "history",
}


@dataclass(frozen=True)
class State:
    """How far one page is in one language.

    kind            what to say of it
    on              since when (aware); None when nobody knows
    page_id         the page in that language, None while there is none
    is_live         readers are served it, out of date or not
    is_outdated     the source changed after this translation was approved
    done, total     translated strings and strings to translate; 0 and 0 when they are not counted
    has_audio       a recording in that language belongs to the page
    translation_id  the record in which its strings are kept, None for a page written by hand
    source_id       the record in which the strings of its original are kept
    """

    kind: str = Kind.MISSING
    on: datetime | None = None
    page_id: int | None = None
    is_live: bool = False
    is_outdated: bool = False
    done: int = 0
    total: int = 0
    has_audio: bool = False
    translation_id: int | None = None
    source_id: int | None = None

    @property
    def is_current(self):
        """Readers are served it and it says what the source says."""
        return self.is_live and not self.is_outdated

    @property
    def percent(self):
        return 100 * self.done // self.total if self.total else 0

    @property
    def label(self):
        return Kind(self.kind).label

    @property
    def icon(self):
        return ICONS[self.kind]


def of(pages, locales, *, versions=None, with_progress=True):
    """Return {(translation key, language code): State} of `pages` (originals) in `locales`.

    The number of queries does not depend on how many pages or languages there are. Whoever has all
    `versions` of the pages at hand saves a query, and one without `with_progress`: done and total stay 0.
    """
    pages, locales = list(pages), list(locales)
    keys = [page.translation_key for page in pages]
    versions = _by_place(_versions(keys) if versions is None else versions, locales)
    works = {(work.translation_key, work.locale_id): work for work in _narrow(TranslationWork, keys)}
    translations = _translations(keys, locales)
    sounding = _with_recordings(pages, versions, locales)
    found = {}
    for page in pages:
        for locale in locales:
            place = (page.translation_key, locale.pk)
            version = versions.get(place)
            translation, source = translations.get(place, (None, None))
            found[page.translation_key, locale.language_code] = State(
                **_judge(page, locale, version, works.get(place), translation),
                page_id=version.pk if version else None,
                is_live=bool(version and version.live),
                has_audio=bool(version and version.pk in sounding),
                translation_id=translation,
                source_id=source,
            )
    return counted(found) if with_progress else found


def counted(states):
    """Return `states`, as `of` gives them, with their strings counted. A string with an error is not done."""
    sources = list({state.source_id for state in states.values() if state.source_id})
    segments = StringSegment.objects.all()
    if len(sources) <= LONGEST_LIST:
        segments = segments.filter(source_id__in=sources)
    codes = sorted({code for _key, code in states})
    strings = segments.values("source_id").annotate(
        total=Count("pk", distinct=True),
        **{f"in_{place}": _translated_into(code) for place, code in enumerate(codes)},
    )
    counts = {row["source_id"]: row for row in strings}
    found = dict(states)
    for (key, code), state in states.items():
        if row := counts.get(state.source_id):
            done = row[f"in_{codes.index(code)}"]
            found[key, code] = replace(state, done=done, total=row["total"])
    return found


def _translated_into(code):
    return Count(
        "pk",
        distinct=True,
        filter=Q(
            string__translations__locale__language_code=code,
            string__translations__context_id=F("context_id"),
            string__translations__has_error=False,
        ),
    )


def _judge(page, locale, version, work, translation):
    """Return kind, date and whether it is outdated, of what is known about one cell."""
    if locale.pk == page.locale_id:
        return {"kind": Kind.ORIGINAL, "on": version and version.last_published_at}
    if version is None and translation is None:
        return {"kind": Kind.MISSING}
    live = bool(version and version.live)
    outdated = bool(work and work.outdated_since)
    if work and work.state == TranslationWork.State.IN_REVIEW:
        return {"kind": Kind.IN_REVIEW, "on": work.changed_at, "is_outdated": outdated}
    if outdated and live:
        return {"kind": Kind.OUT_OF_DATE, "on": work.outdated_since, "is_outdated": True}
    if live:
        return {"kind": Kind.PUBLISHED, "on": version.last_published_at}
    if work and work.is_machine_made:
        return {"kind": Kind.MACHINE_DRAFT, "on": work.changed_at, "is_outdated": outdated}
    if work and work.state == TranslationWork.State.APPROVED:
        return {"kind": Kind.APPROVED, "on": work.reviewed_at or work.changed_at, "is_outdated": outdated}
    begun = work.changed_at if work else version and version.latest_revision_created_at
    return {"kind": Kind.IN_TRANSLATION, "on": begun, "is_outdated": outdated}


# --- what the database knows, each in one or two queries -------------------------------------
def _narrow(model, keys, field="translation_key"):
    if len(keys) > LONGEST_LIST:
        return model.objects.all()
    return model.objects.filter(**{f"{field}__in": keys})


def _versions(keys):
    """Return the pages with these keys. An alias is left out: it is not a text in its language."""
    return _narrow(Page, keys).filter(alias_of=None).only(*VERSION_FACTS)


def _by_place(versions, locales):
    """Return {(key, locale pk): Page} of those of `versions` that are in `locales`."""
    ids = {locale.pk for locale in locales}
    return {(page.translation_key, page.locale_id): page for page in versions if page.locale_id in ids}


def _translations(keys, locales):
    """Return {(key, locale pk): (translation pk, source pk)} of what has strings to translate."""
    ids = [locale.pk for locale in locales]
    rows = _narrow(Translation, keys, "source__object_id").filter(enabled=True, target_locale_id__in=ids)
    return {
        (key, locale_id): (pk, source_id)
        for pk, source_id, key, locale_id in rows.values_list(
            "pk", "source_id", "source__object_id", "target_locale_id"
        )
    }


def _with_recordings(pages, versions, locales):
    """Return the pks of the versions to which a recording in their own language belongs.

    A recording says its language. One that does not is the original's: a translation begins as a copy
    of it, with its recordings, and those are not yet in the translation's language.
    """
    used = _recordings_used([str(version.pk) for version in versions.values()])
    if not used:
        return set()
    spoken = dict(Recording.objects.values_list("pk", "language"))
    codes = {locale.pk: locale.language_code for locale in locales}
    originals = {page.translation_key: page for page in pages}
    sounding = set()
    for (key, locale_id), version in versions.items():
        page = originals.get(key)
        if page is None:
            continue
        own = used.get(version.pk, set())
        borrowed = used.get(page.pk, set()) if page.pk != version.pk else set()
        if any(
            spoken.get(recording) == codes[locale_id]
            or (not spoken.get(recording) and recording not in borrowed)
            for recording in own
        ):
            sounding.add(version.pk)
    return sounding


def _recordings_used(page_ids):
    """Return {page pk: {recording pk}}, wherever on the page it stands: file, block or field."""
    types = ContentType.objects.get_for_models(Page, Recording)
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page], to_content_type=types[Recording]
    )
    if len(page_ids) <= LONGEST_LIST:
        references = references.filter(object_id__in=page_ids)
    used = defaultdict(set)
    for page_id, recording_id in references.values_list("object_id", "to_object_id"):
        used[int(page_id)].add(int(recording_id))
    return used
