"""Places: the last one goes to one, the others wait and move up in their order."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.reach.models import ReachEntry
from campaigns.sms import care, inbox, tasks
from campaigns.sms.broadcasts import audience
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.conversation import places
from campaigns.sms.conversation.models import Candidate
from campaigns.sms.models import Gateway, Member, OutboundMessage, SignUp
from outreach_site.privacy import consent, phones
from tests.campaigns.sms.conftest import index_page, replies, together
from tests.factories import CampaignPageFactory, UserFactory, translated

FIRST, SECOND, THIRD = "+84912345671", "+84912345672", "+84912345673"
NOON = timezone.now().replace(microsecond=0) - timedelta(hours=3)


@pytest.fixture
def small(db):
    """A campaign of one place."""
    return index_page(title="Lớp", keyword="LOPHOC", places=1, welcome="Hello.", full_text="Full.")


def join(text_in, phone, minutes=0, text="dk lop hoc"):
    return text_in(text, phone=phone, at=NOON + timedelta(minutes=minutes))


def inside():
    return list(SignUp.objects.filter(left_at=None).values_list("member__phone_index", flat=True))


@pytest.mark.django_db
class TestTheWaitingList:
    def test_who_comes_when_it_is_full_waits_and_is_told_so(self, small, text_in):
        assert join(text_in, FIRST) == "joined"
        assert join(text_in, SECOND) == "waiting"

        assert replies(SECOND) == ["Full."]
        assert inside() == [phones.index(FIRST)]
        # She agreed to the text that comes once there is a place; she is not counted as reached.
        assert consent.holds(phones.index(SECOND), small.consent_key)
        assert ReachEntry.objects.count() == 1

    def test_without_words_of_the_campaign_our_own_say_it(self, text_in):
        campaign = CampaignPageFactory(keyword="LOPHOC", places=1)
        translated(campaign, "en")
        join(text_in, FIRST, text="join lop hoc")
        join(text_in, SECOND, 1, text="join lop hoc")
        join(text_in, SECOND, 30, text="join lop hoc")

        assert replies(SECOND) == [
            "All places are taken. You are on the waiting list; we write when one is free.",
            "You are on the waiting list. We write when a place is free.",
        ]

    def test_texting_again_while_waiting_is_answered_once_a_day(self, small, text_in):
        join(text_in, FIRST)
        for minutes in (1, 20, 40, 60):
            assert join(text_in, SECOND, minutes) == "waiting"

        assert len(replies(SECOND)) == 2
        assert Candidate.objects.count() == 1

    def test_whoever_waits_gets_no_text_to_many(self, small, text_in, kannel):
        join(text_in, FIRST)
        join(text_in, SECOND)
        broadcast = Broadcast.objects.create(campaign=small, gateway=kannel, author=UserFactory())

        assert [one.member.phone_index for one in audience.of(broadcast)] == [phones.index(FIRST)]

    def test_the_next_moves_up_when_somebody_leaves_and_is_told_once(self, small, text_in):
        for number, phone in enumerate((FIRST, SECOND, THIRD)):
            join(text_in, phone, number)
        join(text_in, FIRST, 60, text="HUY")

        for _again in range(3):
            tasks.fill_places(small.pk)

        assert inside() == [phones.index(SECOND)]
        message = OutboundMessage.objects.filter(phone_index=phones.index(SECOND)).last()
        assert (message.kind, message.consent_purpose) == (OutboundMessage.Kind.REMINDER, small.consent_key)
        assert len(replies(SECOND)) == 2
        assert len(replies(THIRD)) == 1
        assert ReachEntry.objects.count() == 2

    def test_the_sweep_moves_up_what_a_lost_nudge_left(self, small, text_in):
        join(text_in, FIRST)
        join(text_in, SECOND, 1)
        small.places = 2
        small.save()

        care.look_after_texts()

        assert len(inside()) == 2

    def test_nobody_overtakes_those_who_wait(self, small, text_in):
        for number, phone in enumerate((FIRST, SECOND)):
            join(text_in, phone, number)
        join(text_in, FIRST, 60, text="HUY")

        assert join(text_in, THIRD, 61) == "waiting"
        assert inside() == [phones.index(SECOND)]

    def test_who_leaves_while_waiting_does_not_move_up(self, small, text_in):
        join(text_in, FIRST)
        join(text_in, SECOND, 1)
        join(text_in, SECOND, 2, text="HUY")
        join(text_in, FIRST, 3, text="HUY")

        assert places.fill(small) == 0
        assert not Candidate.objects.exists()
        assert inside() == []

    def test_who_comes_back_takes_a_place_or_waits_like_anybody(self, small, text_in):
        join(text_in, FIRST)
        join(text_in, SECOND, 1)
        join(text_in, FIRST, 2, text="HUY")
        places.fill(small)

        assert join(text_in, FIRST, 10) == "waiting"
        join(text_in, SECOND, 20, text="HUY")
        places.fill(small)

        assert inside() == [phones.index(FIRST)]
        # She was counted when she was in for the first time.
        assert [entry.contacts for entry in ReachEntry.objects.all()] == [1, 1]

    def test_waiting_ends_with_the_campaign(self, small, text_in):
        join(text_in, FIRST)
        join(text_in, SECOND, 1)
        small.ends_on = timezone.localdate() - timedelta(days=1)
        small.save()

        places.fill_all()

        assert not Candidate.objects.exists()
        assert len(inside()) == 1

    def test_without_a_limit_everybody_is_in(self, campaign, text_in):
        for phone in (FIRST, SECOND, THIRD):
            assert text_in("dk ha giang", phone=phone) == "joined"


# --- at the same moment --------------------------------------------------------------------
def texts(number, text):
    gateway = Gateway.objects.get(slug="kannel")
    stored = []
    for place in range(number):
        facts = {"external_id": f"{text}-{place}", "sender": f"+8491234567{place}", "recipient": "8088"}
        message, _new = inbox.receive(gateway=gateway, text=text, raw=b"", sent_at=NOON, **facts)
        stored.append(message.pk)
    return stored


def test_the_last_place_goes_to_one_of_eight(for_real):
    index_page(title="Lớp", keyword="LOPHOC", places=3)
    ids = texts(8, "dk lop hoc")

    outcomes = together(8, lambda place: inbox.process(ids[place]))

    assert sorted(outcomes) == ["joined"] * 3 + ["waiting"] * 5
    assert (len(inside()), Candidate.objects.count()) == (3, 5)


def test_two_who_fill_and_one_who_leaves_give_each_place_once(for_real):
    campaign = index_page(title="Lớp", keyword="LOPHOC", places=2)
    for pk in texts(5, "dk lop hoc"):
        inbox.process(pk)
    SignUp.objects.filter(pk=SignUp.objects.first().pk).update(left_at=timezone.now())
    leaving = Member.objects.get(candidates__pk=Candidate.objects.first().pk)
    facts = {"external_id": "leaves", "sender": leaving.reveal_phone(), "recipient": "8088"}
    message, _new = inbox.receive(gateway=for_real, text="HUY", raw=b"", sent_at=timezone.now(), **facts)
    done = threading.Event()

    def work(place):
        if place == 0:
            inbox.process(message.pk)
            done.set()
            return None
        return places.fill(campaign)

    together(3, work)
    done.wait(5)
    places.fill(campaign)

    assert len(inside()) == 2
    assert leaving.phone_index not in inside()
    told = OutboundMessage.objects.filter(kind=OutboundMessage.Kind.REMINDER)
    assert told.count() == told.values("phone_index").distinct().count()
