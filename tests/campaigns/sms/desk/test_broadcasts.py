"""The screens of a broadcast: written, looked at, sent once, watched, stopped."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.sms.broadcasts import running
from campaigns.sms.broadcasts.models import Broadcast
from outreach_site.areas.counterpart import rebuild_counterparts
from tests.campaigns.sms.broadcasts.conftest import author, draft, gateway, people, sent
from tests.campaigns.sms.desk.conftest import client_of, cost, said
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
__all__ = ["author", "draft", "gateway", "people", "sent"]


def form(campaign, gateway, **facts):
    data = {
        "title": "Market day",
        "campaign": campaign.pk,
        "gateway": gateway.pk,
        "message_class": "service",
        "fallback": "",
        "hours_valid": 24,
        "text_vi": "Mai 8h tai cho. Goi 111 khi can.",
    }
    return data | {name: value for name, value in facts.items() if value is not None}


def page(broadcast):
    return reverse("sms_broadcast", args=[broadcast.pk])


def test_written_looked_at_and_sent(coordinator, campaign, gateway, people):
    people(2)
    area = AreaFactory(name="Đồng Văn")
    people(1, area=area)
    rebuild_counterparts()

    answer = coordinator.post(
        reverse("sms_broadcast_add"), form(campaign, gateway, area_0="Đồng Văn", area_0_pick=area.pk)
    )
    broadcast = Broadcast.objects.get()
    assert answer.url == page(broadcast)
    shown = said(coordinator.get(answer.url))
    assert "Only in: Xã Đồng Văn" in shown
    assert "Send to 1 person now" in shown
    assert "Mai 8h tai cho. Goi 111 khi can." in shown
    assert broadcast.author == coordinator.user

    confirm = {"token": broadcast.token, "people": 1}
    shown = said(
        coordinator.post(reverse("sms_broadcast_confirm", args=[broadcast.pk]), confirm, follow=True)
    )
    assert "Confirmed." in shown
    running.run()
    shown = said(coordinator.get(page(broadcast)))
    assert "Being sent" in shown
    assert "Pause" in shown
    assert broadcast.messages.count() == 1


# row: broadcast sent twice by two staff
def test_a_second_click_says_that_it_was_sent(coordinator, colleague, draft, people):
    people(1)
    broadcast = draft()
    confirm = {"token": broadcast.token, "people": 1}
    address = reverse("sms_broadcast_confirm", args=[broadcast.pk])

    coordinator.post(address, confirm)
    shown = said(colleague.post(address, confirm, follow=True))

    assert "It was confirmed already: it is not sent a second time." in shown
    running.run()
    assert broadcast.messages.count() == 1


def test_bad_input_is_told_and_nothing_is_lost(coordinator, campaign, gateway):
    answer = coordinator.post(
        reverse("sms_broadcast_add"),
        form(
            campaign,
            gateway,
            title="",
            joined_from="5/3/2026",
            joined_until="4/3/2026",
            day="1/1/2020",
            time="08:00",
            fallback="km",
            text_en="ă" * 601,
            hours_valid=500,
        ),
    )

    assert answer.status_code == 400
    assert not Broadcast.objects.exists()
    shown = said(answer)
    for words in (
        "This day lies before the first.",
        "This moment is over.",
        "Nothing is written in this language.",
        "Mai 8h tai cho. Goi 111 khi can.",
        "at most 600 characters",
    ):
        assert words in shown, words


def test_half_a_moment_is_asked_for(coordinator, campaign, gateway):
    answer = coordinator.post(reverse("sms_broadcast_add"), form(campaign, gateway, time="08:00"))

    assert "A time needs both: the day and the hour." in said(answer)


def test_the_day_is_written_as_people_write_it(coordinator, campaign, gateway):
    day = timezone.localdate() + timedelta(days=40)
    written = f"{day.day}/{day.month}/{day.year}"

    coordinator.post(reverse("sms_broadcast_add"), form(campaign, gateway, day=written, time="08:30"))

    send_at = timezone.localtime(Broadcast.objects.get().send_at)
    assert (send_at.date(), send_at.hour, send_at.minute) == (day, 8, 30)


def test_two_writers_of_one_draft(coordinator, colleague, campaign, gateway, draft):
    broadcast = draft()
    address = reverse("sms_broadcast_edit", args=[broadcast.pk])
    opened = coordinator.get(address).context["form"]["opened_version"].value()
    colleague.post(address, form(campaign, gateway, title="Hers"))

    answer = coordinator.post(address, form(campaign, gateway, title="His", opened_version=opened))

    broadcast.refresh_from_db()
    assert broadcast.title == "Hers"
    assert "Nothing was saved" in said(answer)
    assert 'value="His"' in said(answer)


def test_what_was_sent_can_no_longer_be_changed(coordinator, campaign, gateway, sent, people):
    people(1)
    broadcast = sent()

    answer = coordinator.post(
        reverse("sms_broadcast_edit", args=[broadcast.pk]), form(campaign, gateway), follow=True
    )
    assert "can no longer be changed" in said(answer)
    answer = coordinator.post(reverse("sms_broadcast_throw_away", args=[broadcast.pk]), follow=True)
    assert "can no longer be changed" in said(answer)
    assert Broadcast.objects.filter(pk=broadcast.pk, title="Mai").exists()


def test_paused_resumed_cancelled_from_its_page(coordinator, sent, people):
    people(3)
    broadcast = sent()
    running.run()

    def press(button):
        return said(coordinator.post(reverse(f"sms_broadcast_{button}", args=[broadcast.pk]), follow=True))

    assert "Paused. 3 texts wait." in press("pause")
    assert "It goes on where it was paused." in press("resume")
    assert "Cancelled. 3 texts were not sent." in press("cancel")
    assert "There is nothing to cancel." in press("cancel")
    assert "There is nothing to pause." in press("pause")


def test_the_page_keeps_itself_up_to_date(coordinator, sent, people):
    people(2)
    broadcast = sent()
    running.run()

    state = coordinator.get(reverse("sms_broadcast_state", args=[broadcast.pk])).json()
    assert (state["texts"], state["settled"], state["percent"]) == ("2", "0", 0)
    broadcast.messages.update(state="delivered")
    state = coordinator.get(reverse("sms_broadcast_state", args=[broadcast.pk])).json()
    assert (state["percent"], state["rows"]) == (100, [["delivered", "delivered", "2"]])


def test_the_list_costs_the_same_however_long(coordinator, sent, people):
    people(1)
    sent()
    first = cost(coordinator, reverse("sms_broadcasts"))
    for _n in range(4):
        sent()

    assert cost(coordinator, reverse("sms_broadcasts")) == first


def test_another_one_like_it(coordinator, sent, people):
    people(1)
    broadcast = sent("Mai 8h")

    shown = said(coordinator.get(f"{reverse('sms_broadcast_add')}?like={broadcast.pk}"))

    assert "Mai 8h" in shown
    assert 'value="Mai"' in shown


@pytest.mark.parametrize("role", ["editor", "translator", "reviewer"])
def test_others_neither_see_nor_send(role, draft, people):
    people(1)
    broadcast = draft()
    client = client_of(role)

    assert client.get(reverse("sms_broadcasts")).status_code == 302
    answer = client.post(
        reverse("sms_broadcast_confirm", args=[broadcast.pk]), {"token": broadcast.token, "people": 1}
    )
    assert answer.status_code == 302
    broadcast.refresh_from_db()
    assert broadcast.is_draft


def test_no_number_is_on_any_screen(coordinator, sent, people):
    [reader] = people(1)
    broadcast = sent()
    running.run()

    shown = said(coordinator.get(page(broadcast))) + said(coordinator.get(reverse("sms_broadcasts")))
    assert reader.member.reveal_phone()[-7:] not in shown
