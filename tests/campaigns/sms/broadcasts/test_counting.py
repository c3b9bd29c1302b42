"""Delivered texts are indirect reach, however often they are counted."""

import pytest
from django.utils import timezone

from campaigns.reach.models import ReachEntry, ReachSource
from campaigns.sms.broadcasts import counting, running
from campaigns.sms.models import OutboundMessage
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db


def reach():
    entries = ReachEntry.objects.order_by("area__name", "language")
    return [(one.area and one.area.name, one.language, one.contacts) for one in entries]


def test_only_delivered_texts_count_by_area_and_language(sent, people):
    area = AreaFactory(name="Đồng Văn")
    people(2, area=area)
    people(1, language="en")
    people(3)
    broadcast = sent(texts={"vi": "Mai", "en": "Tomorrow"})
    running.run()
    now = timezone.now()
    broadcast.messages.update(state="delivered", sent_at=now)
    in_no_area = broadcast.messages.filter(area=None, language="vi").order_by("pk")
    for message, state in zip(in_no_area, ["failed", "unknown", "unconfirmed"], strict=True):
        OutboundMessage.objects.filter(pk=message.pk).update(state=state)

    for _again in range(3):
        counting.count_lately()

    assert reach() == [("Đồng Văn", "vi", 2), (None, "en", 1)] or reach() == [
        (None, "en", 1),
        ("Đồng Văn", "vi", 2),
    ]
    entry = ReachEntry.objects.first()
    assert (entry.channel, entry.is_direct, entry.campaign) == ("broadcast", False, broadcast.campaign)
    assert entry.day == timezone.localdate(now)
    assert set(ReachSource.objects.values_list("corrections", flat=True)) == {0}


def test_a_report_that_comes_later_is_added(sent, people):
    people(2)
    broadcast = sent()
    running.run()
    first, second = broadcast.messages.order_by("pk")
    now = timezone.now()
    broadcast.messages.filter(pk=first.pk).update(state="delivered", sent_at=now)
    counting.count(broadcast)
    broadcast.messages.filter(pk=second.pk).update(state="delivered", sent_at=now)
    counting.count(broadcast)

    assert reach() == [(None, "vi", 2)]


def test_erasing_a_reader_changes_no_number(sent, people):
    area = AreaFactory(name="Đồng Văn")
    [reader] = people(1, area=area)
    broadcast = sent()
    running.run()
    broadcast.messages.update(state="delivered", sent_at=timezone.now())
    counting.count(broadcast)
    reader.member.delete()
    broadcast.messages.update(phone_index="", phone_sealed="", text="")

    counting.count(broadcast)

    assert reach() == [("Đồng Văn", "vi", 1)]
