"""A campaign that asks its members, in a province of a few communes."""

import pytest

from tests.campaigns.sms.conftest import index_page
from tests.factories import AreaFactory


@pytest.fixture
def province(db):
    return AreaFactory(name="Hà Giang", full_name="Tỉnh Hà Giang")


@pytest.fixture
def communes(province):
    """{name: Area} of the province, and one of another province with the same name as one of them."""
    other = AreaFactory(name="An Giang", full_name="Tỉnh An Giang")
    found = {name: AreaFactory(name=name, parent=province) for name in ("Đồng Văn", "Mèo Vạc", "Tân Phú")}
    for area in (
        *found.values(),
        AreaFactory(name="Tân Phú", parent=other),
        AreaFactory(name="Tri Tôn", parent=other),
    ):
        area.search_text = f" {area.search_text.strip()}, {area.parent.search_text.strip()}"
        area.save()
    return found


@pytest.fixture
def asking(communes):
    """asking(asks_age=True) → a campaign without an area that asks for the commune, and what else is said."""

    def make(**facts):
        facts = {"title": "Hỏi", "keyword": "HAGIANG", "asks_commune": True, **facts}
        return index_page(welcome="Hello.", **facts)

    return make
