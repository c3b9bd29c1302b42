"""Into a campaign: signed up, on the waiting list, or asked to confirm first.

The member is locked by whoever calls; see `Member.objects.locked`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from campaigns.reach import ledger
from campaigns.sms import outbox, replies
from campaigns.sms.conversation import places, questions, ways
from campaigns.sms.conversation.models import Candidate
from campaigns.sms.models import InboundMessage, SignUp
from outreach_site.privacy import consent
from outreach_site.queue import nudge_soon
from outreach_site.text import Text

Outcome = InboundMessage.Outcome
WaitsFor = Candidate.WaitsFor


@dataclass(frozen=True)
class Joined:
    """What became of it: `JOINED`, `REJOINED`, `ALREADY_IN` or `WAITING`; what to answer.

    sign_up  None while she waits
    is_news  she did not know it before
    """

    outcome: str
    answer: Text
    sign_up: SignUp | None
    is_news: bool


def sign_up(member, campaign, *, at, channel, source, area=None, inbound=None, wording=None):
    """Sign `member`, who is locked, up for `campaign` (the original page), or put her on its waiting list.

    at       aware: when she agreed, by the sender's clock
    channel  a `ConsentEvent.Channel`; `source` is the ledger's key of this consent
    area     where she is, as far as she said, or None
    wording  `Text` that she agreed to; None: the answer she gets
    """
    found = member.sign_ups.filter(campaign=campaign).first()
    is_in = found is not None and found.left_at is None
    if not is_in and not places.take(campaign):
        joined = _wait(member, campaign, at, area, inbound)
    else:
        # Filling may just have moved her up.
        joined = _enter(member, campaign, at, area, inbound)
    agreed_to = wording or joined.answer
    consent.note(
        phone_index=member.phone_index,
        purpose=campaign.consent_key,
        given=True,
        channel=channel,
        at=at,
        wording=agreed_to.text,
        language=agreed_to.language,
        source=source,
    )
    return joined


def _enter(member, campaign, at, area, inbound):
    answer = replies.welcome(campaign, member.language)
    found, is_new = SignUp.objects.get_or_create(
        member=member,
        campaign=campaign,
        defaults={"joined_at": at, "language": member.language, "area": area, "inbound": inbound},
    )
    if not is_new and found.left_at is None:
        return Joined(Outcome.ALREADY_IN, answer, found, False)
    SignUp.objects.filter(pk=found.pk).update(left_at=None)
    member.candidates.filter(campaign=campaign).delete()
    if is_new:
        count(found)
    return Joined(Outcome.JOINED if is_new else Outcome.REJOINED, answer, found, True)


def _wait(member, campaign, at, area, inbound):
    # A confirmation that she owed has come, or she would not be here.
    member.candidates.filter(campaign=campaign, waits_for=WaitsFor.CONFIRMATION).delete()
    _candidate, is_new = Candidate.objects.get_or_create(
        member=member,
        campaign=campaign,
        defaults={"waits_for": WaitsFor.PLACE, "since": at, "area": area, "inbound": inbound},
    )
    answer = (replies.full if is_new else replies.waiting)(campaign, member.language)
    return Joined(Outcome.WAITING, answer, None, is_new)


def move_up(candidate, member, campaign):
    """Give a place to a candidate, whose member and campaign are locked, and tell her."""
    now = timezone.now()
    found, is_new = SignUp.objects.get_or_create(
        member=member,
        campaign=campaign,
        defaults={
            "joined_at": now,
            "language": member.language,
            "area": candidate.area,
            "inbound": candidate.inbound,
        },
    )
    SignUp.objects.filter(pk=found.pk).update(left_at=None)
    if is_new:
        count(found)
    gateway = ways.to(member.phone_index)
    if gateway:
        texts = questions.with_next(member, replies.place_free(campaign, member.language))
        for number, text in enumerate(texts):
            outbox.queue(
                to=member,
                gateway=gateway,
                text=text.text,
                language=text.language,
                kind=outbox.Kind.REMINDER,
                cause=f"place:{candidate.pk}:{number}",
                consent_purpose=campaign.consent_key,
                campaign=campaign,
            )
    candidate.delete()


def count(sign_up):
    """Enter a sign-up into the numbers; again after an answer: then the entry is corrected, not doubled."""
    ledger.record(
        f"sign-up/{sign_up.pk}",
        day=timezone.localdate(sign_up.joined_at),
        channel=ledger.Channel.SMS,
        area=sign_up.area,
        campaign=sign_up.campaign,
        groups=[ledger.Group(1, age_band=sign_up.age_band, language=sign_up.language)],
    )


# --- confirming ----------------------------------------------------------------------------
def must_confirm(member, campaign):
    """Return whether `member` has to confirm by a second text that she joins `campaign`."""
    if not campaign.asks_to_confirm or member.sign_ups.filter(campaign=campaign, left_at=None).exists():
        return False
    return not member.candidates.filter(campaign=campaign, waits_for=WaitsFor.PLACE).exists()


def ask_to_confirm(member, campaign, *, at, area, inbound):
    """Note that `member` wants to join and has to confirm it; the last time that she says so counts."""
    Candidate.objects.update_or_create(
        member=member,
        campaign=campaign,
        defaults={"waits_for": WaitsFor.CONFIRMATION, "since": at, "area": area, "inbound": inbound},
    )


def to_confirm(member, at):
    """Return the `Candidate` that a confirming text of `at` confirms, the last one asked; None: there is none."""
    asked = member.candidates.filter(waits_for=WaitsFor.CONFIRMATION, since__gt=at - lasting())
    return asked.select_related("campaign__locale", "area").order_by("-since", "-pk").first()


def lasting():
    """Return for how long a confirmation is waited for."""
    return timedelta(days=settings.SMS_CONFIRM_DAYS)


def forget_unconfirmed():
    """Called by the sweep: what was never confirmed is forgotten."""
    old = timezone.now() - lasting()
    return Candidate.objects.filter(waits_for=WaitsFor.CONFIRMATION, since__lt=old).delete()[0]


# --- leaving -------------------------------------------------------------------------------
def left(phone_index, campaign=None, *, at):
    """Take back what a phone that leaves `campaign`, or (None) everything, was a candidate for at `at`."""
    candidates = Candidate.objects.filter(member__phone_index=phone_index, since__lte=at)
    (candidates.filter(campaign=campaign) if campaign else candidates).delete()


def place_is_free(campaign):
    """Say that somebody left: the next who waits moves up."""
    from campaigns.sms import tasks

    if campaign.places is not None:
        nudge_soon(tasks.fill_places, campaign.pk)
