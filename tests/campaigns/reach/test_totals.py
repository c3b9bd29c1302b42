from datetime import date

import pytest

from campaigns.reach import ledger, totals
from campaigns.reach.ledger import Channel, Group
from outreach_site.areas.counterpart import rebuild_counterparts
from outreach_site.areas.models import Succession
from tests.factories import AreaFactory, CampaignPageFactory, EditionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)


@pytest.fixture
def land():
    """An old province with two districts and three communes; since the reform one province of two communes.

    Đồng Văn keeps its commune whole; Lũng Cú and Mèo Vạc (of two districts) become one.
    """
    old, new = (
        EditionFactory(code="pre-2025", valid_from=date(2000, 1, 1), valid_to=date(2025, 6, 30)),
        EditionFactory(),
    )
    places = {"old": AreaFactory(edition=old, type="tỉnh", name="Hà Giang")}
    for name in ("Đồng Văn", "Mèo Vạc"):
        places[f"huyện {name}"] = AreaFactory(edition=old, type="huyện", name=name, parent=places["old"])
    places["xã Đồng Văn"] = AreaFactory(edition=old, name="Đồng Văn", parent=places["huyện Đồng Văn"])
    places["xã Lũng Cú"] = AreaFactory(edition=old, name="Lũng Cú", parent=places["huyện Đồng Văn"])
    places["xã Mèo Vạc"] = AreaFactory(edition=old, name="Mèo Vạc", parent=places["huyện Mèo Vạc"])
    places["new"] = AreaFactory(edition=new, type="tỉnh", name="Tuyên Quang")
    places["Đồng Văn"] = AreaFactory(edition=new, name="Đồng Văn", parent=places["new"])
    places["Biên Cương"] = AreaFactory(edition=new, name="Biên Cương", parent=places["new"])
    for before, after in [
        ("xã Đồng Văn", "Đồng Văn"),
        ("xã Lũng Cú", "Biên Cương"),
        ("xã Mèo Vạc", "Biên Cương"),
    ]:
        Succession.objects.create(old=places[before], new=places[after], coverage="full")
    rebuild_counterparts()
    return places


def reach(area, contacts, channel=Channel.EVENT, day=DAY, campaign=None):
    ledger.record(
        f"test/{area}/{channel}/{day}",
        day=day,
        channel=channel,
        area=area,
        groups=[Group(contacts)],
        campaign=campaign,
    )


def table(edition, level, **narrowed):
    return [
        (row.area.full_name if row.area else None, row.direct, row.indirect)
        for row in totals.by_area(edition, level, **narrowed)
    ]


def test_old_numbers_stand_in_todays_communes(land):
    reach(land["xã Đồng Văn"], 5)
    reach(land["Đồng Văn"], 3)
    reach(land["xã Mèo Vạc"], 2, Channel.PAGE)

    assert table(land["new"].edition, 2) == [("Xã Biên Cương", 0, 2), ("Xã Đồng Văn", 8, 0)]


def test_todays_numbers_stand_in_the_old_districts(land):
    reach(land["Đồng Văn"], 3)
    reach(land["Biên Cương"], 4)  # of two old districts: only the province is known

    assert table(land["old"].edition, 2) == [("Tỉnh Hà Giang", 4, 0), ("Huyện Đồng Văn", 3, 0)]


def test_what_was_recorded_higher_up_is_not_split(land):
    reach(land["huyện Đồng Văn"], 7)

    assert table(land["new"].edition, 2) == [("Tỉnh Tuyên Quang", 7, 0)]


def test_a_level_adds_up_what_lies_below(land):
    reach(land["Đồng Văn"], 3)
    reach(land["Biên Cương"], 4)

    assert table(land["new"].edition, 1) == [("Tỉnh Tuyên Quang", 7, 0)]


def test_without_an_area_numbers_are_kept_apart(land):
    reach(None, 9, Channel.PAGE)
    reach(land["Đồng Văn"], 1)

    assert table(land["new"].edition, 2) == [("Xã Đồng Văn", 1, 0), (None, 0, 9)]


def test_nothing_is_lost_between_editions(land):
    for number, name in enumerate(land, start=1):
        reach(land[name], number)

    for edition in (land["old"].edition, land["new"].edition):
        assert totals.grand_total(totals.by_area(edition, 2)).direct == sum(range(1, len(land) + 1))


def test_a_period_and_a_campaign_narrow_it_down(land):
    campaign = CampaignPageFactory()
    reach(land["Đồng Văn"], 1, day=date(2026, 1, 1))
    reach(land["Đồng Văn"], 2, campaign=campaign)

    edition = land["new"].edition
    assert table(edition, 2, since=date(2026, 2, 1)) == [("Xã Đồng Văn", 2, 0)]
    assert table(edition, 2, until=date(2026, 2, 1)) == [("Xã Đồng Văn", 1, 0)]
    assert table(edition, 2, campaign=campaign) == [("Xã Đồng Văn", 2, 0)]


def test_more_areas_cost_no_more_queries(land, django_assert_num_queries):
    reach(land["Đồng Văn"], 1)
    with django_assert_num_queries(3):
        table(land["new"].edition, 2)
    reach(land["Biên Cương"], 1)
    reach(land["xã Lũng Cú"], 1)
    with django_assert_num_queries(3):
        table(land["new"].edition, 2)
