"""Two screens on which people decide: was it sent, and may it leave above a cap."""

import threading
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from campaigns.sms import caps, decisions, outbox, sending
from campaigns.sms.gateways.base import Unknown
from campaigns.sms.models import OutboundMessage
from tests.campaigns.sms.conftest import together
from tests.campaigns.sms.desk.conftest import client_of, cost, said
from tests.campaigns.sms.test_outbox import FakeGateway
from tests.campaigns.sms.test_pace import Kind, draft, states
from tests.factories import UserFactory

UNKNOWN, HOLDS = "/admin/sms/unknown/", "/admin/sms/holds/"


def lose(gateway, *numbers, **facts):
    """Send texts of which nobody knows whether they were sent; return their ids."""
    outbox.queue_many([draft(gateway, n, **facts) for n in numbers])
    OutboundMessage.objects.filter(state="queued").update(
        state="unknown", state_changed_at=timezone.now(), last_error="no_answer"
    )
    return list(OutboundMessage.objects.order_by("pk").values_list("pk", flat=True))


def tell(client, choice, *ids, **facts):
    """Press a button; return what the page says then."""
    answered = client.post(UNKNOWN, {"texts": ids, "choice": choice, **facts})
    return [str(message) for message in get_messages(answered.wsgi_request)]


# --- was it sent? --------------------------------------------------------------------------
# row: worker killed after send, before commit; timeout after accept
@pytest.mark.django_db
def test_an_unknown_text_is_shown_with_its_number_masked(kannel, coordinator):
    outbox.queue(**draft(kannel, 1))
    sending.hand_over(sending.claim(kannel.pk), FakeGateway(Unknown("no_answer")))

    shown = said(coordinator.get(UNKNOWN))

    assert "Mai 8h" in shown
    assert "The gateway did not answer in time." in shown
    assert "+84 9•• ••• •01" in shown
    assert "910000001" not in shown


# row: worker killed after send, before commit; timeout after accept
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "after"),
    [
        ("sent", {"b:1": "sent", "b:2": "sent", "b:3": "unknown"}),
        ("leave", {"b:1": "unknown", "b:2": "unknown", "b:3": "unknown"}),
    ],
)
def test_several_are_decided_at_once(kannel, coordinator, choice, after):
    one, two, three = lose(kannel, 1, 2, 3)

    told = tell(coordinator, choice, one, two, reason="She called")

    assert told == ["2 texts decided."]
    assert states() == after
    assert [message.pk for message in decisions.undecided()] == [three]
    made = decisions.Decision.objects.get(message=one)
    assert (made.choice, made.by, made.reason) == (choice, coordinator.user, "She called")


# row: worker killed after send, before commit; timeout after accept
@pytest.mark.django_db
def test_sent_again_is_a_new_text_and_the_old_one_may_still_be_reported(kannel, coordinator):
    (one,) = lose(kannel, 1)

    tell(coordinator, "again", one)

    again = OutboundMessage.objects.exclude(pk=one).get()
    assert (again.state, again.text, again.cause.startswith("again:")) == ("queued", "Mai 8h", True)
    assert OutboundMessage.objects.get(pk=one).state == "unknown"
    outbox.apply_report(gateway=kannel, uid=OutboundMessage.objects.get(pk=one).uid, status="delivered")
    assert OutboundMessage.objects.get(pk=one).state == "delivered"


# row: midnight, quiet hours
@pytest.mark.django_db
def test_a_reminder_of_what_is_past_is_not_sent_late_by_a_person_either(kannel, coordinator):
    (one,) = lose(kannel, 1, kind=Kind.REMINDER)
    OutboundMessage.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert "It is too late to send it again." in said(coordinator.get(UNKNOWN))

    tell(coordinator, "again", one)

    assert sending.claim(kannel.pk).messages == []
    assert OutboundMessage.objects.exclude(pk=one).get().state == "expired"


# row: DLR twice, late, reversed
@pytest.mark.django_db
def test_what_a_person_called_sent_is_still_raised_by_a_late_report(kannel, coordinator):
    (one,) = lose(kannel, 1)
    tell(coordinator, "sent", one)
    message = OutboundMessage.objects.get(pk=one)
    assert message.sent_at is not None

    outbox.apply_report(gateway=kannel, uid=message.uid, status="failed")

    assert OutboundMessage.objects.get(pk=one).state == "failed"


@pytest.mark.django_db
def test_the_second_of_two_staff_is_told_who_was_first(kannel, coordinator, colleague):
    one, two = lose(kannel, 1, 2)
    assert tell(coordinator, "leave", one) == ["1 text decided."]

    told = tell(colleague, "again", one, two)

    assert told[0] == "1 text decided."
    assert told[1] == f"1 text was decided in the meantime. ({coordinator.user.get_full_name()})"
    assert OutboundMessage.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{"choice": "sent"}, {"texts": ["x"], "choice": "sent"}, {"texts": ["1"]}])
def test_nothing_is_decided_without_a_text_and_a_choice(kannel, coordinator, data):
    lose(kannel, 1)

    coordinator.post(UNKNOWN, data)

    assert not decisions.Decision.objects.exists()


# row: worker killed after send, before commit; timeout after accept
def test_of_two_staff_at_the_same_moment_one_decides(for_real, monkeypatch):
    """Both have read that nobody has decided; the second waits for the row and sees that somebody has."""
    (one,) = lose(for_real, 1)
    people = [UserFactory(username=name) for name in ("an", "binh")]
    both_in = threading.Barrier(2)
    create = decisions.Decision.objects.create

    def slowly(**facts):
        # Holds the lock until the other is on its way to it.
        threading.Event().wait(0.5)
        return create(**facts)

    monkeypatch.setattr(decisions.Decision.objects, "create", slowly)

    def decide(place):
        both_in.wait()
        return decisions.send_again(one, by=people[place], reason="")

    assert sorted(together(2, decide)) == [False, True]
    assert OutboundMessage.objects.count() == 2
    assert connection.vendor == "postgresql"


# --- above a cap ---------------------------------------------------------------------------
def hold(gateway, author, settings, **facts):
    settings.SMS_PARTS_A_DAY = 1
    outbox.queue_many([draft(gateway, n, **facts) for n in range(3)], author=author)
    return caps.waiting().get()


def press(client, name, held):
    answered = client.post(reverse(f"sms_hold_{name}", args=[held.pk]))
    return [str(message) for message in get_messages(answered.wsgi_request)]


# row: cost
@pytest.mark.django_db
def test_the_author_of_a_lot_above_a_cap_cannot_let_it_go(kannel, coordinator, settings):
    held = hold(kannel, coordinator.user, settings)
    shown = said(coordinator.get(HOLDS))
    assert "You wrote these: somebody else has to let them go." in shown
    assert "Let them go" not in shown

    told = press(coordinator, "release", held)

    assert told == ["Whoever wrote the texts cannot release them: ask somebody else."]
    assert set(states().values()) == {"held"}


# row: cost
@pytest.mark.django_db
def test_a_second_person_sees_what_it_costs_and_lets_it_go(kannel, coordinator, colleague, settings):
    settings.SMS_CURRENCY = "VND"
    type(kannel).objects.update(cost_per_part=350)
    kannel.refresh_from_db()
    held = hold(kannel, coordinator.user, settings)
    shown = said(colleague.get(HOLDS))
    assert "1,050 VND" in shown
    assert coordinator.user.get_full_name() in shown
    assert "Mai 8h" in shown

    assert press(colleague, "release", held) == ["3 texts may leave."]
    assert set(states().values()) == {"queued"}
    assert press(coordinator, "cancel", held) == [
        f"That was decided already: released, by {colleague.user.get_full_name()}."
    ]
    assert set(states().values()) == {"queued"}


# row: cost
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator", "colleague"])
def test_whoever_wrote_them_and_everybody_else_may_cancel(kannel, coordinator, settings, request, who):
    held = hold(kannel, coordinator.user, settings)

    assert press(request.getfixturevalue(who), "cancel", held) == ["3 texts are cancelled."]
    assert set(states().values()) == {"cancelled"}


# row: cost
def test_of_two_people_at_the_same_moment_one_lets_go(for_real, settings):
    held = hold(for_real, None, settings)
    people = [UserFactory(username=name) for name in ("an", "binh")]

    done = together(2, lambda place: caps.decide(held.pk, caps.Hold.Decision.RELEASED, by=people[place]))

    assert sorted(done, key=str) == [3, None]
    assert caps.DayUse.objects.get().parts == 3


# --- both ----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["editor", "translator", "reviewer", "fieldworker"])
def test_other_roles_decide_nothing(kannel, role, settings):
    client = client_of(role)
    (one,) = lose(kannel, 1)
    held = hold(kannel, None, settings, cause="")

    tell(client, "leave", one)
    press(client, "release", held)
    press(client, "cancel", held)

    assert not decisions.Decision.objects.exists()
    assert caps.waiting().exists()
    assert [client.get(url).status_code for url in (UNKNOWN, HOLDS)] == [302, 302]


@pytest.mark.django_db
def test_the_screens_cost_the_same_with_more_rows(kannel, coordinator, colleague, settings):
    def some(*numbers):
        ids = lose(kannel, *numbers)
        decisions.leave(ids[0], by=coordinator.user)
        settings.SMS_PARTS_A_DAY = 0
        for n in numbers:
            outbox.queue_many([draft(kannel, n, cause=f"h:{n}")], author=coordinator.user)
        caps.decide(caps.waiting().first().pk, "cancelled", by=colleague.user)
        settings.SMS_PARTS_A_DAY = 1000

    some(1, 2, 3)
    before = [cost(coordinator, url) for url in (UNKNOWN, HOLDS)]
    some(4, 5, 6, 7, 8)
    assert [cost(coordinator, url) for url in (UNKNOWN, HOLDS)] == before
    assert max(before) <= 15
