import pytest
from django.db import DatabaseError

from campaigns.printing import counts, scans
from campaigns.printing.models import LinkCount
from campaigns.reach.models import ReachEntry
from tests.campaigns.printing.conftest import DistributionFactory, PrintRunFactory, TrackedLinkFactory
from tests.factories import AreaFactory, MaterialPageFactory, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(campaign):
    return TrackedLinkFactory(material=MaterialPageFactory(campaign=campaign), area=AreaFactory())


def scanned():
    scans.tally.write()
    return list(LinkCount.objects.values_list("link", "language", "number"))


def test_a_scan_counts_one(reader, link):
    reader.get(f"/m/{link.code}/")
    assert scanned() == [(link.pk, "vi", 1)]

    reader.get(f"/m/{link.code.upper()}/")
    assert scanned() == [(link.pk, "vi", 2)]


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Googlebot/2.1"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": "Zalo preview"},
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0", "sec-purpose": "prefetch"},
    ],
)
def test_machines_and_previews_do_not_count(client, link, headers):
    assert client.get(f"/m/{link.code}/", headers=headers).status_code == 302
    assert scanned() == []


def test_neither_a_head_nor_an_unknown_code_counts(reader, link):
    assert reader.head(f"/m/{link.code}/").status_code == 302
    assert reader.get("/m/zzzzzz/").status_code == 404
    assert reader.post(f"/m/{link.code}/").status_code == 405

    assert scanned() == []


def test_scans_wait_while_the_database_does_not_answer(reader, link, monkeypatch):
    reader.get(f"/m/{link.code}/")
    with monkeypatch.context() as broken:
        broken.setattr(
            LinkCount.objects, "get_or_create", lambda **_key: (_ for _ in ()).throw(DatabaseError)
        )
        scans.tally.write()

    assert scanned() == [(link.pk, "vi", 1)]


def in_ledger():
    return list(
        ReachEntry.objects.values_list("channel", "is_direct", "area", "campaign", "language", "contacts")
    )


def test_scans_reach_the_ledger_once(reader, link, campaign):
    for _time in range(2):
        reader.get(f"/m/{link.code}/")
        scans.tally.write()
        scans.carry_to_ledger()
        scans.carry_to_ledger()

    assert in_ledger() == [("qr", False, link.area.pk, campaign.pk, "vi", 2)]


def test_a_code_that_was_moved_corrects_the_ledger(reader, link):
    reader.get(f"/m/{link.code}/")
    scans.tally.write()
    scans.carry_to_ledger()
    link.area = AreaFactory()
    link.save()
    scans.carry_to_ledger()

    assert [row[2] for row in in_ledger()] == [link.area.pk]


def test_a_count_has_no_person_in_it():
    fields = {field.name for field in LinkCount._meta.get_fields()}

    assert fields == {"id", "day", "link", "language", "number", "recorded"}


def test_figures_of_a_material():
    material = MaterialPageFactory()
    english = translated(material, "en", title="Leaflet")
    area = AreaFactory(full_name="Xã Lũng Cú")
    other = TrackedLinkFactory(place="Chợ")
    link = TrackedLinkFactory(material=english, place="Bến xe", batch="1")
    again = TrackedLinkFactory(material=material, place="Bến xe", batch="2")
    for one, day, number in (
        (link, "2026-03-02", 3),
        (link, "2026-03-08", 2),
        (again, "2026-03-08", 1),
        (link, "2026-03-09", 4),
        (other, "2026-03-09", 9),
    ):
        LinkCount.objects.create(link=one, day=day, number=number)
    run = PrintRunFactory(material=material, copies=100)
    DistributionFactory(run=run, area=area, copies=10)
    DistributionFactory(run=run, area=area, copies=15)
    PrintRunFactory(material=english, copies=50, written_off=1)

    assert [(place, str(week), number) for place, week, number in counts.visits_by_place(english)] == [
        ("Bến xe", "2026-03-09", 4),
        ("Bến xe", "2026-03-02", 6),
    ]
    assert counts.copies_by_area(material) == [("Xã Lũng Cú", 25)]
    assert counts.stock(material) == 124
