"""Who may be texted about what. The newest event by the sender's clock decides; ties go to leaving."""

from collections import defaultdict

from django.db.models import Max

from outreach_site.privacy.models import ConsentEvent

ALL = "all"


def note(*, phone_index, purpose, given, channel, at, source, wording="", language=""):
    """Write one line of the ledger; `source` is unique, so writing it twice changes nothing.

    `at` is aware and by the sender's clock. Returns whether the line is new.
    """
    _event, is_new = ConsentEvent.objects.get_or_create(
        source=source,
        defaults={
            "phone_index": phone_index,
            "purpose": purpose,
            "given": given,
            "channel": channel,
            "at": at,
            "wording": wording,
            "language": language,
        },
    )
    return is_new


def withdrawn_at(phone_index, purpose):
    """Return when consent to `purpose`, or to everything, was last withdrawn; None when never."""
    events = ConsentEvent.objects.filter(phone_index=phone_index, purpose__in=[purpose, ALL], given=False)
    return events.order_by("-at").values_list("at", flat=True).first()


def holds(phone_index, purpose):
    """Return whether the phone may be texted about `purpose` now."""
    given = ConsentEvent.objects.filter(phone_index=phone_index, purpose=purpose, given=True)
    given_at = given.order_by("-at").values_list("at", flat=True).first()
    if given_at is None:
        return False
    left_at = withdrawn_at(phone_index, purpose)
    return left_at is None or given_at > left_at


def holding(wanted):
    """Return those of `wanted`, pairs of (phone index, purpose), for which `holds` is true; one query.

    The purpose `ALL` asks something else: whether nothing withdraws everything, which is enough for a
    text that needs no consent of its own.
    """
    wanted = set(wanted)
    purposes = {purpose for _index, purpose in wanted}
    events = ConsentEvent.objects.filter(phone_index__in={index for index, _purpose in wanted})
    if ALL not in purposes:
        events = events.filter(purpose__in=[*purposes, ALL])
    given, left = defaultdict(dict), defaultdict(dict)
    newest = events.values_list("phone_index", "purpose", "given").annotate(Max("at")).order_by()
    for index, purpose, was_given, at in newest:
        (given if was_given else left)[index][purpose] = at
    return {pair for pair in wanted if _holds(pair[1], given[pair[0]], left[pair[0]])}


def _holds(purpose, given, left):
    """Decide from {purpose: newest moment} of one phone."""
    if purpose == ALL:
        return ALL not in left or any(at > left[ALL] for at in given.values())
    left_at = max((left[one] for one in (purpose, ALL) if one in left), default=None)
    return purpose in given and (left_at is None or given[purpose] > left_at)
