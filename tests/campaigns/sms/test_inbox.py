"""What a text brings about: once, whatever gateways repeat, delay or reorder."""

import logging
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone, translation

from campaigns.pages.models import CampaignPage
from campaigns.reach.models import ReachEntry
from campaigns.sms import defaults, inbox, tasks
from campaigns.sms.alarms import Alarm
from campaigns.sms.models import InboundMessage, Member, OutboundMessage, SignUp
from outreach_site.privacy import consent, phones
from outreach_site.privacy.models import ConsentEvent
from tests.campaigns.sms.conftest import PHONE, index_page, replies
from tests.campaigns.sms.desk.conftest import client_of
from tests.factories import AreaFactory, CampaignPageFactory, HotlineFactory, translated

pytestmark = pytest.mark.django_db

INDEX = phones.index(PHONE)
NOON = timezone.now().replace(microsecond=0) - timedelta(hours=3)
FIRST, SECOND = NOON, NOON + timedelta(minutes=30)


def holds(campaign):
    return consent.holds(INDEX, campaign.consent_key)


def counted():
    return list(ReachEntry.objects.values_list("campaign", "channel", "language", "contacts", "day"))


# --- joining -------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["DANGKY HAGIANG", "Đăng ký Hà Giang", "dk ha giang"])
def test_a_text_signs_up_and_is_counted_and_answered(campaign, text_in, text):
    assert text_in(text, at=FIRST) == "joined"

    sign_up = SignUp.objects.get()
    assert (sign_up.member.phone_index, sign_up.campaign, sign_up.joined_at) == (INDEX, campaign, FIRST)
    assert counted() == [(campaign.pk, "sms", "vi", 1, timezone.localdate(FIRST))]
    assert replies() == ["Chào bạn! Bạn đã có tên. Muốn dừng, nhắn HUY."]
    assert holds(campaign)
    event = ConsentEvent.objects.get()
    assert (event.wording, event.language, event.at) == (replies()[0], "vi", FIRST)


@pytest.mark.parametrize("process_twice", [False, True], ids=["second text", "same job again"])
def test_a_phone_is_signed_up_and_counted_once(campaign, text_in, process_twice):
    text_in("dk ha giang", at=FIRST)
    if process_twice:
        assert inbox.process(InboundMessage.objects.get().pk) is None
    else:
        assert text_in("Đăng ký Hà Giang", at=FIRST + timedelta(seconds=2)) == "already_in"

    assert SignUp.objects.count() == 1
    assert [entry[3] for entry in counted()] == [1]
    assert len(replies()) == 1


def test_who_is_in_already_is_told_so_once_a_day(campaign, text_in):
    text_in("dk ha giang", at=FIRST)

    for minutes in (20, 30, 40):
        text_in("dk ha giang", at=FIRST + timedelta(minutes=minutes))

    assert len(replies()) == 2


def test_a_sign_up_counts_in_the_campaigns_area_when_it_has_one(text_in):
    area = AreaFactory(name="Hà Giang")
    campaign = CampaignPageFactory(keyword="HAGIANG")
    campaign.aims.create(area=area)
    campaign.save()

    text_in("dk ha giang")

    assert ReachEntry.objects.get().area == area
    assert SignUp.objects.get().area == area


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("DANGKY HAGIANG DONG VAN", "Đồng Văn"),
        ("Đăng ký Hà Giang Mèo Vạc", "Mèo Vạc"),
        ("DK HAGIANG NOI KHAC", None),
        ("DK HAGIANG", None),
    ],
)
def test_a_commune_behind_the_keyword_says_where(text_in, text, place):
    campaign = CampaignPageFactory(keyword="HAGIANG")
    for name in ("Đồng Văn", "Mèo Vạc"):
        campaign.aims.create(area=AreaFactory(name=name))
    campaign.save()

    text_in(text)

    area = ReachEntry.objects.get().area
    assert (area.name if area else None) == place


def test_a_campaign_of_two_areas_does_not_say_where(text_in):
    campaign = CampaignPageFactory(keyword="HAGIANG")
    for name in ("Hà Giang", "An Giang"):
        campaign.aims.create(area=AreaFactory(name=name))
    campaign.save()

    text_in("dk ha giang")

    assert ReachEntry.objects.get().area is None


def test_the_answer_is_in_the_members_language(text_in):
    campaign = CampaignPageFactory(keyword="HAGIANG", welcome="Chào bạn.")
    translated(campaign, "en", welcome="Welcome.")

    text_in("join ha giang")
    text_in("dk ha giang", phone="+84912345679")

    assert replies() == ["Welcome."]
    assert replies("+84912345679") == ["Chào bạn."]
    assert set(SignUp.objects.values_list("campaign", flat=True)) == {campaign.pk}


def test_without_a_welcome_the_answer_is_discreet(text_in):
    CampaignPageFactory(title="Chống mua bán người", keyword="HAGIANG")

    text_in("join ha giang")

    assert replies() == ["You are on the list. To stop, reply STOP."]


def test_the_day_of_the_text_decides_whether_a_campaign_runs(kannel, text_in):
    yesterday = timezone.now() - timedelta(days=1)
    campaign = index_page(title="Hết", keyword="HAGIANG", ends_on=timezone.localdate(yesterday))

    assert text_in("dk ha giang") == "not_open"
    assert text_in("dk ha giang", at=yesterday, phone="+84912345679") == "joined"
    assert SignUp.objects.get().campaign == campaign


def test_a_campaigns_own_words_answer_joining_again(text_in):
    campaign = CampaignPageFactory(keyword="HAGIANG", already_in_text="Bạn có tên rồi.")
    translated(campaign, "en", already_in_text="You are in.")

    text_in("join ha giang", at=FIRST)
    text_in("join ha giang", at=SECOND)

    assert replies()[-1] == "You are in."


@pytest.mark.parametrize(
    ("starts", "ends", "own", "answer"),
    [
        (3, 9, {"not_open_text": "Soon."}, "Soon."),
        (-9, -3, {"over_text": "Closed."}, "Closed."),
        (-9, -3, {}, "One can no longer join this."),
    ],
)
def test_joining_too_early_or_too_late_is_answered_and_signs_nobody_up(text_in, starts, ends, own, answer):
    today = timezone.localdate()
    first, last = today + timedelta(days=starts), today + timedelta(days=ends)
    campaign = CampaignPageFactory(keyword="HAGIANG", starts_on=first, ends_on=last)
    translated(campaign, "en", **own)

    assert text_in("join ha giang") == "not_open"

    assert replies() == [answer]
    assert not SignUp.objects.exists()


def test_a_campaign_to_come_says_from_which_day(text_in):
    starts_on = timezone.localdate() + timedelta(days=3)
    CampaignPageFactory(keyword="HAGIANG", starts_on=starts_on, ends_on=starts_on)

    text_in("join ha giang")

    assert replies() == [f"You can join from {starts_on:%-d/%-m/%Y} on. Please write again then."]


def test_a_draft_campaign_cannot_be_joined(kannel, text_in):
    index_page(title="Nháp", keyword="HAGIANG", live=False)

    assert text_in("dk ha giang") == "unknown"


# --- leaving -------------------------------------------------------------------------------
def test_stop_leaves_everything(campaign, text_in):
    text_in("dk ha giang", at=FIRST)

    assert text_in("HUY", at=SECOND) == "left"

    assert SignUp.objects.get().left_at == SECOND
    assert not holds(campaign)
    assert len(replies()) == 2


def test_stop_with_a_keyword_leaves_that_campaign(campaign, text_in):
    other = index_page(title="An Giang", keyword="ANGIANG")
    text_in("dk ha giang", at=FIRST)
    text_in("dk an giang", at=FIRST)

    text_in("huy ha giang", at=SECOND)

    assert dict(SignUp.objects.values_list("campaign", "left_at")) == {campaign.pk: SECOND, other.pk: None}
    assert (holds(campaign), holds(other)) == (False, True)


def test_an_unknown_phone_that_leaves_is_suppressed_all_the_same(campaign, text_in):
    assert text_in("stop", at=FIRST) == "left"

    assert consent.withdrawn_at(INDEX, campaign.consent_key) == FIRST


def test_leaving_is_confirmed_once(campaign, text_in):
    text_in("dk ha giang", at=FIRST)
    for minutes in (1, 2, 3):
        text_in("HUY", at=SECOND + timedelta(minutes=minutes))

    assert len(replies()) == 2


def test_who_left_may_come_back_and_is_not_counted_again(campaign, text_in):
    text_in("dk ha giang", at=FIRST)
    text_in("huy", at=SECOND)

    assert text_in("dk ha giang", at=SECOND + timedelta(minutes=1)) == "rejoined"

    assert SignUp.objects.get().left_at is None
    assert holds(campaign)
    assert [entry[3] for entry in counted()] == [1]
    assert len(replies()) == 3


@pytest.mark.parametrize("joined_at", [FIRST, SECOND], ids=["older", "same second"])
def test_a_joining_text_that_comes_after_leaving_changes_nothing(campaign, text_in, joined_at):
    text_in("HUY", at=SECOND)
    assert text_in("dk ha giang", at=joined_at) == "outdated"

    assert not SignUp.objects.exists()
    assert not counted()
    assert not holds(campaign)
    assert len(replies()) == 1


def test_leaving_in_the_same_second_wins(campaign, text_in):
    text_in("dk ha giang", at=FIRST)
    text_in("HUY", at=FIRST)

    assert SignUp.objects.get().left_at == FIRST
    assert not holds(campaign)


def test_a_leaving_text_that_comes_after_joining_again_changes_nothing(campaign, text_in):
    text_in("dk ha giang", at=SECOND)

    assert text_in("HUY", at=FIRST) == "outdated"

    assert SignUp.objects.get().left_at is None
    assert holds(campaign)
    assert len(replies()) == 1


# --- help, and what is not understood ------------------------------------------------------
def test_help_gets_the_number_and_nothing_about_the_cause(campaign, text_in):
    HotlineFactory(number="111", name={"vi": "Tổng đài phòng, chống mua bán người"})
    Member.objects.create(phone_sealed=phones.seal(PHONE), phone_index=INDEX, language="en")

    assert text_in("giúp em với") == "help"

    assert replies() == ["To talk to somebody, call 111. The call is free. Somebody answers day and night."]


def test_help_without_a_number_still_answers(campaign, text_in):
    assert text_in("help") == "help"

    assert len(replies()) == 1


def test_what_is_not_understood_gets_one_answer_a_day(campaign, text_in):
    HotlineFactory(number="111")
    Member.objects.create(phone_sealed=phones.seal(PHONE), phone_index=INDEX, language="en")

    outcomes = [text_in(text) for text in ("xin chào", "", "👍", "ă" * 2000)]

    assert outcomes == ["unknown"] * 4
    assert replies() == [
        "We did not understand your text. To join, reply JOIN HAGIANG without accents. "
        "To talk to somebody, call 111. The call is free. Somebody answers day and night."
    ]


def test_damaged_letters_never_join_but_may_leave(campaign, text_in):
    assert text_in("dk ha giang \ufffd") == "unknown"
    assert text_in("stop \ufffd") == "left"


@pytest.mark.parametrize(
    ("sender", "facts"),
    [("VIETTEL", {}), ("8088", {}), (PHONE, {"binary": True})],
    ids=["name", "code", "binary"],
)
def test_machines_get_no_answer(campaign, text_in, sender, facts):
    assert text_in("DANGKY HAGIANG", phone=sender, **facts) == "ignored"

    assert not OutboundMessage.objects.exists()
    assert not Member.objects.exists()


def test_two_machines_do_not_answer_each_other_for_ever(campaign, text_in):
    for number in range(30):
        text_in(f"help {number}")

    assert len(replies()) == inbox.MOST_REPLIES_AN_HOUR
    # Hours later there is a little left of the day's share.
    OutboundMessage.objects.update(created_at=timezone.now() - timedelta(hours=2))
    for number in range(30):
        text_in(f"help again {number}")
    assert len(replies()) == inbox.MOST_REPLIES_A_DAY


def test_staff_are_told_once_that_a_number_loops_and_see_its_texts(campaign, text_in):
    for number in range(15):
        text_in(f"help {number}")

    alarm = Alarm.objects.open().get()
    assert (alarm.kind, alarm.key) == ("looping", INDEX)
    page = client_of("coordinator", username="hanh").get("/admin/sms/alarms/").content.decode()
    assert f"/admin/sms/texts/{INDEX}/" in page
    assert PHONE not in page


def test_the_same_words_within_minutes_get_one_answer(campaign, text_in):
    for _round in range(3):
        text_in("help")
    assert len(replies()) == 1

    InboundMessage.objects.update(sent_at=timezone.now() - timedelta(minutes=6))
    text_in("help")
    assert len(replies()) == 2


def test_what_comes_from_our_own_number_is_an_echo(campaign, text_in, kannel):
    kannel.short_code = "0912 345 678"
    kannel.save()

    assert text_in("dk ha giang") == "ignored"
    assert text_in("cứu tôi") == "ignored"
    assert replies() == []


@pytest.mark.parametrize("code", ["vi", "en", "km", "hmn"])
def test_our_own_words_have_a_language_that_we_speak(campaign, text_in, code):
    Member.objects.create(phone_sealed=phones.seal(PHONE), phone_index=INDEX, language=code)

    text_in("HUY")

    message = OutboundMessage.objects.get()
    assert message.language == {"en": "en"}.get(code, "vi")
    with translation.override(message.language):
        assert message.text == translation.gettext("You will get no more texts from us.")


# --- when things go wrong ------------------------------------------------------------------
def test_a_text_that_cannot_be_worked_on_waits_and_in_the_end_fails(campaign, text_in, caplog):
    message = text_in("dk ha giang", process=False)
    with mock.patch(
        "campaigns.sms.conversation.joining.ledger.record", side_effect=ValueError(f"{PHONE} dk ha giang")
    ):
        for _attempt in range(5):
            InboundMessage.objects.update(next_try_at=timezone.now())
            assert inbox.process(message.pk) is None

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error[:10]) == ("failed", 5, "ValueError")
    assert not SignUp.objects.exists()
    assert not OutboundMessage.objects.exists()
    assert PHONE not in caplog.text
    assert "giang" not in caplog.text


def test_a_text_whose_worker_died_is_taken_up_again(campaign, text_in):
    message = text_in("dk ha giang", process=False)
    lost = {"state": "working", "lease_until": timezone.now() - timedelta(seconds=1)}
    InboundMessage.objects.filter(pk=message.pk).update(
        received_at=timezone.now() - timedelta(minutes=5), **lost
    )

    tasks.sweep()

    assert SignUp.objects.count() == 1


def test_a_worker_that_lost_its_text_undoes_what_it_did(campaign, text_in):
    message = text_in("dk ha giang", process=False)

    def slow(*args, **kwargs):
        # Meanwhile the lease ran out and another worker took the text.
        InboundMessage.objects.filter(pk=message.pk).update(attempts=7)

    with mock.patch("campaigns.sms.conversation.joining.ledger.record", side_effect=slow):
        assert inbox.process(message.pk) is None

    assert not SignUp.objects.exists()


def test_the_sweep_leaves_fresh_texts_to_their_nudge(campaign, text_in):
    message = text_in("dk ha giang", process=False)

    tasks.sweep()

    message.refresh_from_db()
    assert message.state == "new"


def test_no_log_holds_a_number_or_a_text(campaign, text_in, caplog):
    caplog.set_level(logging.DEBUG)
    for text in ("dk ha giang", "xin chào bạn", "HUY", "help"):
        text_in(text)
    tasks.sweep()

    for secret in ("912345678", "ha giang", "xin chào", "Chào bạn", INDEX):
        assert secret not in caplog.text.replace("tests/campaigns/sms", "")


def test_the_schedule_is_made_once():
    from django_q.models import Schedule

    for _again in range(2):
        defaults.ensure_schedules()

    assert Schedule.objects.filter(func="campaigns.sms.tasks.sweep").count() == 1


def test_a_campaign_has_words_of_its_own_for_leaving_and_for_help(text_in):
    HotlineFactory(number="111")
    campaign = CampaignPageFactory(keyword="HAGIANG", goodbye_text="Tạm biệt.", help_text="Hỏi chị Mai.")
    translated(campaign, "en", goodbye_text="Goodbye.")
    text_in("dk hagiang")

    text_in("tro giup")
    assert replies()[-1].startswith("Hỏi chị Mai.")
    assert "111" in replies()[-1]
    CampaignPage.objects.filter(pk=campaign.pk).update(help_text="Gọi 111 nhé.")
    text_in("tro giup", phone="+84912345679")
    assert "Gọi 111 nhé." not in replies("+84912345679")[-1]
    text_in("huong dan")
    text_in("huy hagiang")
    assert replies()[-1] == "Tạm biệt."

    # Leaving everything is no campaign's affair.
    text_in("join hagiang", phone="+84912345670")
    text_in("stop", phone="+84912345670")
    assert "Goodbye." not in replies("+84912345670")[-1]


def test_a_help_text_that_names_the_number_is_left_as_it_is(text_in):
    HotlineFactory(number="111")
    CampaignPageFactory(keyword="HAGIANG", help_text="Gọi 111 nhé.")
    text_in("dk hagiang")

    text_in("tro giup")

    assert replies()[-1] == "Gọi 111 nhé."
