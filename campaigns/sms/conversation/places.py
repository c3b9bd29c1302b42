"""Places of a campaign: taken under a lock, and passed on to the next who waits.

Whoever joins holds her own member's lock and then asks for the campaign's. Whoever moves others up holds
the campaign's and never waits for a member: one who is busy keeps her turn until the next round.
"""

from django.db import transaction
from django.utils import timezone

from campaigns.pages.models import CampaignPage
from campaigns.sms.conversation.models import Candidate
from campaigns.sms.models import Member, SignUp
from outreach_site.privacy import consent

PLACE = Candidate.WaitsFor.PLACE


def take(campaign):
    """Return whether there is a place for one more in `campaign` (the original page), after all who wait.

    Where places are limited, the campaign is locked until commit: the place is the caller's.
    """
    if _places(campaign.pk) is None:
        return True
    fill(campaign)
    return _free(campaign) > campaign.candidates.filter(waits_for=PLACE).count()


@transaction.atomic
def fill(campaign):
    """Let those who wait move up while there are places; each is told once. Returns how many moved."""
    from campaigns.sms.conversation import joining

    moved, free = 0, _free(campaign)
    for candidate in _waiting(campaign):
        if free is not None and moved >= free:
            break
        member = Member.objects.select_for_update(skip_locked=True).filter(pk=candidate.member_id).first()
        if member is None:
            continue
        if not consent.holds(member.phone_index, campaign.consent_key):
            candidate.delete()
            continue
        joining.move_up(candidate, member, campaign)
        moved += 1
    return moved


def fill_all():
    """Called by the sweep: fill every campaign for which somebody waits; waiting ends with the campaign."""
    today = timezone.localdate()
    Candidate.objects.filter(campaign__ends_on__lt=today).delete()
    waited_for = Candidate.objects.filter(waits_for=PLACE).order_by().values("campaign")
    for campaign in CampaignPage.objects.running(today).filter(pk__in=waited_for).select_related("locale"):
        fill(campaign)


def _waiting(campaign):
    return campaign.candidates.filter(waits_for=PLACE).order_by("since", "pk")


def _free(campaign):
    """Return how many places are free, None where there is no limit; locks the campaign until commit."""
    places = _places(campaign.pk, lock=True)
    if places is None:
        return None
    return max(0, places - SignUp.objects.filter(campaign=campaign, left_at=None).count())


def _places(campaign_id, lock=False):
    # The campaign's own table alone: who edits the page's other facts is not held up.
    rows = CampaignPage.objects.filter(pk=campaign_id).order_by().values_list("places", flat=True)
    return (rows.select_for_update(no_key=True) if lock else rows).get()
