from datetime import date

import pytest

from campaigns.reach import ledger
from campaigns.reach.ledger import AgeBand, Channel, Group, Sex
from campaigns.reach.models import ReachEntry, ReachSource
from tests.factories import AreaFactory, CampaignPageFactory, translated

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 15)


def record(groups, source="head-count/1", **more):
    return ledger.record(source, **{"day": DAY, "channel": Channel.EVENT, "groups": groups, **more})


def entries(*fields):
    return sorted(ReachEntry.objects.values_list(*fields))


def test_the_same_source_twice_counts_once():
    for _time in range(2):
        assert record([Group(46)]) == 46

    assert entries("contacts") == [(46,)]
    assert ReachSource.objects.get().corrections == 0


def test_a_correction_leaves_the_right_total_and_is_noted():
    record([Group(30, sex=Sex.FEMALE), Group(16, sex=Sex.MALE)])
    record([Group(31, sex=Sex.FEMALE), Group(3)], day=date(2026, 3, 16))

    assert entries("sex", "contacts", "day") == [("", 3, date(2026, 3, 16)), ("f", 31, date(2026, 3, 16))]
    assert ReachSource.objects.get().corrections == 1


def test_no_groups_take_a_source_back():
    record([Group(46)])
    record([])

    assert entries("contacts") == []


def test_groups_of_the_same_people_are_added_up():
    assert record([Group(2, sex=Sex.MALE), Group(3, sex=Sex.MALE), Group(0, sex=Sex.FEMALE)]) == 5

    assert entries("sex", "contacts") == [("m", 5)]


def test_sources_do_not_touch_each_other():
    record([Group(1)], source="head-count/1")
    record([Group(2)], source="head-count/2")
    record([], source="head-count/1")

    assert entries("contacts") == [(2,)]


@pytest.mark.parametrize(
    ("channel", "direct"),
    [("sms", True), ("event", True), ("page", False), ("material", False), ("hotline", False)],
)
def test_the_channel_decides_what_is_direct(channel, direct):
    record([Group(1)], channel=channel)

    assert entries("is_direct") == [(direct,)]


@pytest.mark.parametrize("contacts", [-1, 10_000_000])
def test_impossible_numbers_are_refused(contacts):
    with pytest.raises(ValueError, match="contacts"):
        record([Group(contacts)])
    assert not ReachEntry.objects.exists()


@pytest.mark.parametrize("wrong", [{"sex": "x"}, {"age_band": "young"}])
def test_unknown_groups_are_refused(wrong):
    with pytest.raises(ValueError, match="unknown group"):
        Group(1, **wrong)


def test_an_unknown_channel_is_refused_and_nothing_is_kept():
    with pytest.raises(ValueError, match="smoke"):
        record([Group(1)], channel="smoke signals")
    assert not ReachSource.objects.exists()


def test_a_translation_counts_for_its_campaign():
    campaign = CampaignPageFactory()
    english = translated(campaign, "en")
    record([Group(1)], campaign=english)

    assert entries("campaign") == [(campaign.pk,)]


def test_every_group_keeps_its_breakdown():
    area = AreaFactory()
    record([Group(4, sex=Sex.FEMALE, age_band=AgeBand.CHILD, language="km")], area=area)

    assert entries("area", "sex", "age_band", "language", "contacts") == [(area.pk, "f", "0-17", "km", 4)]


def test_corrections_at_the_same_time_leave_one_of_them(side_by_side):
    """Whatever the order, the total is what one of the two said, never a mixture."""
    from threading import Thread

    from django.db import connection

    def correct(groups):
        try:
            record(groups)
        finally:
            connection.close()

    said = [[Group(10, sex=Sex.FEMALE), Group(1)], [Group(20, sex=Sex.MALE), Group(2)]]
    threads = [Thread(target=correct, args=(groups,)) for groups in said * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert entries("sex", "contacts") in ([("", 1), ("f", 10)], [("", 2), ("m", 20)])
