"""A person's data by her number: handed out, erased, let go after a time; what was counted stays."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.reach.models import ReachEntry
from campaigns.sms import handling, outbox, urgent
from campaigns.sms.models import InboundMessage, Member, OutboundMessage, SignUp
from outreach_site.privacy import consent, holdings, phones, retention
from outreach_site.privacy.models import ConsentEvent, RetentionRule, RetentionRun, RightsAnswer
from tests.campaigns.sms.conftest import PHONE
from tests.campaigns.sms.desk.conftest import client_of

pytestmark = pytest.mark.django_db

INDEX = phones.index(PHONE)
OTHER = "+84912345679"
ASKED = {"number": PHONE, "reason": "she called from this number"}


@pytest.fixture
def administrator(db):
    return client_of("administrator", username="minh")


@pytest.fixture
def two_members(campaign, text_in):
    text_in("dk ha giang")
    text_in("dk ha giang", phone=OTHER)


def traces(phone):
    """Everything in the database that leads to `phone`, beside the suppression list and audits."""
    index = phones.index(phone)
    models = (InboundMessage, OutboundMessage, Member, urgent.Cry)
    return sum(model.objects.filter(phone_index=index).count() for model in models)


def test_everything_about_a_number_is_handed_out_as_a_file(administrator, two_members):
    answer = administrator.post("/admin/privacy/export/", ASKED)

    found = json.loads(answer.content)
    assert found["number"] == PHONE
    assert [row["text"] for row in found["texts-in"]] == ["dk ha giang"]
    assert len(found["texts-out"]) == len(found["members"]) == len(found["consents"]) == 1
    assert OTHER not in answer.content.decode()
    noted = RightsAnswer.objects.get()
    assert (noted.what, noted.by, noted.reason) == ("export", administrator.user, ASKED["reason"])


def test_erasing_leaves_no_trace_but_the_suppression_and_the_numbers(administrator, two_members, campaign):
    before = ReachEntry.objects.count()

    administrator.post("/admin/privacy/erase/", ASKED)

    assert traces(PHONE) == 0
    assert traces(OTHER) == 3
    assert SignUp.objects.count() == 1
    assert list(InboundMessage.objects.filter(phone_index="").values_list("text", "phone_sealed")) == [
        ("", "")
    ]
    assert ReachEntry.objects.count() == before == 2
    assert [event.given for event in ConsentEvent.objects.filter(phone_index=INDEX)] == [False]
    assert not consent.holds(INDEX, campaign.consent_key)
    assert RightsAnswer.objects.get().numbers["texts-in"] == 1


def test_who_was_erased_is_not_texted_and_comes_back_only_by_her_own_text(
    administrator, two_members, campaign, text_in, kannel
):
    administrator.post("/admin/privacy/erase/", ASKED)
    her = InboundMessage()
    her.set_phone(PHONE)
    facts = {"gateway": kannel, "text": "Chào bạn.", "language": "vi", "kind": outbox.Kind.BROADCAST}
    outbox.queue(to=her, cause="one", consent_purpose=campaign.consent_key, **facts)
    outbox.send(OutboundMessage.objects.get(cause="one").pk)
    assert OutboundMessage.objects.get(cause="one").state == "dropped"

    assert text_in("dk ha giang", at=timezone.now() + timedelta(seconds=1)) == "joined"
    assert consent.holds(INDEX, campaign.consent_key)


def test_a_repeated_call_of_the_gateway_brings_nothing_back(administrator, campaign, text_in):
    text_in("dk ha giang", external_id="the-same")
    administrator.post("/admin/privacy/erase/", ASKED)

    text_in("dk ha giang", external_id="the-same")

    assert traces(PHONE) == 0


def test_a_waiting_text_to_her_is_cancelled_with_it(administrator, two_members):
    administrator.post("/admin/privacy/erase/", ASKED)

    assert set(OutboundMessage.objects.filter(phone_index="").values_list("state", flat=True)) == {
        "cancelled"
    }


def test_nobody_erases_a_cry_that_waits(administrator, campaign, text_in):
    text_in("cứu tôi")

    answer = administrator.post("/admin/privacy/erase/", ASKED)

    assert "Take it first" in answer.content.decode()
    assert InboundMessage.objects.get().text == "cứu tôi"
    assert not RightsAnswer.objects.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"number": PHONE, "reason": ""}, "Please say who asked"),
        ({"number": "8088", "reason": "x"}, "no whole phone number"),
    ],
)
def test_without_a_reason_or_a_number_nothing_happens(administrator, two_members, facts, words):
    for act in ("export", "erase"):
        answer = administrator.post(f"/admin/privacy/{act}/", facts, follow=True)
        assert words in answer.content.decode()
    assert traces(PHONE) == 3
    assert not RightsAnswer.objects.exists()


def test_only_those_with_the_right_see_or_do_any_of_it(two_members):
    coordinator = client_of("coordinator", username="hanh")

    assert coordinator.get("/admin/privacy/").status_code == 302
    for act in ("export", "erase", "keep"):
        coordinator.post(f"/admin/privacy/{act}/", ASKED)
    assert traces(PHONE) == 3
    assert not RightsAnswer.objects.exists()


# --- after a time ----------------------------------------------------------------------------
def grow_old(months):
    moment = timezone.now() - timedelta(days=round(months * retention.DAYS_A_MONTH) + 1)
    InboundMessage.objects.update(received_at=moment)
    OutboundMessage.objects.update(created_at=moment, state="delivered")
    Member.objects.update(created_at=moment)
    SignUp.objects.update(joined_at=moment)
    return moment


def test_what_is_old_is_let_go_and_the_numbers_stay(two_members, text_in):
    text_in("huy", phone=OTHER)
    SignUp.objects.exclude(left_at=None).update(left_at=grow_old(24))

    done = retention.run()

    assert done == {"texts-in": 3, "texts-out": 3, "cries": 0, "members": 1}
    assert not InboundMessage.objects.exclude(text="").exists()
    # Who is still in stays a member, or she could not be written to.
    assert Member.objects.get().phone_index == INDEX
    assert ReachEntry.objects.count() == 2
    assert {run.key: run.number for run in RetentionRun.objects.all()} == {
        "texts-in": 3,
        "texts-out": 3,
        "members": 1,
    }
    assert set(retention.run().values()) == {0}


def test_what_is_younger_or_still_on_its_way_is_kept(two_members):
    grow_old(20)
    OutboundMessage.objects.filter(phone_index=INDEX).update(state="unknown")
    assert set(retention.run().values()) == {0}

    grow_old(30)
    OutboundMessage.objects.filter(phone_index=INDEX).update(state="unknown")
    assert retention.run()["texts-out"] == 1


def test_staff_set_the_months_and_see_what_was_let_go(administrator, two_members):
    page = administrator.get("/admin/privacy/").content.decode()
    assert "texts received" in page
    facts = {f"{rule.key}-months": 6 for _holding, rule in retention.rules()}
    administrator.post("/admin/privacy/keep/", facts)
    assert set(RetentionRule.objects.values_list("months", flat=True)) == {6}

    grow_old(6)
    retention.run()
    assert "texts received: 2" in administrator.get("/admin/privacy/").content.decode()


def test_zero_months_keep_for_as_long_as_nobody_asks(two_members):
    retention.rules()
    RetentionRule.objects.update(months=0)
    grow_old(100)

    assert retention.run() == {}


def test_a_text_that_was_let_go_no_longer_waits_to_be_understood(campaign, text_in, administrator):
    text_in("mua may gio het vay nhi")
    grow_old(24)
    retention.run()

    assert not handling.unmatched().exists()
    assert administrator.get("/admin/sms/texts/").status_code == 200


def test_the_screen_says_how_much_is_held_and_never_the_number_in_its_address(administrator, two_members):
    page = administrator.post("/admin/privacy/", {"number": PHONE}).content.decode()

    assert "texts received: 1" in page
    assert "+84 9•• ••• •78" in page
    assert {holding.key for holding, rows in holdings.held(INDEX) if rows} >= {
        "texts-in",
        "members",
        "consents",
    }
