"""What a writer is told before a broadcast is sent."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from campaigns.sms import pace
from campaigns.sms.broadcasts import forecast
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.discretion import DiscreetWord
from campaigns.sms.models import Gateway

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def set_gateway(gateway, **facts):
    Gateway.objects.filter(pk=gateway.pk).update(**facts)
    gateway.refresh_from_db()


def test_people_parts_and_cost_are_counted_by_language(draft, people, gateway):
    set_gateway(gateway, cost_per_part=Decimal("250"), per_second=1)
    people(3)
    people(2, language="en")

    found = forecast.of(draft(texts={"vi": "Chào bạn, mai họp lúc tám giờ.", "en": "Tomorrow at 8"}))

    assert [(line.language, line.people, line.coding, line.parts) for line in found.lines] == [
        ("Tiếng Việt", 3, "ucs2", 3),
        ("English", 2, "gsm", 2),
    ]
    assert (found.people, found.parts, found.cost) == (5, 5, Decimal(1250))
    assert found.ends_at - found.begins_at == timedelta(seconds=5)
    assert [line.text for line in found.samples] == ["Chào bạn, mai họp lúc tám giờ.", "Tomorrow at 8"]
    assert found.problems == []


def test_a_language_without_a_text_needs_a_decision(draft, people):
    people(2)
    people(1, language="km")

    asks = forecast.of(draft())
    assert "ភាសាខ្មែរ (1)" in asks.problems[0]

    falls_back = forecast.of(draft(fallback="vi"))
    assert falls_back.problems == []
    assert falls_back.people == 3
    assert [line.is_fallback for line in falls_back.lines] == [False, True]

    leaves_out = forecast.of(draft(fallback=Broadcast.LEAVE_OUT))
    assert leaves_out.problems == []
    assert (leaves_out.people, leaves_out.left_out) == (2, 1)

    # A fallback in which nothing is written is none.
    assert forecast.of(draft(fallback="en")).problems


def test_nobody_and_nothing_are_refused(draft):
    assert forecast.of(draft()).problems == ["Nobody would get it."]
    assert forecast.of(draft(texts={})).problems == ["Write the text in at least one language."]


def test_a_betraying_word_is_told_or_refused(draft, people):
    people(1)
    DiscreetWord.objects.create(word="công an", weight=DiscreetWord.Weight.BLOCK)
    DiscreetWord.objects.create(word="nhà", weight=DiscreetWord.Weight.WARN)

    found = forecast.of(draft("Gọi công an"))
    assert "công an" in found.problems[0]
    assert "nhà" in forecast.of(draft("Về nhà")).warnings[0]


def test_promotion_carries_label_and_way_to_refuse(draft, people, gateway):
    people(1)
    assert "no promotion" in forecast.of(draft(message_class="promotion")).problems[0]

    set_gateway(gateway, promotion_label={"vi": "[QC]"}, promotion_opt_out={"vi": "Tu choi: HUY"})
    broadcast = draft("Hoi cho", message_class="promotion")
    assert forecast.of(broadcast).samples[0].text == "[QC] Hoi cho Tu choi: HUY"


def test_quiet_hours_and_lateness_are_told(draft, people, gateway, monkeypatch):
    set_gateway(gateway, quiet_from=time(22), quiet_until=time(7), per_second=1)
    people(3)
    now = datetime(2026, 3, 1, 12, tzinfo=ZONE)
    monkeypatch.setattr(timezone, "now", lambda: now)
    at_night = datetime(2026, 3, 1, 23, tzinfo=ZONE)

    told = forecast.of(draft(send_at=at_night))
    assert told.begins_at == datetime(2026, 3, 2, 7, tzinfo=ZONE)
    assert "07:00 2/3/2026" in told.warnings[0]
    # By seven it would be too late.
    assert "too late" in forecast.of(draft(send_at=at_night, hours_valid=8)).problems[0]
    assert "past" in forecast.of(draft(send_at=now - timedelta(hours=1))).problems[0]


def test_the_end_is_counted_over_the_quiet_hours():
    hours = (time(22), time(7))
    start = datetime(2026, 3, 1, 21, tzinfo=ZONE)

    # An hour's worth leaves before ten, another hour's the next morning.
    assert pace.finish(1, hours, start, 7200) == datetime(2026, 3, 2, 8, tzinfo=ZONE)
    assert pace.finish(1, None, start, 7200) == datetime(2026, 3, 1, 23, tzinfo=ZONE)
    assert pace.finish(1, hours, datetime(2026, 3, 1, 23, tzinfo=ZONE), 60) == datetime(
        2026, 3, 2, 7, 1, tzinfo=ZONE
    )
    # Quiet at noon, open at night.
    assert pace.finish(1, (time(12), time(13)), datetime(2026, 3, 1, 11, 30, tzinfo=ZONE), 3600) == datetime(
        2026, 3, 1, 13, 30, tzinfo=ZONE
    )


# row: broadcast sent twice by two staff
def test_another_one_to_the_same_campaign_is_told(draft, sent, people):
    people(1)
    sent()

    assert any("“Mai”" in warning for warning in forecast.of(draft()).warnings)


def test_above_the_cap_of_a_day_is_told(draft, people, settings):
    settings.SMS_PARTS_A_CAMPAIGN_A_DAY = 1
    people(2)

    assert any("second person" in warning for warning in forecast.of(draft()).warnings)
