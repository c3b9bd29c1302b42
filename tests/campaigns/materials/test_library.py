from urllib.parse import parse_qsl

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from campaigns.materials.models import MaterialPage, Topic
from tests.factories import (
    CampaignPageFactory,
    HotlineFactory,
    MaterialFileFactory,
    MaterialIndexPageFactory,
    MaterialPageFactory,
    PictureFactory,
    RecordingFactory,
    translated,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    HotlineFactory()
    return MaterialIndexPageFactory(title="Tài liệu", slug="tai-lieu")


def titles(answer):
    return {material.title for material in answer.context["found"]}


@pytest.fixture
def shelf(library):
    """Four materials that differ in everything one can look for."""
    topic = Topic.objects.create(name={"vi": "Đi làm xa"})
    campaign = CampaignPageFactory(slug="di-xa", title="Đi xa")
    leaflet = MaterialPageFactory(parent=library, title="tờ rơi", campaign=campaign, topics=[topic])
    poster = MaterialPageFactory(parent=library, title="áp phích", kind="poster", also_in=[campaign])
    spot = MaterialPageFactory(parent=library, title="lời loa", kind="audio")
    MaterialPageFactory(parent=library, title="bản nháp", live=False)
    MaterialFileFactory(material=leaflet)
    MaterialFileFactory(material=poster, picture=PictureFactory())
    MaterialFileFactory(material=spot, recording=RecordingFactory(), language="hmn")
    translated(leaflet, "en", title="leaflet")
    return {"topic": topic.pk, "library": library}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"tờ rơi", "áp phích", "lời loa"}),
        ("kind=poster", {"áp phích"}),
        ("topic={topic}", {"tờ rơi"}),
        ("campaign=di-xa", {"tờ rơi", "áp phích"}),
        ("campaign=di-xa&kind=poster", {"áp phích"}),
        ("language=en", {"tờ rơi"}),
        ("language=hmn", {"lời loa"}),
        ("form=listen", {"lời loa"}),
        ("form=download", {"tờ rơi"}),
        ("form=look", {"áp phích"}),
        ("kind=poster&form=listen", set()),
        # What is not on offer does not narrow anything down.
        ("kind=<script>&topic=x&campaign=no&language=xx&form=%00&page=zz", {"tờ rơi", "áp phích", "lời loa"}),
    ],
)
def test_materials_are_found_by_what_they_are(reader, shelf, query, found):
    answer = reader.get(f"{shelf['library'].url}?{query.format(**shelf)}")

    assert answer.status_code == 200
    assert titles(answer) == found
    assert "<script>&" not in answer.content.decode()


def test_the_translated_library_shows_what_is_in_its_language(reader, shelf):
    english = shelf["library"].get_translations().get().specific

    answer = reader.get(f"{english.url}?topic={shelf['topic']}&form=download&language=vi")

    assert titles(answer) == {"leaflet"}
    assert titles(reader.get(f"{english.url}?form=look")) == set()


def offered(answer, field):
    """Return {value: label} of what the form offers, "all" aside."""
    return {value: label for value, label in answer.context["form"].fields[field].choices if value}


def test_each_choice_says_how_many_it_leaves(reader, shelf):
    answer = reader.get(shelf["library"].url)

    assert offered(answer, "kind") == {
        "poster": "Áp phích (1)",
        "leaflet": "Tờ rơi (1)",
        "audio": f"{MaterialPage.Kind.AUDIO.label} (1)",
    }
    assert offered(answer, "campaign") == {"di-xa": "Đi xa (2)"}
    assert offered(answer, "topic") == {str(shelf["topic"]): "Đi làm xa (1)"}
    assert offered(answer, "language") == {"en": "English (1)", "hmn": "Hmoob (1)"}
    assert {value: label[-3:] for value, label in offered(answer, "form").items()} == {
        "listen": "(1)",
        "look": "(1)",
        "download": "(1)",
    }


@pytest.mark.parametrize("query", ["", "campaign=di-xa", "kind=poster", "language=en&kind=leaflet"])
def test_the_number_told_is_the_number_found(reader, shelf, query):
    library = shelf["library"]
    for field in ("kind", "topic", "campaign", "language", "form"):
        for value, label in offered(reader.get(f"{library.url}?page=1&{query}"), field).items():
            wanted = {**dict(parse_qsl(query)), field: value}
            assert label.endswith(f"({len(titles(reader.get(library.url, wanted)))})"), (field, value)


def test_what_leaves_nothing_is_not_offered_unless_it_was_chosen(reader, shelf):
    answer = reader.get(f"{shelf['library'].url}?kind=poster&form=listen")

    assert offered(answer, "kind") == {
        "poster": "Áp phích (0)",
        "audio": f"{MaterialPage.Kind.AUDIO.label} (1)",
    }
    assert "look" in offered(answer, "form")
    assert "download" not in offered(answer, "form")


def test_drafts_and_private_materials_are_not_counted(reader, shelf):
    hidden = MaterialPageFactory(parent=shelf["library"], title="chỉ cho cán bộ", kind="poster")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    assert offered(reader.get(shelf["library"].url), "kind")["poster"] == "Áp phích (1)"


def test_what_fits_nothing_says_so_and_gives_the_number(reader, shelf):
    html = reader.get(f"{shelf['library'].url}?kind=poster&form=listen").content.decode()

    assert "Không có tài liệu nào" in html
    assert 'class="hotline-card"' in html
    assert '<option value="poster" selected>' in html
    assert 'name="robots" content="noindex"' in html


def test_the_number_found_is_told_and_pages_keep_the_question(reader, library):
    for _number in range(30):
        MaterialPageFactory(parent=library, kind="poster")

    first = reader.get(f"{library.url}?kind=poster").content.decode()
    second = reader.get(f"{library.url}?kind=poster&page=2")

    assert "30 tài liệu" in first
    assert f'href="{library.url}?kind=poster&amp;page=2"' in first
    assert len(second.context["found"].object_list) == 6
    assert len(reader.get(f"{library.url}?page=99").context["found"].object_list) == 6


def test_a_filtered_page_asks_little_however_long_the_shelf(reader, shelf, django_assert_max_num_queries):
    library = shelf["library"]
    for _number in range(30):
        MaterialPageFactory(parent=library, cover=PictureFactory())
    query = f"?kind=leaflet&topic={shelf['topic']}&campaign=di-xa&language=en&form=download"
    for address in (library.url, library.url + query):
        cache.clear()
        reader.get("/vi/")
        with django_assert_max_num_queries(15):
            assert reader.get(address).status_code == 200


def test_the_plain_library_is_kept_and_a_filtered_one_is_not(reader, shelf, django_assert_num_queries):
    library = shelf["library"]
    reader.get(library.url)
    with django_assert_num_queries(0):
        reader.get(library.url)

    assert titles(reader.get(f"{library.url}?kind=poster")) == {"áp phích"}
    assert "lời loa" in reader.get(library.url).content.decode()


def test_a_private_material_is_not_on_the_shelf(reader, shelf):
    hidden = MaterialPageFactory(parent=shelf["library"], title="chỉ cho cán bộ")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    assert titles(reader.get(shelf["library"].url)) == {"tờ rơi", "áp phích", "lời loa"}
