"""Short questions after joining: one at a time, answered days later too, skipped, never repeated."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.reach.models import ReachEntry, ReachSource
from campaigns.sms import care
from campaigns.sms.conversation.models import Question
from campaigns.sms.models import Member, OutboundMessage, SignUp
from outreach_site.privacy import holdings, phones
from tests.campaigns.sms.conftest import PHONE, index_page, replies
from tests.factories import CampaignPageFactory, UserFactory, translated

pytestmark = pytest.mark.django_db

START = timezone.now().replace(microsecond=0) - timedelta(days=8)
COMMUNE = "Which commune do you live in? Reply with its name, or SKIP."
AGE = "How old are you? Reply with the number: 1 Under 18, 2 18 to 59, 3 60 and over. Or SKIP."
ALL = {"asks_age": True, "asks_language": True}


@pytest.fixture
def says(text_in):
    """says("25") → what became of it; each text a minute after the one before."""
    clock = iter(range(1, 1000))

    def write(text, *, days=0, **facts):
        return text_in(text, at=START + timedelta(days=days, minutes=next(clock)), **facts)

    return write


def counted():
    return [
        (entry.area, entry.age_band, entry.language, entry.contacts) for entry in ReachEntry.objects.all()
    ]


# --- asking --------------------------------------------------------------------------------
def test_the_first_question_comes_with_the_welcome(communes, says):
    campaign = CampaignPageFactory(keyword="HAGIANG", asks_commune=True)
    translated(campaign, "en", welcome="Hello.")

    says("join ha giang")

    assert replies() == [f"Hello. {COMMUNE}"]


def test_a_question_in_another_language_goes_as_its_own_text(asking, says):
    asking()

    says("join ha giang")

    assert replies() == ["Hello.", COMMUNE]


def test_a_question_that_does_not_fit_goes_as_its_own_text(communes, says):
    campaign = CampaignPageFactory(keyword="HAGIANG", asks_commune=True)
    translated(campaign, "en", welcome="ă" * 250)

    says("join ha giang")

    assert replies() == ["ă" * 250, COMMUNE]


def test_nothing_is_asked_that_is_switched_off_or_known(communes, says):
    campaign = index_page(title="Một xã", keyword="HAGIANG", asks_commune=True, asks_age=True)
    campaign.aims.create(area=communes["Đồng Văn"])
    campaign.save()

    says("join ha giang")

    assert replies()[0].endswith(AGE)


def test_all_three_are_asked_one_after_the_other_and_count(asking, says, communes):
    asking(**ALL)
    says("join ha giang")

    assert says("dong van") == "answered"
    assert replies()[-1] == f"Thank you. {AGE}"
    assert says("25 tuổi") == "answered"
    assert replies()[-1].startswith("Thank you. Which language do you read best? Reply with the number: 1 ")
    assert says("1") == "answered"

    sign_up = SignUp.objects.get()
    assert (sign_up.area, sign_up.age_band, sign_up.language) == (communes["Đồng Văn"], "18-59", "vi")
    assert counted() == [(communes["Đồng Văn"], "18-59", "vi", 1)]
    assert ReachSource.objects.get().corrections == 3
    assert Member.objects.get().language == "vi"
    assert len(replies()) == 5


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("1", "0-17"),
        ("2", "18-59"),
        ("so 3", "60+"),
        ("17", "0-17"),
        ("18", "18-59"),
        ("em 15 tuoi a", "0-17"),
        ("60 tuổi", "60+"),
        (str(timezone.localdate().year - 30), "18-59"),
    ],
)
def test_an_age_is_told_by_number_or_in_years(asking, says, text, band):
    asking(asks_commune=False, asks_age=True)
    says("join ha giang")

    assert says(text) == "answered"
    assert SignUp.objects.get().age_band == band


@pytest.mark.parametrize("text", ["0", "200", "0912345678", "25 30", "hai muoi", "", "👍"])
def test_what_is_no_age_gets_one_more_try_and_is_then_let_be(asking, says, text):
    asking(asks_commune=False, asks_age=True)
    says("join ha giang")

    assert says(text) == "unknown"
    assert replies()[-1] == "Please reply with one number only, or SKIP."
    assert says("what?") == "unknown"
    assert replies()[-1] == "That is all right."
    assert says("25") == "unknown"
    assert SignUp.objects.get().age_band == ""
    assert Question.objects.get().let_be_at


@pytest.mark.parametrize("word", ["SKIP", "bỏ qua", "BO QUA", "bo", "boqua a"])
def test_each_question_may_be_skipped(asking, says, word):
    asking(asks_age=True)
    says("join ha giang")

    assert says(word) == "skipped"
    assert replies()[-1] == f"That is all right. {AGE}"


# --- the commune ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Đồng Văn",
        "dong van",
        "Dong  Van.",
        "xa dong van",
        "em o xa dong van a",
        "dong van ha giang",
        "ddoongf vawn",
        "đồng văn nhé",
    ],
)
def test_a_commune_is_known_as_people_write_it(asking, says, communes, text):
    asking()
    says("join ha giang")

    assert says(text) == "answered"
    assert SignUp.objects.get().area == communes["Đồng Văn"]


def test_a_name_of_several_places_gives_a_choice_by_number_or_name(asking, says):
    asking()
    says("join ha giang")
    says("join ha giang", phone="+84912345679")

    assert says("tan phu") == "answered"
    offered = replies()[-1]
    assert offered.count("Xã Tân Phú, ") == 2
    assert says("2") == "answered"
    says("tan phu", phone="+84912345679")
    assert says("an giang", phone="+84912345679") == "answered"

    first, second = SignUp.objects.order_by("pk")
    assert f"2 Xã Tân Phú, {first.area.parent.name}" in offered
    assert second.area.parent.name == "An Giang"


def test_the_campaigns_own_areas_go_before_all_others(asking, says, province, communes):
    campaign = asking()
    campaign.aims.create(area=province)
    campaign.aims.create(area=communes["Đồng Văn"])
    campaign.save()
    says("join ha giang")

    assert says("tan phu") == "answered"
    assert SignUp.objects.get().area == communes["Tân Phú"]


def test_a_place_outside_of_the_campaigns_areas_is_found_too(asking, says, communes):
    campaign = asking()
    for name in ("Đồng Văn", "Mèo Vạc"):
        campaign.aims.create(area=communes[name])
    campaign.save()
    says("join ha giang")

    assert says("tri ton") == "answered"
    assert SignUp.objects.get().area.name == "Tri Tôn"


def test_a_place_that_is_not_found_gets_one_more_try(asking, says):
    asking(asks_age=True)
    says("join ha giang")

    assert says("Paris") == "unknown"
    assert replies()[-1].startswith("We did not find this place.")
    assert says("London") == "unknown"
    assert replies()[-1] == f"That is all right. {AGE}"


def test_a_number_that_was_not_offered_is_let_be(asking, says):
    asking()
    says("join ha giang")
    says("tan phu")

    assert says("7") == "unknown"
    assert replies()[-1] == "That is all right."


def test_the_bare_keyword_of_her_own_campaign_names_the_place(asking, says, province):
    asking()
    says("join ha giang")

    assert says("Hà Giang") == "answered"
    assert SignUp.objects.get().area == province


# --- in the middle -------------------------------------------------------------------------
def test_a_cry_goes_before_the_answer_and_the_question_stays(asking, says, communes):
    asking()
    says("join ha giang")

    assert says("cứu tôi với, tôi bị nhốt ở Đồng Văn") == "cry"
    assert SignUp.objects.get().area is None
    assert says("dong van") == "answered"
    assert SignUp.objects.get().area == communes["Đồng Văn"]


def test_leaving_goes_before_the_answer(asking, says):
    asking(asks_age=True)
    says("join ha giang")

    assert says("HUY") == "left"
    assert says("dong van") == "unknown"
    assert SignUp.objects.get().area is None


def test_who_leaves_and_comes_back_is_not_asked_again_but_may_answer(asking, says, communes):
    asking()
    says("join ha giang")
    says("HUY")

    assert says("join ha giang") == "rejoined"
    assert replies()[-1] == "Hello."
    assert says("dong van") == "answered"


def test_help_is_answered_and_the_question_stays(asking, says):
    asking()
    says("join ha giang")

    assert says("TRO GIUP") == "help"
    assert says("dong van") == "answered"


def test_an_answer_after_five_days_counts_and_nothing_is_asked_meanwhile(asking, says, communes):
    asking()
    says("join ha giang")
    for _minute in range(3):
        care.look_after_texts()

    assert len(replies()) == 2
    assert says("dong van", days=5) == "answered"
    assert SignUp.objects.get().area == communes["Đồng Văn"]


def test_a_damaged_text_answers_nothing_and_uses_up_no_try(asking, says):
    asking()
    says("join ha giang")

    assert says("d\ufffdng v\ufffdn") == "unknown"
    assert Question.objects.get().misses == 0


def test_the_same_answer_twice_answers_one_question(asking, text_in):
    asking(asks_commune=False, **ALL)
    text_in("join ha giang", at=START)

    assert text_in("2", at=START + timedelta(minutes=1)) == "answered"
    # The operator brings it once more; then she answers the next question with the same number.
    assert text_in("2", at=START + timedelta(minutes=1, seconds=1)) == "answered"
    assert Question.objects.filter(answered_at=None).count() == 1
    assert text_in("2", at=START + timedelta(minutes=3)) == "answered"

    assert (SignUp.objects.get().age_band, SignUp.objects.get().language) == ("18-59", "en")
    assert replies()[-1] == "Thank you."
    assert len(replies()) == 4


def test_choosing_a_language_by_command_answers_that_question(asking, says):
    asking(asks_commune=False, asks_language=True)
    says("dk ha giang")

    assert says("TIENG ANH") == "language"
    assert Question.objects.get().value == "en"
    assert replies()[-1] == "We write to you in English."


def test_who_chose_a_language_before_is_not_asked(asking, says):
    asking(asks_commune=False, asks_language=True)
    says("TIENG ANH")

    says("join ha giang")

    assert replies()[-1] == "Hello."


def test_what_one_campaign_was_told_the_next_does_not_ask(asking, says, communes):
    asking(asks_age=True)
    says("join ha giang")
    says("dong van")
    says("SKIP")
    second = index_page(title="Hai", keyword="HAI", asks_commune=True, asks_age=True, welcome="Second.")

    says("join hai")

    assert replies()[-1] == "Second."
    assert SignUp.objects.get(campaign=second).area == communes["Đồng Văn"]
    assert Question.objects.count() == 2


def test_a_joining_text_wins_over_an_open_question(asking, says):
    asking()
    other = index_page(title="Tri Tôn", keyword="TRITON")
    says("join ha giang")

    assert says("dk tri ton") == "joined"
    assert SignUp.objects.filter(campaign=other).exists()


def test_a_number_that_had_its_share_of_answers_is_asked_later(asking, says, monkeypatch):
    monkeypatch.setattr("campaigns.sms.inbox.MOST_REPLIES_AN_HOUR", 0)
    asking()
    says("join ha giang")
    assert not Question.objects.exists()

    monkeypatch.setattr("campaigns.sms.inbox.MOST_REPLIES_AN_HOUR", 10)
    says("join ha giang", days=1)
    assert replies()[-1].endswith(COMMUNE)


# --- whose data it is ----------------------------------------------------------------------
def test_answers_are_handed_out_and_erased_and_what_was_counted_stays(asking, says, communes):
    asking()
    says("join ha giang")
    says("dong van")
    index, staff = phones.index(PHONE), UserFactory(is_superuser=True)

    found = holdings.hand_out(index, by=staff, reason="asked")
    assert found["members"][0]["questions"][0]["answer"] == communes["Đồng Văn"].label
    OutboundMessage.objects.update(state="sent")
    holdings.erase(index, by=staff, reason="asked")

    assert not Question.objects.exists()
    assert counted() == [(communes["Đồng Văn"], "", "en", 1)]
