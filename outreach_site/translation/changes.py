"""A source was published: its translations learn of it, and the language's translators hear of it.

published page → SourceChange (row) → take_up: wagtail-localize's strings follow, translations become out of
date, or keep their texts after a minor edit → LanguageNotice (row) → one e-mail a day and language.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.models import Schedule
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from outreach_site.queue import nudge
from outreach_site.translation import steps
from outreach_site.translation.models import LanguageNotice, LanguageTeam, SourceChange, TranslationWork

logger = logging.getLogger(__name__)
SWEEP_MINUTES = 10
MOST_ATTEMPTS = 6


# --- the source --------------------------------------------------------------------------
def note_minor(page):
    """Remember that the newest revision of `page` is a minor edit, whenever it is published."""
    if page.latest_revision_id:
        SourceChange.objects.update_or_create(
            revision_id=page.latest_revision_id, defaults={"page_id": page.pk, "is_minor": True}
        )


def source_published(instance, revision=None, **_signal):
    """A page went live: if it has translations, a row waits for the worker. A signal receiver."""
    source = _source_of(instance)
    if source is None or revision is None or not source.translations.filter(enabled=True).exists():
        return
    change, _new = SourceChange.objects.update_or_create(
        revision=revision,
        defaults={"page_id": instance.pk, "published_at": timezone.now(), "taken_up_at": None},
    )
    nudge(take_up, change.pk)


def take_up(change_id):
    """Have the translations follow the page of this change. Safe to run twice and to lose."""
    with transaction.atomic():
        change = SourceChange.objects.filter(pk=change_id).first()
        if change is None:
            return
        waiting = SourceChange.objects.select_for_update().filter(
            page_id=change.page_id, published_at__isnull=False, taken_up_at=None
        )
        waiting = list(waiting.order_by("published_at"))
        page = Page.objects.filter(pk=change.page_id).first()
        source = page and _source_of(page)
        if waiting and source:
            # Several may wait; the strings follow the newest, and it is minor only if all of them are.
            _follow(source, is_minor=all(one.is_minor for one in waiting), on=waiting[0].published_at)
        SourceChange.objects.filter(pk__in=[one.pk for one in waiting]).update(taken_up_at=timezone.now())


def take_up_all(source):
    """Take up at once whatever waits for `source`: somebody is about to judge its translation."""
    waiting = SourceChange.objects.filter(
        page__translation_key=source.object_id, published_at__isnull=False, taken_up_at=None
    )
    for change_id in waiting.values_list("pk", flat=True):
        take_up(change_id)


def sweep():
    """Take up what a lost nudge left, and send the notices that are due. Runs every ten minutes."""
    waiting = SourceChange.objects.filter(published_at__isnull=False, taken_up_at=None)
    for change_id in list(waiting.order_by("published_at").values_list("pk", flat=True)):
        try:
            take_up(change_id)
        except Exception as error:
            logger.error("source change %s failed: %s", change_id, type(error).__name__)
    for locale in Locale.objects.filter(pk__in=_untold().values("locale")):
        tell(locale.pk)


def _source_of(page):
    return TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()


def _follow(source, is_minor, on):
    before = _texts(source)
    source.update_from_db()
    after = _texts(source)
    if before == after:
        return
    for record in Translation.objects.filter(source=source, enabled=True).select_related("target_locale"):
        if is_minor:
            _carry_over(record, before, after)
        else:
            _out_of_date(record, on)


def _texts(source):
    """Return {path: [string ids in order]} of a source's strings."""
    texts = {}
    segments = StringSegment.objects.filter(source=source).order_by("order")
    for path, string_id in segments.values_list("context_id", "string_id"):
        texts.setdefault(path, []).append(string_id)
    return texts


def _carry_over(record, before, after):
    """Give a string that took the place of another one that one's translation."""
    locale_id = record.target_locale_id
    for context_id, strings in after.items():
        former = before.get(context_id, [])
        if len(former) != len(strings):
            # Paragraphs came or went: which took whose place is not known.
            continue
        for old, new in zip(former, strings, strict=True):
            if old != new:
                _copy_translation(old, new, context_id, locale_id)


def _copy_translation(old, new, context_id, locale_id):
    known = StringTranslation.objects.filter(context_id=context_id, locale_id=locale_id)
    former = known.filter(translation_of_id=old, has_error=False).first()
    if former and not known.filter(translation_of_id=new).exists():
        former.pk = None
        former.translation_of_id = new
        former._state.adding = True
        # Without the signals of a change: only the wording of the original is another.
        StringTranslation.objects.bulk_create([former])


def _out_of_date(record, on):
    work = steps.work_of(record)
    page = record.get_target_instance()
    if work.state == TranslationWork.State.APPROVED or page.live:
        work.outdated_since = work.outdated_since or on
        work.told_at = None
        work.state = TranslationWork.State.IN_TRANSLATION
        work.save(update_fields=["outdated_since", "told_at", "state", "changed_at"])
        nudge(tell, work.locale_id)


# --- the notice --------------------------------------------------------------------------
def tell(locale_id):
    """Send the day's notice to a language's translators, unless it went out. Safe to run twice and to lose."""
    now = timezone.now()
    works = list(_untold().filter(locale_id=locale_id).order_by("outdated_since"))
    if not works:
        return
    notice, _new = LanguageNotice.objects.get_or_create(
        locale_id=locale_id, day=timezone.localdate(now), defaults={"next_try_at": now}
    )
    due = LanguageNotice.objects.filter(
        pk=notice.pk, sent_at=None, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    if due.update(next_try_at=now + timedelta(minutes=SWEEP_MINUTES), attempts=F("attempts") + 1) != 1:
        return
    try:
        _send(notice.locale, works)
    except Exception as error:
        # The next sweep tries again; the class alone, a mail server's answer may name people.
        logger.warning("notice %s not sent: %s", notice.pk, type(error).__name__)
        return
    with transaction.atomic():
        TranslationWork.objects.filter(pk__in=[work.pk for work in works]).update(told_at=now)
        LanguageNotice.objects.filter(pk=notice.pk).update(sent_at=now)


def _untold():
    return TranslationWork.objects.filter(outdated_since__isnull=False, told_at=None)


def _send(locale, works):
    team = LanguageTeam.objects.filter(locale=locale).first()
    pages = Page.objects.filter(translation_key__in=[work.translation_key for work in works], locale=locale)
    lines = [
        (page, settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages.order_by("pk")
    ]
    people = team.translators.filter(is_active=True).exclude(email="") if team and lines else []
    for person in people:
        with translation.override(UserProfile.get_for_user(person).get_preferred_language()):
            language = locale.get_display_name()
            body = render_to_string(
                "outreach_site/admin/email/out_of_date.txt",
                {"person": person, "language": language, "lines": lines},
            )
            subject = _("Translations into %(language)s that are out of date") % {"language": language}
            EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email]).send()


def ensure_schedules(**_signal):
    """Have the sweep run every ten minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="translation: changes",
        defaults={
            "func": "outreach_site.translation.changes.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": SWEEP_MINUTES,
        },
    )
