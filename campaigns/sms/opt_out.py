"""A phone that told the provider, instead of us, that it wants no more texts.

Providers answer STOP themselves, and then refuse our next text. That counts as a STOP that we got:
the consent ledger has it, also for a phone that never wrote to us.
"""

from django.db import transaction
from django.utils import timezone

from campaigns.sms.conversation import joining
from campaigns.sms.models import SignUp
from outreach_site.privacy import consent, phones
from outreach_site.privacy.models import ConsentEvent


@transaction.atomic
def by_provider(*, phone, gateway, at=None, source=""):
    """Note that `phone` (E.164, "" is nobody) left everything; safe to call twice with the same facts.

    at      aware; None: now
    source  what told us, such as "outbound/7"; by default the gateway and the moment
    Returns whether that is news.
    """
    if not phone:
        return False
    index, at = phones.index(phone), at or timezone.now()
    is_new = consent.note(
        phone_index=index,
        purpose=consent.ALL,
        given=False,
        channel=ConsentEvent.Channel.PROVIDER,
        at=at,
        source=source or f"provider/{gateway.pk}/{at.timestamp():.0f}/{index[:40]}",
    )
    joining.left(index, at=at)
    sign_ups = SignUp.objects.filter(member__phone_index=index, left_at=None).select_related("campaign")
    for sign_up in sign_ups.select_for_update(of=("self",)):
        if not consent.holds(index, sign_up.campaign.consent_key):
            SignUp.objects.filter(pk=sign_up.pk).update(left_at=at)
            joining.place_is_free(sign_up.campaign)
    return is_new
