"""All texts, one number's thread, and the phone behind it."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns.sms.desk import texts
from campaigns.sms.models import InboundMessage, Member, OutboundMessage
from outreach_site.privacy import phones
from outreach_site.privacy.models import PhoneLook
from tests.campaigns.sms.conftest import PHONE
from tests.campaigns.sms.desk.conftest import client_of, cost, said
from tests.campaigns.sms.test_pace import number

pytestmark = pytest.mark.django_db
TEXTS = "/admin/sms/texts/"
INDEX = phones.index(PHONE)


def may_look(user):
    user.user_permissions.add(Permission.objects.get(codename="look_at_phone"))


def shown_texts(client, url):
    return [line.text for line in client.get(url).context["screen"].lines]


# row: PII
def test_a_thread_has_what_came_and_what_went_and_the_number_masked(campaign, text_in, coordinator):
    text_in("DK HAGIANG")
    text_in("Lạc đề", phone=number(7))

    shown = said(coordinator.get(reverse("sms_thread", args=[INDEX])))

    assert shown.index("Chào bạn! Bạn đã có tên.") < shown.index("DK HAGIANG")
    assert "joined" in shown
    assert "Lạc đề" not in shown
    assert "+84 9•• ••• •78" in shown
    assert "912345678" not in shown


# row: PII
def test_a_number_is_found_whole_in_any_spelling_and_stands_in_no_address(campaign, text_in, coordinator):
    text_in("DK HAGIANG")

    for spelling in ("0912345678", "+84 912 345 678", "84912345678"):
        answered = coordinator.post(reverse("sms_find"), {"number": spelling})
        assert answered["Location"] == reverse("sms_thread", args=[INDEX])
        assert "912345678" not in answered["Location"]


# row: PII
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("345678", "This is no whole phone number."),
        ("0912345679", "No text came from this number and none went to it."),
    ],
)
def test_a_part_of_a_number_finds_nobody(campaign, text_in, coordinator, typed, told):
    text_in("DK HAGIANG")

    answered = coordinator.post(reverse("sms_find"), {"number": typed})

    assert answered["Location"] == TEXTS
    assert [str(message) for message in get_messages(answered.wsgi_request)] == [told]


# row: PII
def test_a_number_is_shown_once_to_whom_it_is_allowed_for_a_reason(campaign, text_in, coordinator):
    text_in("DK HAGIANG")
    unmask = reverse("sms_unmask", args=[INDEX])
    assert PHONE not in said(coordinator.post(unmask, {"reason": "She asked us to call"}, follow=True))
    may_look(coordinator.user)

    assert PHONE not in said(coordinator.post(unmask, {"reason": " "}, follow=True))
    assert PhoneLook.objects.count() == 0
    answered = coordinator.post(unmask, {"reason": "She asked us to call"})
    assert PHONE in said(answered)
    assert "no-store" in answered["Cache-Control"]

    look = PhoneLook.objects.get()
    assert (look.user, look.reason, look.phone_index) == (coordinator.user, "She asked us to call", INDEX)
    shown = said(coordinator.get(reverse("sms_thread", args=[INDEX])))
    assert PHONE not in shown
    assert "She asked us to call" in shown


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", ["Lạc đề", "DK HAGIANG"]),
        ("in", ["Lạc đề", "DK HAGIANG"]),
        ("in:joined", ["DK HAGIANG"]),
        ("out:failed", []),
        ("nonsense", ["Lạc đề", "DK HAGIANG"]),
    ],
)
def test_texts_are_filtered_by_state(campaign, text_in, coordinator, state, expected):
    text_in("DK HAGIANG")
    text_in("Lạc đề", phone=number(7))
    OutboundMessage.objects.all().delete()

    assert shown_texts(coordinator, f"{TEXTS}?state={state}") == expected


def test_every_text_stands_on_one_page_and_no_more(campaign, text_in, coordinator, monkeypatch):
    monkeypatch.setattr(texts, "A_PAGE", 3)
    for n in range(1, 6):
        text_in("DK HAGIANG", phone=number(n))
    everything = InboundMessage.objects.count() + OutboundMessage.objects.count()
    url, found = TEXTS, []
    while url:
        screen = coordinator.get(url).context["screen"]
        found += [(line.is_in, line.row.pk) for line in screen.lines]
        url = screen.older and f"{TEXTS}?before={screen.older}"

    assert (len(found), len(set(found))) == (everything, everything)


def test_lists_and_threads_cost_the_same_with_more_texts(campaign, text_in, coordinator):
    urls = (TEXTS, reverse("sms_thread", args=[INDEX]))

    def some(numbers):
        for n in numbers:
            text_in("DK HAGIANG")
            text_in("DK HAGIANG", phone=number(n))

    some(range(1))
    before = [cost(coordinator, url) for url in urls]
    some(range(1, 5))
    assert [cost(coordinator, url) for url in urls] == before
    assert max(before) <= 15


def test_a_text_whose_key_is_gone_is_still_listed(campaign, text_in, coordinator):
    text_in("DK HAGIANG")
    InboundMessage.objects.update(phone_sealed="x")

    assert "DK HAGIANG" in said(coordinator.get(TEXTS))


# --- the member ----------------------------------------------------------------------------
# row: PII
def test_a_member_has_her_sign_ups_consents_and_opt_outs(campaign, text_in, coordinator):
    text_in("DK HAGIANG")
    text_in("HUY")

    shown = said(coordinator.get(reverse("sms_member", args=[Member.objects.get().pk])))

    assert "Hà Giang" in shown
    assert "Left:" in shown
    assert shown.index("opted out") < shown.index("agreed")
    assert "everything" in shown
    assert "912345678" not in shown


def test_how_she_is_reached_safely_is_noted_and_stands_above_her_thread(campaign, text_in, coordinator):
    text_in("DK HAGIANG")
    member = Member.objects.get()

    coordinator.post(
        reverse("sms_member", args=[member.pk]),
        {"language": "en", "safe_when": "Sau 20 giờ", "safe_how": "Chỉ nhắn tin", "safe_words": "Lớp thêu"},
    )

    member.refresh_from_db()
    assert member.language == "en"
    shown = said(coordinator.get(reverse("sms_thread", args=[INDEX])))
    assert shown.index("Lớp thêu") < shown.index("DK HAGIANG")
    entry = ModelLogEntry.objects.get(action="campaigns.member.note")
    assert (entry.user, entry.label, entry.data) == (coordinator.user, "+84 9•• ••• •78", {})


def test_a_member_costs_the_same_with_more_campaigns(campaign, text_in, coordinator):
    from tests.campaigns.sms.conftest import index_page

    text_in("DK HAGIANG")
    url = reverse("sms_member", args=[Member.objects.get().pk])
    before = cost(coordinator, url)
    for name in ("ANGIANG", "LAOCAI"):
        index_page(title=name, keyword=name)
        text_in(f"DK {name}")

    assert Member.objects.get().sign_ups.count() == 3
    assert cost(coordinator, url) == before


# row: PII
@pytest.mark.parametrize("role", ["editor", "translator", "reviewer", "fieldworker"])
def test_other_roles_read_no_text(campaign, text_in, role):
    text_in("DK HAGIANG")
    member = Member.objects.get()
    client = client_of(role)
    may_look(client.user)
    urls = (TEXTS, reverse("sms_thread", args=[INDEX]), reverse("sms_member", args=[member.pk]))

    assert [client.get(url).status_code for url in urls] == [302] * 3
    client.post(reverse("sms_unmask", args=[INDEX]), {"reason": "Curious"})
    client.post(urls[2], {"language": "vi", "safe_when": "now"})
    assert client.post(reverse("sms_find"), {"number": PHONE})["Location"] != urls[1]
    member.refresh_from_db()
    assert (PhoneLook.objects.count(), member.safe_when) == (0, "")
