import pytest
from django.db import DatabaseError

from campaigns.reach import tally
from campaigns.reach.models import DailyCount
from campaigns.reach.visits import tally as visits

pytestmark = pytest.mark.django_db


def written():
    return dict(DailyCount.objects.values_list("subject", "number"))


def test_a_database_that_fails_half_way_gets_each_count_once(monkeypatch):
    for subject in (1, 2, 2):
        visits.add("page", subject, "vi")
    find = DailyCount.objects.get_or_create

    def fail_at_the_second(**key):
        if key["subject"] == 2:
            raise DatabaseError
        return find(**key)

    with monkeypatch.context() as broken:
        broken.setattr(DailyCount.objects, "get_or_create", fail_at_the_second)
        visits.write()
    assert written() == {1: 1}

    visits.write()
    assert written() == {1: 1, 2: 2}


def test_counts_are_written_after_an_answer_once_some_seconds_have_passed(client, monkeypatch):
    visits.add("page", 1, "vi")
    client.get("/healthz")
    assert written() == {}

    monkeypatch.setattr(tally, "WRITE_EVERY_SECONDS", 0)
    client.get("/healthz")
    assert written() == {1: 1}
