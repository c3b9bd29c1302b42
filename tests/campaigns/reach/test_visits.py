import pytest
from django.db import DatabaseError

from campaigns.reach import visits
from campaigns.reach.models import DailyCount, ReachEntry
from tests.factories import ArticlePageFactory, CampaignPageFactory, HotlineFactory, MaterialPageFactory

pytestmark = pytest.mark.django_db


def counted():
    visits.tally.write()
    return sorted(DailyCount.objects.values_list("channel", "subject", "language", "number"))


def test_a_view_counts_whether_kept_or_not(reader):
    page = ArticlePageFactory()

    for _time in range(3):
        reader.get(page.url)

    assert counted() == [("page", page.pk, "vi", 3)]


def test_a_material_counts_as_material(reader):
    material = MaterialPageFactory()
    reader.get(material.url)

    assert counted() == [("material", material.pk, "vi", 1)]


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "facebookexternalhit/1.1", "WhatsApp/2", "Zalo preview", "curl/8", ""]
)
def test_machines_do_not_count(client, agent):
    page = ArticlePageFactory()
    client.get(page.url, headers={"user-agent": agent})

    assert counted() == []


def test_a_page_fetched_ahead_does_not_count(reader):
    reader.get(ArticlePageFactory().url, headers={"sec-purpose": "prefetch;prerender"})

    assert counted() == []


def test_neither_a_missing_page_nor_leaving_counts(reader):
    reader.get("/vi/khong-co/")
    reader.get("/exit/")
    reader.get("/vi/")

    assert counted() == []


def test_a_tap_counts(reader):
    hotline = HotlineFactory()

    assert reader.post(f"/tap/{hotline.pk}/").status_code == 204
    assert reader.get(f"/tap/{hotline.pk}/").status_code == 405
    reader.post("/tap/999/")

    assert [(channel, subject, number) for channel, subject, _lang, number in counted()] == [
        ("hotline", hotline.pk, 1)
    ]


def test_counts_wait_while_the_database_does_not_answer(reader, monkeypatch):
    page = ArticlePageFactory()
    reader.get(page.url)

    with monkeypatch.context() as broken:
        broken.setattr(
            DailyCount.objects, "get_or_create", lambda **_key: (_ for _ in ()).throw(DatabaseError)
        )
        visits.tally.write()

    assert counted() == [("page", page.pk, "vi", 1)]


def test_counts_reach_the_ledger_once(reader):
    campaign = CampaignPageFactory()
    material = MaterialPageFactory(campaign=campaign)
    reader.get(material.url)
    visits.tally.write()
    for _time in range(2):
        visits.carry_to_ledger()
    reader.get(material.url)
    visits.tally.write()
    visits.carry_to_ledger()

    assert list(
        ReachEntry.objects.values_list("channel", "campaign", "language", "contacts", "is_direct")
    ) == [("material", campaign.pk, "vi", 2, False)]


def test_a_count_has_no_person_in_it():
    fields = {field.name for field in DailyCount._meta.get_fields()}

    assert fields == {"id", "day", "channel", "subject", "language", "number", "recorded"}
