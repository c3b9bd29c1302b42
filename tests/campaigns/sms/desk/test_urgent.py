"""What staff see of cries for help, and of texts that were not understood."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.sms import handling, urgent
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from outreach_site.privacy import consent
from tests.campaigns.sms.conftest import PHONE, replies
from tests.campaigns.sms.desk.conftest import client_of, cost, said
from tests.factories import HotlineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cry(campaign, text_in):
    HotlineFactory(number="111", is_main=True)
    text_in("cứu tôi với")
    urgent.Cry.objects.update(raised_at=timezone.now() - timedelta(minutes=4, seconds=10))
    return urgent.Cry.objects.get()


def test_a_cry_stands_with_its_text_its_minutes_and_our_answer(coordinator, cry):
    page = said(coordinator.get("/admin/sms/urgent/"))

    assert "cứu tôi với" in page
    assert "for 4 minutes" in page
    assert "Our answer with the hotline" in page
    assert "waiting" in page
    assert PHONE not in page


def test_whoever_takes_it_is_named_to_the_others(coordinator, colleague, cry):
    coordinator.post(f"/admin/sms/urgent/{cry.pk}/take/")
    answer = colleague.post(f"/admin/sms/urgent/{cry.pk}/take/", follow=True)

    assert "Hạnh has taken it already" in answer.content.decode()
    assert "after 4 minutes" in said(coordinator.get("/admin/sms/urgent/"))
    assert "within 4 minutes" in said(coordinator.get("/admin/sms/urgent/"))


def test_what_came_of_it_is_written_down_once_it_is_taken(coordinator, cry):
    coordinator.post(f"/admin/sms/urgent/{cry.pk}/result/", {"result": "passed_on"})
    cry.refresh_from_db()
    assert cry.result == ""

    coordinator.post(f"/admin/sms/urgent/{cry.pk}/take/")
    coordinator.post(f"/admin/sms/urgent/{cry.pk}/result/", {"result": "passed_on"})
    cry.refresh_from_db()
    assert cry.result == "passed_on"


def test_every_screen_tells_those_who_may_take_it(coordinator, cry):
    told = coordinator.get("/admin/sms/urgent/state/").json()
    editor = client_of("editor", username="lan")

    assert told["waiting"] == 1
    assert "since 4 min" in told["words"]
    assert editor.get("/admin/sms/urgent/state/").json() == {"waiting": 0}
    assert "urgent.mjs" in coordinator.get("/admin/").content.decode()
    assert "sms-cries" in coordinator.get("/admin/").content.decode()
    assert "sms-cries" not in editor.get("/admin/").content.decode()


def test_nobody_else_sees_or_takes_cries(cry):
    editor = client_of("editor", username="lan")

    assert editor.get("/admin/sms/urgent/").status_code == 302
    editor.post(f"/admin/sms/urgent/{cry.pk}/take/")
    cry.refresh_from_db()
    assert cry.taken_at is None


def test_the_screen_costs_the_same_with_many_cries(coordinator, campaign, text_in, cry):
    few = cost(coordinator, "/admin/sms/urgent/")
    for number in range(10):
        text_in("cứu tôi", phone=f"+8491234590{number}")

    assert cost(coordinator, "/admin/sms/urgent/") <= few


# --- not understood --------------------------------------------------------------------------
@pytest.fixture
def puzzle(campaign, text_in):
    text_in("o ha giang co gi vui khong chi")
    return InboundMessage.objects.get()


def test_a_text_nobody_understood_waits_and_is_assigned_to_a_campaign(coordinator, campaign, puzzle):
    assert puzzle.text in said(coordinator.get("/admin/sms/unmatched/"))

    coordinator.post(f"/admin/sms/unmatched/{puzzle.pk}/join/", {"campaign": campaign.pk})

    assert SignUp.objects.get().campaign == campaign
    assert consent.holds(puzzle.phone_index, campaign.consent_key)
    assert replies()[-1].startswith("Chào bạn!")
    assert handling.Handling.objects.get().by == coordinator.user
    assert not handling.unmatched().exists()


def test_who_left_after_that_text_is_not_signed_up_by_a_colleague(coordinator, campaign, puzzle, text_in):
    text_in("HUY", at=timezone.now())

    answer = coordinator.post(
        f"/admin/sms/unmatched/{puzzle.pk}/join/", {"campaign": campaign.pk}, follow=True
    )

    assert "She has left since" in answer.content.decode()
    assert not SignUp.objects.exists()


def test_a_text_is_handled_once(coordinator, colleague, campaign, puzzle):
    coordinator.post(f"/admin/sms/unmatched/{puzzle.pk}/seen/")
    answer = colleague.post(f"/admin/sms/unmatched/{puzzle.pk}/join/", {"campaign": campaign.pk}, follow=True)

    assert "A colleague was first" in answer.content.decode()
    assert not SignUp.objects.exists()


def test_a_colleague_answers_by_hand_and_stands_by_it(coordinator, puzzle):
    coordinator.post(
        f"/admin/sms/unmatched/{puzzle.pk}/answer/", {"text": "Chào bạn, mời bạn nhắn DANGKY HAGIANG."}
    )

    text = OutboundMessage.objects.last()
    assert text.text == "Chào bạn, mời bạn nhắn DANGKY HAGIANG."
    assert text.author == coordinator.user


def test_an_answer_that_betrays_is_not_sent_and_not_lost(coordinator, puzzle):
    from campaigns.sms.discretion import DiscreetWord

    DiscreetWord.objects.create(word="buôn người", language="vi", weight="block")
    page = said(coordinator.post(f"/admin/sms/unmatched/{puzzle.pk}/answer/", {"text": "về buôn người"}))

    assert "may betray" in page
    assert ">về buôn người</textarea>" in page
    assert handling.unmatched().count() == 1


def test_a_colleague_sees_a_cry_that_the_program_did_not(coordinator, puzzle):
    HotlineFactory(number="111", is_main=True)
    coordinator.post(f"/admin/sms/unmatched/{puzzle.pk}/cry/")

    assert urgent.Cry.objects.waiting().count() == 1
    assert "111" in replies()[-1]


def test_the_thread_takes_an_answer_and_two_clicks_send_one(coordinator, puzzle):
    url = f"/admin/sms/texts/{puzzle.phone_index}/answer/"
    for _click in range(2):
        coordinator.post(url, {"text": "Chào bạn.", "token": "one"})

    assert replies().count("Chào bạn.") == 1


def test_only_those_who_may_handle_texts_do(puzzle, campaign):
    editor = client_of("editor", username="lan")
    assert editor.get("/admin/sms/unmatched/").status_code == 302
    editor.post(f"/admin/sms/unmatched/{puzzle.pk}/join/", {"campaign": campaign.pk})
    assert not SignUp.objects.exists()
