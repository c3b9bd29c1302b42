from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_q.models import Schedule

from outreach_site.pages.cache import GENERATION
from outreach_site.staff import schedule
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "goes_live"), [(-1, True), (60, False)], ids=["due", "not yet due"])
def test_a_page_goes_live_at_its_hour_and_kept_pages_are_forgotten(minutes, goes_live):
    page = ArticlePageFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(minutes=minutes)
    page.save_revision(approved_go_live_at=page.go_live_at)
    before = cache.get(GENERATION, 0)

    schedule.publish_due()

    page.refresh_from_db()
    assert (page.live, cache.get(GENERATION, 0) > before) == (goes_live, goes_live)


def test_a_page_goes_off_when_it_expires_and_kept_pages_are_forgotten():
    page = ArticlePageFactory(expire_at=timezone.now() - timedelta(minutes=1))
    before = cache.get(GENERATION, 0)

    schedule.publish_due()

    page.refresh_from_db()
    assert (page.live, page.expired, cache.get(GENERATION, 0) > before) == (False, True, True)


def test_the_queue_looks_for_due_pages_every_two_minutes():
    schedule.ensure_schedules()

    assert list(Schedule.objects.filter(func__endswith="publish_due").values_list("minutes", flat=True)) == [
        2
    ]
