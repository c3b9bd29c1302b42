"""A print run of the leaflet, where its copies went, and two codes that hang in the two provinces."""

import random
from datetime import timedelta

from campaigns.printing import scans
from campaigns.printing.models import Distribution, LinkCount, PrintRun, TrackedLink
from outreach_site.demo import materials
from outreach_site.demo.tree import area

# Weeks ago, copies, province, commune.
GIVEN = [
    (3, 320, "Tỉnh Tuyên Quang", "Xã Đồng Văn"),
    (2, 180, "Tỉnh An Giang", "Xã Tri Tôn"),
]
# Key, province, commune, where it hangs, scans on a usual day.
HANGING = [
    ("dong-van", "Tỉnh Tuyên Quang", "Xã Đồng Văn", "Cổng chợ phiên", 4),
    ("tri-ton", "Tỉnh An Giang", "Xã Tri Tôn", "Bến xe, quầy vé", 7),
]
SCAN_DAYS = 18


def plant(planted, today):
    """Plant the print run, its distributions, the codes and their scans. Dates count from `today`."""
    leaflet = planted.find(f"page/{materials.LEAFLET.slug}/vi")
    if leaflet is None:
        return
    run = planted.once(
        "print-run/leaflet",
        lambda: PrintRun.objects.create(
            material=leaflet,
            language="vi",
            copies=1000,
            printed_on=today - timedelta(weeks=4),
            written_off=12,
        ),
    )
    if run:
        for weeks, copies, *place in GIVEN:
            planted.once(f"distribution/{weeks}", lambda: _given(run, today, weeks, copies, place))  # noqa: B023
    for key, province, commune, where, usual in HANGING:
        link = planted.once(
            f"code/{key}",
            lambda: TrackedLink.objects.create(material=leaflet, area=area(province, commune), place=where),  # noqa: B023
        )
        planted.once(f"scans/{key}", lambda: _scans(link, usual, today))  # noqa: B023
    scans.carry_to_ledger()


def _given(run, today, weeks, copies, place):
    return Distribution.objects.create(
        run=run, copies=copies, day=today - timedelta(weeks=weeks), area=area(*place)
    )


def _scans(link, usual, today):
    if link is None:
        return None
    dice = random.Random(usual)
    counts = [
        LinkCount(
            day=today - timedelta(days=ago), link=link, language="vi", number=dice.randint(1, 2 * usual)
        )
        for ago in range(SCAN_DAYS, 0, -1)
    ]
    LinkCount.objects.bulk_create(counts)
    return LinkCount.objects.filter(link=link).last()
