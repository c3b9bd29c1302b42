import csv
import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from campaigns.reach import ledger
from campaigns.reach.ledger import Channel, Group
from outreach_site.areas.counterpart import rebuild_counterparts
from outreach_site.staff.roles import ensure_groups
from tests.factories import AreaFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    user = UserFactory(is_staff=True)
    user.groups.add(ensure_groups()["coordinator"])
    client.force_login(user)
    return client


@pytest.fixture
def reached():
    province = AreaFactory(type="tỉnh", name="Tuyên Quang", code="08")
    commune = AreaFactory(name="Đồng Văn", parent=province)
    rebuild_counterparts()
    ledger.record("a", day=date(2026, 3, 15), channel=Channel.EVENT, area=commune, groups=[Group(46)])
    ledger.record("b", day=date(2026, 3, 16), channel=Channel.PAGE, groups=[Group(1200, language="vi")])
    return commune


def test_the_table_keeps_direct_and_indirect_apart(coordinator, reached):
    html = coordinator.get("/admin/reach/").content.decode()
    rows = {row["area"]: row for row in parse(html)}

    assert rows["Xã Đồng Văn"]["cells"] == [0, 46, 46, 0, 0]
    assert sum(row["cells"][-1] for row in rows.values() if not row["is_total"]) == 1200
    assert [row["cells"] for row in rows.values() if row["is_total"]] == [[0, 46, 46, 1200, 1200]]


def parse(html):
    from bs4 import BeautifulSoup

    table = BeautifulSoup(html, "html.parser").select_one("table.loa-reach")
    for tr in table.select("tbody tr, tfoot tr"):
        cells = [int(td.get_text().replace(".", "").replace(",", "")) for td in tr.select("td")]
        yield {
            "area": tr.th.find(string=True).strip(),
            "cells": cells,
            "is_total": tr.parent.name == "tfoot",
        }


def test_nonsense_is_said(coordinator, reached):
    html = coordinator.get("/admin/reach/?since=16/3/2026&until=1/3/2026").content.decode()

    assert 'loa-reach"' not in html
    assert coordinator.get("/admin/reach/?edition=999&since=banana").status_code == 200


def test_only_those_who_may_see_it(client, reached):
    user = UserFactory(is_staff=True)
    user.groups.add(ensure_groups()["editor"])
    client.force_login(user)

    assert client.get("/admin/reach/").status_code == 302


def export(**options):
    out = io.StringIO()
    call_command("export_reach", stdout=out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_the_export_carries_every_total(reached):
    rows = export()

    assert [(row["day"], row["area"], row["channel"], row["contacts"]) for row in rows] == [
        ("2026-03-15", "Xã Đồng Văn, Tỉnh Tuyên Quang", "event", "46"),
        ("2026-03-16", "", "page", "1200"),
    ]


def test_the_export_is_narrowed_down(reached):
    assert [row["contacts"] for row in export(area="2025/1/08")] == ["46"]
    assert [row["contacts"] for row in export(channel="page")] == ["1200"]
    assert export(since=date(2026, 4, 1)) == []


@pytest.mark.parametrize("wrong", [["--area", "2025/1/99"], ["--area", "nowhere"], ["--since", "soon"]])
def test_the_export_says_what_it_cannot_read(reached, wrong):
    with pytest.raises(CommandError):
        call_command("export_reach", *wrong)
