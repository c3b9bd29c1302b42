import csv
import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.reach import charts, usage
from campaigns.reach.models import DailyCount
from outreach_site.staff.roles import ensure_groups
from tests.factories import CampaignPageFactory, MaterialPageFactory, UserFactory, reads_english, translated

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 18)  # a Wednesday


def opened(page, number, *, day=TODAY, channel="material", language="vi"):
    DailyCount.objects.create(
        day=day, channel=channel, subject=page.pk, language=language, number=number, recorded=number
    )


def test_a_page_is_accounted_for_with_its_translations():
    leaflet, other = MaterialPageFactory(), MaterialPageFactory()
    english = translated(leaflet, "en")
    opened(leaflet, 30)
    opened(english, 4, language="en")
    opened(leaflet, 5, channel="download")
    opened(leaflet, 2, channel="listen", language="")
    opened(other, 999)

    account = usage.account(english, TODAY)

    assert {line.kind: line.total for line in account.lines} == {"opened": 34, "downloads": 5, "plays": 2}
    assert account.language_rows == [
        ("Tiếng Việt", [30, 5, 0]),
        ("English", [4, 0, 0]),
        ("no language, or any", [0, 0, 2]),
    ]
    assert (account.records, account.since, account.until) == (4, TODAY, TODAY)


def test_weeks_begin_on_monday_and_the_present_one_is_the_last():
    leaflet = MaterialPageFactory()
    opened(leaflet, 1, day=date(2026, 3, 15))  # Sunday
    opened(leaflet, 2, day=date(2026, 3, 16))  # Monday
    opened(leaflet, 4, day=date(2026, 3, 18))
    opened(leaflet, 8, day=date(2025, 3, 18))  # a year ago: in the total alone

    account = usage.account(leaflet, TODAY)

    assert [(week, numbers[0]) for week, numbers in account.week_rows[:3]] == [
        (date(2026, 3, 16), 6),
        (date(2026, 3, 9), 1),
        (date(2026, 3, 2), 0),
    ]
    assert (len(account.weeks), account.lines[0].total) == (12, 15)


def test_what_was_never_opened_has_numbers_and_no_chart():
    account = usage.account(MaterialPageFactory(), TODAY)

    assert [(line.total, line.chart) for line in account.lines] == [(0, "")] * 3
    assert (account.records, account.since) == (0, None)


def test_an_account_costs_the_same_with_one_and_with_three():
    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            usage.account(page, TODAY)
        return len(queries)

    leaflet = MaterialPageFactory()
    opened(leaflet, 1)
    with_one = cost(leaflet)
    for ago, channel, language in [(1, "download", "en"), (8, "listen", "km"), (15, "material", "en")]:
        opened(leaflet, 3, day=TODAY - timedelta(days=ago), channel=channel, language=language)

    assert cost(leaflet) == with_one <= 8


class TestCharts:
    def test_a_chart_is_one_picture_with_a_name_and_says_its_highest(self):
        svg = BeautifulSoup(
            charts.bars("Opened by week", [charts.Bar("9/3", 4), charts.Bar("16/3", 1200)]), "html.parser"
        ).svg

        assert (svg["role"], svg.title.string) == ("img", "Opened by week")
        assert "1,200 at 16/3" in svg.desc.string
        assert [float(bar["height"]) for bar in svg.select("rect")] == [1.5, 84.0]

    def test_it_draws_in_the_colour_of_the_text(self):
        svg = charts.bars("Opened", [charts.Bar("9/3", 4)])

        assert "currentColor" in svg
        assert "#" not in svg
        assert "style" not in svg

    def test_a_name_is_text_and_nothing_more(self):
        assert "<script" not in charts.bars("<script>", [charts.Bar("<script>", 1)])

    def test_without_numbers_there_is_no_bar_to_be_seen(self):
        svg = BeautifulSoup(charts.bars("Opened", [charts.Bar("9/3", 0)]), "html.parser")

        assert [bar["height"] for bar in svg.select("rect")] == ["0.0"]
        assert charts.bars("Opened", []) == ""


class TestForStaff:
    @pytest.fixture
    def sign_in(self, client):
        def as_role(role):
            user = UserFactory(is_staff=True)
            user.groups.add(ensure_groups()[role])
            client.force_login(reads_english(user))
            return client

        return as_role

    @pytest.fixture
    def leaflet(self):
        page = MaterialPageFactory(slug="nam-dieu")
        opened(page, 34, day=timezone.localdate())
        opened(page, 5, day=timezone.localdate(), channel="download")
        return page

    def test_it_stands_beside_the_page_in_its_editor(self, sign_in, leaflet):
        html = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[leaflet.pk])).content
        panel = BeautifulSoup(html, "html.parser").select_one('[data-side-panel="use"]')

        assert [dd.string for dd in panel.select("dd")[:3]] == ["34", "5", "0"]
        assert len(panel.select("svg.loa-chart")) == 2

    def test_a_campaigns_panel_leads_to_its_progress(self, sign_in):
        campaign = CampaignPageFactory()

        html = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).content
        panel = BeautifulSoup(html, "html.parser").select_one('[data-side-panel="use"]')

        assert f"/admin/campaigns/{campaign.pk}/progress/" in [a["href"] for a in panel.select("a")]

    def test_each_chart_has_its_numbers_in_a_table(self, sign_in, leaflet):
        page = BeautifulSoup(sign_in("editor").get(f"/admin/use/{leaflet.pk}/").content, "html.parser")
        newest = page.select_one("table tbody tr")

        assert [cell.string for cell in newest.select("td")] == ["34", "5", "0"]
        assert newest.th.string == charts.monday(timezone.localdate()).strftime("%-d/%-m/%Y")

    def test_the_export_has_a_line_a_day_and_kind(self, sign_in, leaflet):
        answer = sign_in("editor").get(f"/admin/use/{leaflet.pk}/csv/")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        today = timezone.localdate().isoformat()

        assert rows[0] == ["day", "what", "language", "place", "number"]
        assert rows[1:] == [[today, "Downloads", "vi", "", "5"], [today, "Opened", "vi", "", "34"]]

    def test_field_workers_and_strangers_see_none_of_it(self, client, sign_in, leaflet):
        assert client.get(f"/admin/use/{leaflet.pk}/").status_code == 302
        assert sign_in("fieldworker").get(f"/admin/use/{leaflet.pk}/csv/").status_code == 302

    def test_a_page_that_is_gone_is_not_found(self, sign_in):
        assert sign_in("coordinator").get("/admin/use/987654/").status_code == 404
