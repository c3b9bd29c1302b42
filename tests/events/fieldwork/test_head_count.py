import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.reach.ledger import MOST_CONTACTS, AgeBand, Sex
from campaigns.reach.models import ReachEntry
from events.fieldwork import attendance
from events.fieldwork.models import HeadCount
from outreach_site.staff.roles import ensure_groups
from tests.factories import AreaFactory, CampaignPageFactory, EventPageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    user = UserFactory()
    user.groups.add(ensure_groups()["fieldworker"])
    return user


@pytest.fixture
def event():
    return EventPageFactory(
        title="Phiên chợ", area=AreaFactory(name="Đồng Văn"), campaign=CampaignPageFactory()
    )


def form(at, **boxes):
    return {
        "token": str(uuid.uuid4()),
        "event": at.pk,
        "area": "Đồng Văn",
        "day": timezone.localdate().strftime("%d/%m/%Y"),
        "people_f_18-59": "20",
        "people_m_18-59": "15",
        "people__": "7",
        **boxes,
    }


def reached():
    return sorted(ReachEntry.objects.values_list("sex", "age_band", "contacts"))


def test_a_head_count_becomes_reach_in_its_commune(client, worker, event):
    client.force_login(worker)

    answer = client.post("/field/count/", form(event))

    assert answer.status_code == 302, answer.context["form"].errors
    assert reached() == [("", "", 7), ("f", "18-59", 20), ("m", "18-59", 15)]
    entry = ReachEntry.objects.first()
    assert (entry.area, entry.campaign, entry.is_direct) == (event.area, event.campaign, True)


def test_the_same_form_twice_is_one_count(client, worker, event):
    client.force_login(worker)
    sent = form(event)

    for _time in range(2):
        client.post("/field/count/", sent)

    assert HeadCount.objects.get().total == 42
    assert sum(contacts for *_group, contacts in reached()) == 42


def test_a_correction_replaces_the_count(client, worker, event):
    client.force_login(worker)
    client.post("/field/count/", form(event))
    count = HeadCount.objects.get()

    shown = client.get(f"/field/count/{count.token}/").content.decode()
    client.post(f"/field/count/{count.token}/", form(event, token=str(count.token), **{"people__": "0"}))

    assert 'value="20"' in shown
    assert reached() == [("f", "18-59", 20), ("m", "18-59", 15)]


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"people__": "-1"}, "0 or more"),
        ({"people__": "10000000"}, "slip of the finger"),
        ({"people__": "many"}, "whole number"),
        ({"people__": "1.5"}, "whole number"),
        ({"people_f_18-59": "", "people_m_18-59": "0", "people__": ""}, "Nobody is counted yet"),
        ({"people_f_18-59": str(MOST_CONTACTS), "people__": "1"}, "slip of the finger"),
        ({"area": "Không Có Nơi Này"}, ""),
        ({"day": "31/02/2026"}, ""),
        ({"day": (timezone.localdate() + timedelta(days=1)).strftime("%d/%m/%Y")}, "still to come"),
        ({"day": (timezone.localdate() - timedelta(days=1)).strftime("%d/%m/%Y")}, "not begun"),
        ({"event": "999999"}, ""),
        ({"token": "not-a-token"}, ""),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(client, worker, event, boxes, said, settings):
    settings.LANGUAGE_CODE = "en"
    client.force_login(worker)

    answer = client.post("/field/count/", form(event, **boxes), headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not HeadCount.objects.exists()
    assert not reached()


def test_what_was_typed_is_still_there_after_an_error(client, worker, event):
    client.force_login(worker)

    html = client.post("/field/count/", form(event, people__="-1")).content.decode()

    assert 'value="20"' in html


def test_nobody_corrects_somebody_elses_count(client, worker, event):
    count, _new = attendance.keep(
        token=uuid.uuid4(),
        event=event,
        area=event.area,
        day=timezone.localdate(),
        people={(Sex.FEMALE, AgeBand.ADULT): 5},
        counted_by=UserFactory(),
    )
    client.force_login(worker)

    assert client.get(f"/field/count/{count.token}/").status_code == 404
    assert client.post("/field/count/", form(event, token=str(count.token))).status_code == 422
    assert reached() == [("f", "18-59", 5)]


def test_only_field_workers_count(client, event):
    assert client.get("/field/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/field/").status_code == 302


def test_a_field_worker_who_signs_in_lands_on_the_field_pages(client, worker):
    worker.set_password("lên-đường-2026")
    worker.save()

    answer = client.post(
        "/admin/login/", {"username": worker.username, "password": "lên-đường-2026", "next": ""}
    )

    assert answer.headers["Location"] == "/field/"


def test_the_field_pages_are_kept_nowhere(client, worker, event):
    client.force_login(worker)

    assert "no-store" in client.get("/field/").headers["Cache-Control"]
