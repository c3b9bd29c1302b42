"""On a database in which nothing is planted yet."""

from django.contrib.auth import get_user_model
from wagtail.models import Site

from events.fieldwork.models import HeadCount
from outreach_site.demo import handouts, hotlines, people, tree
from outreach_site.demo.once import Planted
from outreach_site.demo.seed import plant
from outreach_site.hotline.models import Hotline
from tests.outreach_site.demo.areas import make_areas


def test_a_main_number_of_staff_stays_the_main_one(db):
    Hotline.objects.create(number="115", name={"vi": "Của chúng tôi"}, is_main=True, source="staff")

    hotlines.plant(Planted(), Site.objects.get())

    assert list(Hotline.objects.filter(is_main=True, kind="call").values_list("number", flat=True)) == ["115"]


def test_accounts_are_made_only_while_debugging(db, monkeypatch):
    rest = ((tree, "plant"), (handouts, "plant"), (people, "plant_texts"), (people, "plant_visits"))
    for module, name in rest:
        monkeypatch.setattr(module, name, lambda *_args: [])
    make_areas()

    summary = plant(drawing_width=0)

    assert get_user_model().objects.count() == 0
    assert HeadCount.objects.count() == 0
    assert [note.split(":")[0] for note in summary.notes] == ["No accounts", "No attendance"]
