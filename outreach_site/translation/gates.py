"""What keeps a translation from readers. Every publication of a page, by whatever button or job, asks here.

A translation goes live when all of its strings are translated, none is faulty, and a reviewer of the
language approved exactly the text that is to be published. Pages that are no translation pass, unless
the page itself says that it lacks something.
"""

import hashlib
import json
import logging

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from outreach_site.translation import protected, rights
from outreach_site.translation.faults import faults_of
from outreach_site.translation.models import TranslationWork

logger = logging.getLogger(__name__)
SCHEDULED = "wagtail.publish.scheduled"


class NotYetPublishable(ValidationError):
    """A translation that readers must not see yet; `messages` say why."""

    def __init__(self, reasons):
        # By field: wagtail-localize looks for the fields of a validation error.
        super().__init__({NON_FIELD_ERRORS: reasons})


def translation_of(page):
    """Return wagtail-localize's record of `page` as a translation, stopped or not; None when it has none."""
    records = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    )
    return records.select_related("source__locale", "target_locale").first()


def is_copy(page):
    """Return whether `page` is kept by hand as the translation of an older page in another language."""
    older = Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk or 0)
    return older.exclude(locale_id=page.locale_id).exists()


def mark(page):
    """Return a mark of the text of `page` as it is in memory: equal texts have equal marks."""
    strings = [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]
    return hashlib.sha256(json.dumps(strings, ensure_ascii=False).encode()).hexdigest()


def mark_of(translation):
    """Return the mark of the text that `translation` gives with its strings as they are now."""
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return mark(page)


def refusals(page, user=None):
    """Return why the text of `page`, as it is in memory, must not go live: sentences, none when it may.

    `user` is who publishes; None for the schedule and for code, whose right was asked before.
    """
    lacks = getattr(page, "lacks_for_publishing", list)()
    translation = translation_of(page)
    if translation is None or not translation.enabled:
        return lacks + _refusals_by_hand(page, user, translation)
    language = {"language": page.locale.get_display_name()}
    work = TranslationWork.objects.filter(translation_key=page.translation_key, locale=page.locale).first()
    reasons = lacks + incomplete(translation)
    if user and not rights.may_handle(user, page.locale):
        reasons.append(rights.refusal(page.locale))
    if work and work.is_machine_made:
        reasons.append(_("A machine wrote part of this text and nobody has gone over it yet."))
    if work is None or work.state != TranslationWork.State.APPROVED:
        reasons.append(_("No reviewer of %(language)s has approved this text yet.") % language)
    elif work.approved_text != mark(page):
        reasons.append(_("This is not the text that the reviewer of %(language)s approved.") % language)
    return reasons


def incomplete(translation):
    """Return what is missing or faulty in the strings of `translation`, as sentences."""
    total, done = translation.get_progress()
    reasons = []
    if total != done:
        reasons.append(
            _("The translation is not complete: %(done)d of %(total)d texts are translated.")
            % {"done": done, "total": total}
        )
    words = protected.demanded()
    return reasons + [fault for string in _strings(translation) for fault in faults_of(string, words)]


def _strings(translation):
    segments = StringSegment.objects.filter(source=translation.source)
    return (
        segments.get_translations(translation.target_locale)
        .filter(has_error=False)
        .select_related("translation_of", "context__object")
    )


def _refusals_by_hand(page, user, translation):
    """A page whose text is not kept in strings. The demo and imports plant those by code."""
    if user is None or (translation is None and not is_copy(page)):
        return []
    if rights.may_review(user, page.locale):
        return []
    return [
        _("Only a reviewer of %(language)s can publish this translation.")
        % {"language": page.locale.get_display_name()}
    ]


def guard_publishing():
    """Have every publication of a page ask `refusals` first.

    Editor, bulk action, API, workflow, schedule and wagtail-localize share nothing but this action.
    """
    if getattr(PublishPageRevisionAction.execute, "asks", False):
        return
    publish = PublishPageRevisionAction.execute

    def execute(action, skip_permission_checks=False):
        reasons = refusals(action.object, action.user)
        if reasons and action.log_action == SCHEDULED:
            # One page that may not go live must not hold up those that are due after it.
            logger.warning("page %s was due but is not approved", action.object.pk)
            action.revision.approved_go_live_at = None
            action.revision.save(update_fields=["approved_go_live_at"])
            return None
        if reasons:
            raise NotYetPublishable(reasons)
        return publish(action, skip_permission_checks=skip_permission_checks)

    execute.asks = True
    PublishPageRevisionAction.execute = execute


def keep_alias_a_draft(instance, **_signal):
    """An alias in another language shows the original's text: it never goes live. A signal receiver."""
    is_alias = instance.alias_of_id and instance.live
    if is_alias and instance.alias_of.locale_id != instance.locale_id:
        instance.live = False


def no_synchronisation(instance, raw=False, **_signal):
    """Refuse to keep one language's tree a copy of another's. A signal receiver. Raises ValidationError."""
    raise ValidationError(
        _("Languages are not synchronised: readers would get pages that are not in their language.")
    )
