"""The few areas that the demo names."""

from outreach_site.demo import campaigns, events
from tests.factories import AreaFactory

PLACES = sorted(
    {leaf.facts["area"] for leaf in events.EVENTS}
    | {place for leaf in campaigns.CAMPAIGNS for place in leaf.facts["places"] if place[1]}
)


def make_areas():
    provinces = {}
    for province, place in PLACES:
        if province not in provinces:
            name = province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
            provinces[province] = AreaFactory(name=name, full_name=province)
        AreaFactory(name=place.split(" ", 1)[1], full_name=place, parent=provinces[province])
