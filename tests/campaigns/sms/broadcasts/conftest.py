"""`people(3)` sign up; `draft("Mai 8h")` is a broadcast to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.sms.broadcasts import forecast, running
from campaigns.sms.broadcasts.models import Broadcast, BroadcastText
from campaigns.sms.models import Gateway, Member, SignUp
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import campaign, for_real, ids, kannel, text_in
from tests.factories import UserFactory

__all__ = ["campaign", "for_real", "kannel", "text_in"]


def sign_up(campaign, *, language="vi", area=None, joined_at=None):
    """Somebody signs up; returns the `SignUp`."""
    phone = f"+8491{next(ids):07d}"
    at = joined_at or timezone.now() - timedelta(days=1)
    member = Member(language=language, created_at=at)
    member.set_phone(phone)
    member.save()
    consent.note(
        phone_index=phones.index(phone),
        purpose=campaign.consent_key,
        given=True,
        channel="sms",
        at=at,
        source=f"tests/{phone}",
    )
    return SignUp.objects.create(member=member, campaign=campaign, joined_at=at, language=language, area=area)


@pytest.fixture
def gateway(kannel):
    """Kannel, and fast."""
    Gateway.objects.filter(pk=kannel.pk).update(per_second=500)
    kannel.refresh_from_db()
    return kannel


@pytest.fixture
def people(campaign):
    return lambda number, **facts: [sign_up(campaign, **facts) for _n in range(number)]


@pytest.fixture
def author(db):
    return UserFactory(username="lan")


@pytest.fixture
def draft(campaign, gateway, author):
    def written(text="Mai 8h", *, texts=None, areas=(), **facts):
        facts = {"title": "Mai", "campaign": campaign, "gateway": gateway, "author": author, **facts}
        broadcast = Broadcast.objects.create(**facts)
        for language, words in ({"vi": text} if texts is None else texts).items():
            BroadcastText.objects.create(broadcast=broadcast, language=language, text=words)
        broadcast.areas.set(areas)
        return broadcast

    return written


@pytest.fixture
def sent(draft, author):
    """A broadcast that was confirmed; its rows are written by `running.run()`."""

    def confirmed(*args, **facts):
        broadcast = draft(*args, **facts)
        people = forecast.of(broadcast).people
        running.confirm(broadcast.pk, token=broadcast.token, people=people, by=author)
        broadcast.refresh_from_db()
        return broadcast

    return confirmed
