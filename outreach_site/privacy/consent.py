"""Who may be texted about what. The newest event by the sender's clock decides; ties go to leaving."""

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
