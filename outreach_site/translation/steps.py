"""What the people of a language team do with a translation. Each step is logged with the page."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry
from wagtail_localize.models import SegmentOverride, Translation

from outreach_site.translation import gates, letters, rights
from outreach_site.translation.models import TranslationWork

State = TranslationWork.State


def work_of(translation):
    """Return the TranslationWork of a wagtail-localize translation; made when it is first asked for."""
    work, _new = TranslationWork.objects.get_or_create(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )
    return work


def offered(work, rights, *, complete, publishable):
    """Return the names of the steps that somebody with `rights` can take with `work` now.

    complete     nothing is missing or faulty
    publishable  the page has something readers do not see yet, and she may publish it
    """
    mine, reads = rights.translates(work.locale), rights.reviews(work.locale)
    allowed = {
        "send_to_review": mine and complete and work.state == State.IN_TRANSLATION,
        "approve": reads and complete and work.state != State.APPROVED,
        "publish": publishable and rights.handles(work.locale) and work.state == State.APPROVED,
        "send_back": reads and work.state != State.IN_TRANSLATION,
    }
    return [name for name, may in allowed.items() if may]


def send_to_review(thing, user):
    """Hand a complete translation to the reviewers of its language. `thing` is a page or a Translation.

    Raises PermissionDenied, or ValidationError with what is missing.
    """
    translation = _translation(thing)
    _need(rights.may_translate(user, translation.target_locale), translation)
    _need_complete(translation)
    work = work_of(translation)
    if work.state == State.IN_TRANSLATION:
        _move(work, State.IN_REVIEW)
        _log(translation, "translation.send_to_review", user)
        letters.waits_for_review(work, translation.source.object_repr, user)
    return work


@transaction.atomic
def approve(thing, user):
    """Approve the text as it is now: it is saved as a draft, and that draft alone may be published.

    Raises PermissionDenied, or ValidationError with what is missing.
    """
    translation = _translation(thing)
    _need(rights.may_review(user, translation.target_locale), translation)
    _need_complete(translation)
    translation.save_target(user=user, publish=False)
    page = translation.get_target_instance()
    work = work_of(translation)
    work.state = State.APPROVED
    work.approved_text = gates.mark(page.get_latest_revision_as_object())
    work.is_machine_made = False
    work.reviewed_by, work.reviewed_at = user, timezone.now()
    work.source_revision = _source_revision(translation)
    if not page.live:
        work.outdated_since = None
    work.save()
    _log(translation, "translation.approve", user)
    return work


def send_back(thing, user, reason):
    """Hand the text back to its translators with a reason that they can read.

    Raises PermissionDenied, or ValidationError when the reason is empty.
    """
    translation = _translation(thing)
    _need(rights.may_review(user, translation.target_locale), translation)
    if not reason.strip():
        raise ValidationError(_("Say in a few words what should be changed."))
    work = work_of(translation)
    _move(work, State.IN_TRANSLATION)
    _log(translation, "translation.send_back", user, reason=reason.strip())
    return work


@transaction.atomic
def publish(thing, user):
    """Publish the approved text. Raises PermissionDenied, or NotYetPublishable with what is missing."""
    translation = _translation(thing)
    page = translation.get_target_instance()
    _need(rights.may_handle(user, translation.target_locale), translation)
    if not page.permissions_for_user(user).can_publish():
        raise PermissionDenied(_("You do not have the right to publish this page."))
    translation.save_target(user=user, publish=False)
    translation.get_target_instance().get_latest_revision().publish(user=user)


# --- what follows from other things --------------------------------------------------------
def begun(instance, created=False, raw=False, **_signal):
    """A translation was begun: its work has a row. A signal receiver."""
    if created and not raw:
        work_of(instance)


def string_changed(instance, **signal):
    """A string, picture or link of a translation changed: the approval is taken back. A signal receiver."""
    if signal.get("raw") or instance.context is None:
        return
    translation = (
        Translation.objects.filter(
            source__object_id=instance.context.object_id, target_locale_id=instance.locale_id
        )
        .select_related("source", "target_locale")
        .first()
    )
    if translation is None:
        return
    work = work_of(translation)
    if getattr(instance, "translation_type", "") == "machine" and signal.get("created"):
        TranslationWork.objects.filter(pk=work.pk).update(is_machine_made=True)
    if work.state == State.APPROVED and _differs(instance, translation, work):
        _move(work, State.IN_TRANSLATION)


def published(instance, **_signal):
    """A translation went live: it says what the source says. A signal receiver."""
    TranslationWork.objects.filter(
        translation_key=instance.translation_key, locale=instance.locale_id, state=State.APPROVED
    ).update(outdated_since=None, told_at=None)


def _differs(instance, translation, work):
    # The mark is of the text alone: another picture or link always differs.
    if isinstance(instance, SegmentOverride):
        return True
    return gates.mark_of(translation) != work.approved_text


def _translation(thing):
    translation = thing if isinstance(thing, Translation) else gates.translation_of(thing)
    if translation is None:
        raise ValidationError(_("This page is not a translation."))
    return translation


def _need(allowed, translation):
    if not allowed:
        raise PermissionDenied(rights.refusal(translation.target_locale))


def _need_complete(translation):
    # What the source changed a minute ago must not be approved unread.
    from outreach_site.translation.changes import take_up_all

    take_up_all(translation.source)
    if reasons := gates.incomplete(translation):
        raise ValidationError(reasons)


def _move(work, state):
    work.state = state
    work.save(update_fields=["state", "changed_at"])


def _source_revision(translation):
    source = translation.source.get_source_instance()
    return source.live_revision or source.latest_revision


def _log(translation, action, user, **data):
    data["language"] = translation.target_locale.language_code
    log(instance=translation.get_target_instance(), action=action, user=user, data=data)


def last_reason(page):
    """Return why the reviewer sent `page` back the last time, "" when she never did."""
    entry = PageLogEntry.objects.filter(page=page.pk, action="translation.send_back").order_by("-pk").first()
    return entry.data.get("reason", "") if entry else ""
