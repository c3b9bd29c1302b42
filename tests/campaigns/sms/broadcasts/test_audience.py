"""Whom a broadcast goes to."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.sms.broadcasts import audience
from campaigns.sms.models import Member, OutboundMessage, SignUp
from outreach_site.areas.counterpart import rebuild_counterparts
from outreach_site.areas.models import Succession
from tests.campaigns.sms.broadcasts.conftest import sign_up
from tests.campaigns.sms.conftest import index_page
from tests.factories import AreaFactory, EditionFactory

pytestmark = pytest.mark.django_db


def reached(broadcast):
    return set(audience.reachable(audience.of(broadcast)))


def test_only_who_joined_this_campaign_and_has_not_left(draft, people):
    here, left = people(2)
    SignUp.objects.filter(pk=left.pk).update(left_at=timezone.now())
    sign_up(index_page(title="An Giang", keyword="ANGIANG"))

    assert reached(draft()) == {here}


def test_by_language_and_day_of_joining(draft, people):
    now = timezone.now()
    [early] = people(1, joined_at=now - timedelta(days=30))
    [late] = people(1, joined_at=now - timedelta(days=2))
    [khmer] = people(1, language="km", joined_at=now - timedelta(days=2))
    day = timezone.localdate(now - timedelta(days=2))

    assert reached(draft(languages=["vi"])) == {early, late}
    assert reached(draft(joined_from=day)) == {late, khmer}
    assert reached(draft(joined_until=day)) == {early, late, khmer}
    assert reached(draft(joined_until=day - timedelta(days=1))) == {early}


def test_an_area_holds_what_lies_below_it_and_what_became_part_of_it(draft, people):
    province = AreaFactory(name="Tuyên Quang", type="tỉnh")
    commune = AreaFactory(name="Đồng Văn", parent=province)
    elsewhere = AreaFactory(name="An Giang", type="tỉnh")
    before = EditionFactory(code="pre-2025", valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30))
    former = AreaFactory(name="Hà Giang", type="tỉnh", edition=before)
    Succession.objects.create(old=former, new=province, coverage="full")
    rebuild_counterparts()
    in_it = [people(1, area=area)[0] for area in (province, commune, former)]
    people(1, area=elsewhere)
    people(1)

    assert reached(draft(areas=[province])) == set(in_it)
    assert len(reached(draft(areas=[province, elsewhere]))) == 4
    # Of the old province only what is known to lie in it.
    assert in_it[2] in reached(draft(areas=[former]))


# row: number recycled or changed
def test_a_number_that_seems_dead_is_left_out_until_it_writes(draft, people, gateway, text_in):
    alive, dead = people(2)

    def failed(sign_up, number):
        for n in range(number):
            OutboundMessage.objects.create(
                phone_sealed=sign_up.member.phone_sealed,
                phone_index=sign_up.member.phone_index,
                gateway=gateway,
                text="Mai",
                language="vi",
                kind=3,
                cause=f"t:{sign_up.pk}:{n}",
                state="failed",
                coding="gsm",
                parts=1,
            )

    failed(alive, audience.FAILURES - 1)
    failed(dead, audience.FAILURES)

    assert reached(draft()) == {alive}
    assert set(audience.out_of_reach(audience.of(draft()))) == {dead}

    text_in("xin chao", phone=dead.member.reveal_phone())
    assert reached(draft()) == {alive, dead}


# row: number recycled or changed
def test_who_was_silent_for_long_is_left_out(draft, people, settings):
    settings.SMS_SILENT_MONTHS = 6
    now = timezone.now()
    [silent] = people(1, joined_at=now - timedelta(days=200))
    [fresh] = people(1, joined_at=now - timedelta(days=100))

    assert reached(draft()) == {fresh}
    assert Member.objects.filter(sign_ups=silent).exists()


def test_a_group_of_another_package(draft, people, monkeypatch):
    first, _second = people(2)
    group = audience.Group(
        "attended",
        "attended",
        choices=lambda: [("7", "Workshop")],
        members=lambda pk: Member.objects.filter(pk=first.member_id if pk == "7" else 0),
    )
    monkeypatch.setitem(audience._groups, "attended", group)

    assert reached(draft(group="attended:7")) == {first}
    assert reached(draft(group="attended:8")) == set()
    # What is no longer on offer goes to nobody, not to everybody.
    assert reached(draft(group="gone:1")) == set()
