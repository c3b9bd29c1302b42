"""How each gateway is, and what staff do about it."""

from datetime import time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaigns.sms import alarms, care, outbox, pausing, sending
from campaigns.sms.desk import health, urgent
from campaigns.sms.gateways.base import Accepted, NoCredit, Retry
from campaigns.sms.models import Gateway, OutboundMessage
from tests.campaigns.sms.conftest import call
from tests.campaigns.sms.desk.conftest import client_of, cost, said
from tests.campaigns.sms.test_outbox import FakeGateway
from tests.campaigns.sms.test_pace import Kind, draft, states

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/sms/gateways/"


def answer(gateway, n, **facts):
    outbox.queue(**draft(gateway, n, kind=Kind.REPLY, consent_purpose="", **facts))


def send_all(gateway, *results):
    sending.hand_over(sending.claim(gateway.pk), FakeGateway(*results))


@pytest.fixture
def nudged(monkeypatch):
    """The gateways of which a worker was told."""
    found = []
    monkeypatch.setattr(outbox, "nudge_gateway", found.append)
    return found


# row: throttle, quota, no credit
def test_a_gateway_without_credit_is_resumed_by_a_person_and_what_waits_leaves(kannel, coordinator, nudged):
    answer(kannel, 1)
    send_all(kannel, NoCredit("no_credit"))
    shown = said(coordinator.get(OVERVIEW))
    assert "Paused" in shown
    assert "The account with the provider is empty." in shown
    nudged.clear()

    coordinator.post(reverse("sms_gateway_resume", args=[kannel.pk]), {"reason": "Topped up"})

    kannel.refresh_from_db()
    assert (kannel.paused_at, kannel.pause_reason) == (None, "")
    assert nudged == [kannel.pk]
    closed = alarms.Alarm.objects.get()
    assert (closed.closed_by, closed.closed_at is None) == (coordinator.user, False)
    send_all(kannel, Accepted("1"))
    assert states() == {"b:1": "sent"}
    shown = said(coordinator.get(OVERVIEW))
    assert "Gateway resumed" in shown
    assert "Hạnh" in shown
    assert "Topped up" in shown


# row: throttle, quota, no credit
def test_resuming_ends_the_rest_of_a_gateway_and_the_wait_of_what_was_tried(kannel, nudged):
    answer(kannel, 1)
    outbox.queue(**draft(kannel, 2, not_before=timezone.now() + timedelta(hours=3)))
    send_all(kannel, Retry("throttled", 600))
    OutboundMessage.objects.filter(cause="b:1").update(
        attempts=1, next_try_at=timezone.now() + timedelta(hours=1)
    )
    assert sending.claim(kannel.pk) is None

    assert pausing.resume(kannel.pk)

    assert [message.cause for message in sending.claim(kannel.pk).messages] == ["b:1"]
    assert not pausing.resume(kannel.pk)


def test_a_paused_gateway_sends_nothing_and_says_who_paused_it(kannel, coordinator):
    coordinator.post(reverse("sms_gateway_pause", args=[kannel.pk]), {"reason": "Số lạ gọi tới"})
    answer(kannel, 1)

    assert sending.claim(kannel.pk) is None
    shown = said(coordinator.get(OVERVIEW))
    assert "Staff paused it." in shown
    assert "Số lạ gọi tới" in shown
    entry = ModelLogEntry.objects.get(action=pausing.PAUSED)
    assert (entry.user, entry.object_id) == (coordinator.user, str(kannel.pk))


def test_pausing_twice_keeps_the_first_reason(kannel, coordinator, colleague):
    sending_out_of_credit = {"paused_at": timezone.now(), "pause_reason": "no_credit"}
    Gateway.objects.filter(pk=kannel.pk).update(**sending_out_of_credit)

    coordinator.post(reverse("sms_gateway_pause", args=[kannel.pk]))

    kannel.refresh_from_db()
    assert kannel.pause_reason == "no_credit"
    assert not ModelLogEntry.objects.filter(action=pausing.PAUSED).exists()


def test_what_the_screen_counts(kannel, coordinator):
    now = timezone.now()
    for n in range(1, 6):
        answer(kannel, n)
    outbox.queue(**draft(kannel, 9, not_before=now + timedelta(days=1)))
    made = {
        f"b:{n}": facts
        for n, facts in enumerate(
            [
                {"state": "sent", "sent_at": now, "cost": 350, "parts": 1},
                {"state": "failed", "sent_at": now, "cost": 700, "parts": 2},
                {"state": "unknown"},
                {"state": "queued", "created_at": now - timedelta(minutes=12)},
                # Last month's, and of an hour ago: in neither sum.
                {
                    "state": "sent",
                    "sent_at": now - timedelta(days=40),
                    "cost": 9,
                    "state_changed_at": now - timedelta(hours=2),
                    "created_at": now - timedelta(days=40),
                },
            ],
            start=1,
        )
    }
    for cause, facts in made.items():
        OutboundMessage.objects.filter(cause=cause).update(**facts)

    line = next(one for one in health.of_all() if one.gateway == kannel)

    assert (line.waiting, line.due, line.oldest_minutes) == (2, 1, 12)
    assert (line.good, line.bad, line.error_percent) == (1, 2, 67)
    assert (line.unknown, line.parts, line.cost) == (1, 3, 1050)


def test_last_text_and_report_are_shown(kannel, coordinator, client):
    call(client)
    outbox.apply_report(gateway=kannel, uid="6f0b8a36-1111-4111-8111-111111111111", status="delivered")

    line = next(one for one in health.of_all() if one.gateway == kannel)

    assert line.gateway.last_text_at is not None
    assert line.gateway.last_report_at is not None


def test_the_overview_costs_the_same_with_more_of_everything(kannel, coordinator):
    before = cost(coordinator, OVERVIEW)
    for n in range(4):
        gateway = Gateway.objects.create(slug=f"g{n}", kind="kannel", short_code="8088")
        answer(gateway, n)
        pausing.pause(gateway.pk, by=coordinator.user)
        alarms.raise_alarm("no_credit", gateway.slug, sending.NO_CREDIT, gateway)

    # One more: who wrote the entries of the log.
    assert cost(coordinator, OVERVIEW) <= before + 1


def test_cost_is_shown_in_the_sites_currency_and_without_one_as_a_number(kannel, coordinator, settings):
    answer(kannel, 1)
    OutboundMessage.objects.update(state="sent", sent_at=timezone.now(), cost=350)
    settings.SMS_CURRENCY = "KHR"
    assert "350 KHR" in said(coordinator.get(OVERVIEW))
    settings.SMS_CURRENCY = ""
    assert "VND" not in said(coordinator.get(OVERVIEW))


# --- settings ------------------------------------------------------------------------------
def form(**changes):
    return {
        **{"is_active": "on", "short_code": "8088", "per_second": "5", "cost_per_part": "350"},
        **{"quiet_from": "21:30", "quiet_until": "07:00", "promotions_a_day": "3"},
        **{"promotion_quiet_from": "22:00", "promotion_quiet_until": "07:00"},
        **changes,
    }


def test_pace_and_price_are_changed_and_the_pause_is_left_alone(kannel, coordinator):
    Gateway.objects.filter(pk=kannel.pk).update(paused_at=timezone.now(), allowance=-3)

    coordinator.post(reverse("sms_gateway", args=[kannel.pk]), form())

    kannel.refresh_from_db()
    assert (kannel.per_second, kannel.cost_per_part, kannel.quiet_from) == (5, 350, time(21, 30))
    assert (kannel.paused_at is None, kannel.allowance) == (False, -3)
    entry = ModelLogEntry.objects.get(action=pausing.EDITED)
    assert "per_second" in entry.data["fields"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"per_second": "0"}, "greater than or equal"),
        ({"per_second": "5000"}, "More than 1000 parts a second?"),
        ({"cost_per_part": "-1"}, "A part costs 0 or more"),
        ({"quiet_until": ""}, "Quiet hours need both times, or neither."),
        ({"promotion_label_vi": "[QC]"}, "Promotion needs its label and the way to refuse"),
        ({"promotions_a_day": "0"}, "One at least."),
    ],
)
def test_settings_that_make_no_sense_are_refused(kannel, coordinator, changes, message):
    answered = coordinator.post(reverse("sms_gateway", args=[kannel.pk]), form(**changes))

    assert answered.status_code == 400
    assert message in said(answered)
    kannel.refresh_from_db()
    assert kannel.per_second == 10


# --- rights --------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["editor", "translator", "reviewer"])
def test_other_roles_see_and_do_nothing(kannel, role):
    client = client_of(role)
    for name in ("sms_gateway_pause", "sms_gateway_resume", "sms_gateway"):
        client.post(reverse(name, args=[kannel.pk]), form(per_second="1"))
    alarms.raise_alarm("no_credit", "kannel", sending.NO_CREDIT, kannel)
    client.post(reverse("sms_alarm_close", args=[alarms.Alarm.objects.get().pk]))

    assert [client.get(url).status_code for url in (OVERVIEW, "/admin/sms/alarms/")] == [302, 302]
    front = client.get("/admin/").content.decode()
    # The script of the banner is on every page; it asks nothing where the menu has no such screen.
    assert "/admin/sms/" not in front.replace(urgent.banner_script(), "")
    kannel.refresh_from_db()
    assert (kannel.paused_at, kannel.per_second) == (None, 10)
    assert alarms.Alarm.objects.open().count() == 1


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_coordinators_and_administrators_find_the_screens(kannel, role):
    client = client_of(role)

    assert OVERVIEW in client.get("/admin/").content.decode()
    assert "Rate, hours, price" in said(client.get(OVERVIEW))


# --- the shell -----------------------------------------------------------------------------
def test_a_gateway_is_resumed_from_the_shell(kannel, coordinator, nudged):
    pausing.pause(kannel.pk, by=coordinator.user)
    out = StringIO()

    call_command("resume_gateway", "kannel", stdout=out)
    call_command("resume_gateway", "kannel", stdout=out)

    assert out.getvalue().splitlines() == [
        "kannel sends again.",
        "kannel was neither paused nor resting.",
    ]
    assert nudged == [kannel.pk]
    assert "from the shell" in said(coordinator.get(OVERVIEW))


def test_the_shell_names_the_gateways_that_there_are(kannel):
    with pytest.raises(CommandError, match="kannel, simulator"):
        call_command("resume_gateway", "kanel")


# --- alarms --------------------------------------------------------------------------------
# row: app slower than 10 s
def test_a_slow_answer_to_the_gateway_raises_an_alarm(kannel, client, coordinator, monkeypatch):
    monkeypatch.setattr(care, "_told", {})
    monkeypatch.setattr(care, "SLOW_SECONDS", -1)
    assert call(client, secret="wrong").status_code == 403
    assert call(client, gateway="nobody").status_code == 404
    assert not alarms.Alarm.objects.exists()

    for _call in range(3):
        call(client)

    alarm = alarms.Alarm.objects.get()
    assert (alarm.kind, alarm.gateway) == ("slow_webhook", kannel)
    for screen in ("/admin/", "/admin/sms/alarms/", OVERVIEW):
        assert "The site answers the gateway slowly." in said(coordinator.get(screen))


# row: app slower than 10 s
def test_a_quick_answer_raises_none(kannel, client, monkeypatch):
    monkeypatch.setattr(care, "_told", {})

    call(client)

    assert not alarms.Alarm.objects.exists()


def test_who_closed_an_alarm_is_written_down_and_it_may_come_back(kannel, coordinator, colleague):
    alarms.raise_alarm("takes_nothing", "kannel", sending.TAKES_NOTHING, kannel)
    alarm = alarms.Alarm.objects.get()

    for client in (coordinator, colleague):
        client.post(reverse("sms_alarm_close", args=[alarm.pk]))

    shown = said(coordinator.get("/admin/sms/alarms/"))
    assert "No alarm is open." in shown
    assert f"closed by {coordinator.user.get_full_name()}" in shown
    assert alarms.raise_alarm("takes_nothing", "kannel", sending.TAKES_NOTHING, kannel)


def test_the_list_of_alarms_costs_the_same_with_more(kannel, coordinator):
    def some(number):
        for n in range(number):
            alarms.raise_alarm("a", f"{n}", sending.NO_CREDIT, kannel)
            alarms.close("a", f"{n}", by=coordinator.user)
            alarms.raise_alarm("a", f"{n}", sending.NO_CREDIT, kannel)

    some(1)
    before = cost(coordinator, "/admin/sms/alarms/")
    some(4)
    assert cost(coordinator, "/admin/sms/alarms/") == before
