"""The area chooser: plain form, admin panel, answers to the combobox."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.utils import translation
from wagtail.admin.panels import FieldPanel, ObjectList

from outreach_site.areas import chooser
from outreach_site.areas.filters import AreaFilter
from outreach_site.areas.forms import AreaField, AreaWidget
from outreach_site.areas.models import Population
from outreach_site.areas.views import search

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.outreach_site.areas.urls")]

SEVERAL = "Several places match. Choose one."
NONE = "No place of that name. Check the spelling, or write the district or province too."
UNKNOWN = "This place is not in the list. Search for it again."


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class PlaceForm(forms.Form):
    place = AreaField()


class MaybeForm(forms.Form):
    place = AreaField(required=False)


class PopulationForm(forms.ModelForm):
    class Meta:
        model = Population
        fields = ["area", "people", "year", "source"]


def answer(form_class=PlaceForm, **data):
    """Return the key of the area that the form takes, or its errors."""
    form = form_class(data)
    if form.is_valid():
        area = form.cleaned_data["place"]
        return area.key if area else None
    return form.errors["place"]


def page(form):
    return BeautifulSoup(str(form), "html.parser")


# --- without JavaScript ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sủng cháng", "pre-2025/3/00829"),  # there is only one
        ("dong van tuyen quang", "2025/2/00721"),
        ("Xã Đồng Văn, Tỉnh Tuyên Quang", "2025/2/00721"),
        ("Đồng Văn, Hà Giang", [SEVERAL]),
        ("Huyện Đồng Văn, Tỉnh Hà Giang", "pre-2025/2/026"),  # written out: no doubt left
        ("Châu Thành An Giang", "2025/2/30589"),  # the edition in force, with its parent
        ("chau thanh", [SEVERAL]),
        ("lung cu", [SEVERAL]),  # both editions
        ("Xã Lũng Cú, Tỉnh Tuyên Quang (from 1 July 2025)", "2025/2/00715"),
        ("Tỉnh Tuyên Quang (before 1 July 2025)", "pre-2025/1/08"),
        ("Tỉnh Tuyên Quang (trước 01/7/2025)", "pre-2025/1/08"),
        ("Tỉnh Tuyên Quang (2025)", "2025/1/08"),
        ("2025/2/00721", "2025/2/00721"),  # a key
        ("2025/2/99999", [NONE]),
        ("atlantis", [NONE]),
        ("%", [NONE]),
        ("lung cu \x00", [SEVERAL]),
        ("(", [NONE]),
        ("x" * 5000, [NONE]),
        ("a " * 500, [NONE]),
        ("", ["This field is required."]),
        ("   ", ["This field is required."]),
    ],
)
def test_typed_text_is_understood_or_clearly_refused(two_provinces, text, key):
    assert answer(place=text) == key


def test_several_matches_come_back_as_radio_buttons_with_parents_and_edition(two_provinces):
    html = page(PlaceForm({"place": "lung cu"}))

    assert html.fieldset.legend.text == "Which of these places?"
    radios = html.fieldset.find_all("input", type="radio")
    assert {radio["name"] for radio in radios} == {"place_pick"}
    assert [" ".join(label.text.split()) for label in html.fieldset.find_all("label")] == [
        "Xã Lũng Cú, Tỉnh Tuyên Quang (from 1 July 2025)",
        "Xã Lũng Cú, Huyện Đồng Văn, Tỉnh Hà Giang (before 1 July 2025)",
    ]
    assert html.find("input", {"name": "place"})["value"] == "lung cu"


def test_a_chosen_radio_button_is_taken(two_provinces):
    html = page(PlaceForm({"place": "lung cu"}))
    old = html.find_all("input", type="radio")[1]["value"]

    assert answer(place="lung cu", place_for="lung cu", place_pick=old) == "pre-2025/3/00715"


def test_a_form_sent_back_unchosen_asks_again(two_provinces):
    assert answer(place="lung cu", place_for="lung cu") == [SEVERAL]


def test_another_text_is_searched_whatever_was_chosen_before(area):
    old = area("pre-2025/3/00715")

    assert answer(place="sung chang", place_for="lung cu", place_pick=old.pk) == "pre-2025/3/00829"
    assert answer(MaybeForm, place="", place_for="lung cu", place_pick=old.pk) is None


def test_a_link_may_name_the_area_alone(area):
    assert answer(place_pick=area("2025/1/08").pk) == "2025/1/08"


@pytest.mark.parametrize(
    "pick", ["0", "-1", "999999", "9" * 30, "9" * 5000, "abc", "²", "1; DROP TABLE", "\x00"]
)
def test_an_id_that_is_none_is_clearly_refused(two_provinces, pick):
    assert answer(place="lung cu", place_for="lung cu", place_pick=pick) == [UNKNOWN]
    assert "lung cu" in str(PlaceForm({"place": "lung cu", "place_for": "lung cu", "place_pick": pick}))


def test_too_many_matches_are_cut_and_it_says_so(two_provinces, monkeypatch):
    monkeypatch.setattr(chooser, "MOST_MATCHES", 2)

    html = page(PlaceForm({"place": "dong van"}))

    assert len(html.find_all("input", type="radio")) == 2
    assert html.fieldset.p.text == "There are more. If yours is missing, write the district or province too."


def test_what_was_typed_is_escaped(two_provinces):
    html = str(PlaceForm({"place": '"><script>alert(1)</script>'}))

    assert "<script>" not in html


def test_words_in_another_language_than_the_page_are_marked(two_provinces):
    with translation.override("km"):
        html = page(PlaceForm({"place": "lung cu"}))
    assert html.find("choose-area")["lang"] == "vi"

    with translation.override("en"):
        html = page(PlaceForm({"place": "lung cu"}))
    assert "lang" not in html.find("choose-area").attrs


def test_big_ids_are_written_without_separators(area):
    province = area("2025/1/08")
    province.pk, province.code, province.path = 1234567, "77", "2025/77/"
    province.save()

    html = page(PlaceForm(initial={"place": province}))

    assert html.find("input", {"name": "place_pick"})["value"] == "1234567"


# --- in a model's form ----------------------------------------------------------------------


def test_a_model_form_shows_stores_and_notices_no_change(area):
    population = Population.objects.create(area=area("2025/1/91"), people=5, year=2026, source="test")
    fields = {
        field["name"]: field.get("value", "")
        for field in page(PopulationForm(instance=population)).find_all("input")
    }
    assert fields["area"] == "Tỉnh An Giang (from 1 July 2025)"
    assert fields["area_pick"] == str(population.area_id)

    same = PopulationForm(fields, instance=population)
    assert same.is_valid()
    assert same.changed_data == []

    other = PopulationForm({**fields, "area": "sung chang"}, instance=population)
    assert other.is_valid(), other.errors
    assert other.changed_data == ["area"]
    assert other.save().area.key == "pre-2025/3/00829"


def test_a_model_form_with_a_wrong_place_stores_nothing(area):
    population = Population.objects.create(area=area("2025/1/91"), people=5, year=2026, source="test")
    form = PopulationForm(
        {"area": "atlantis", "people": 6, "year": 2026, "source": "test"}, instance=population
    )

    assert form.errors == {"area": [NONE]}
    population.refresh_from_db()
    assert (population.area.key, population.people) == ("2025/1/91", 5)


@pytest.mark.parametrize(
    ("before", "data", "changed"),
    [
        (None, {"place": ""}, False),
        (None, {}, False),
        (None, {"place": "sung chang"}, True),
        ("pre-2025/3/00829", {"place": "sung chang"}, False),
        ("pre-2025/3/00829", {"place": ""}, True),
        ("pre-2025/3/00829", {"place": "atlantis"}, True),
    ],
)
def test_a_change_is_noticed(area, before, data, changed):
    initial = {"place": area(before) if before else None}

    assert MaybeForm(data, initial=initial).has_changed() is changed


def test_a_wagtail_panel_shows_the_chooser_and_brings_its_script(area, rf, admin_user):
    population = Population.objects.create(area=area("2025/1/91"), people=5, year=2026, source="test")
    panel = ObjectList([FieldPanel("area"), FieldPanel("people")]).bind_to_model(Population)
    form = panel.get_form_class()(instance=population, for_user=admin_user)
    request = rf.get("/")
    request.user = admin_user

    html = panel.get_bound_panel(instance=population, request=request, form=form).render_html()

    assert isinstance(form.fields["area"], AreaField)
    box = BeautifulSoup(html, "html.parser").find("choose-area").find("input", type="text")
    assert (box["id"], box["value"]) == ("id_area", "Tỉnh An Giang (from 1 July 2025)")
    assert '<script src="/static/outreach_site/js/area-chooser.js" type="module"></script>' in str(form.media)
    assert "area-chooser.css" in str(form.media)


def test_a_wagtail_form_asks_for_a_place(area, admin_user):
    form_class = ObjectList([FieldPanel("area")]).bind_to_model(Population).get_form_class()

    def errors(**data):
        return form_class(data, instance=Population(), for_user=admin_user).errors

    assert errors(area="", area_pick="") == {"area": ["This field is required."]}
    assert errors(area="lung cu") == {"area": [SEVERAL]}
    assert errors(area="sung chang") == {}


def test_a_wagtail_comparison_names_both_places(area):
    compare = FieldPanel("area").bind_to_model(Population).get_comparison_class()

    comparison = compare(
        Population._meta.get_field("area"),
        Population(area=area("2025/1/91")),
        Population(area=area("2025/1/08")),
    )

    assert comparison.has_changed()
    assert "Tỉnh An Giang" in str(comparison.htmldiff())


def test_a_filter_finds_rows_of_both_editions(area):
    row = Population.objects.get(area=area("pre-2025/1/02"))
    place = AreaFilter(field_name="area", label="Place")

    assert isinstance(place.field, AreaField)
    assert list(place.filter(Population.objects.all(), area("2025/1/08"))) == [row]
    assert place.filter(Population.objects.all(), None).count() == 3


# --- the combobox's questions ---------------------------------------------------------------


def ask(rf, **query):
    response = search(rf.get("/areas/", query))
    return response, json.loads(response.content)


def test_the_combobox_is_told_name_parent_and_edition(rf, area):
    response, told = ask(rf, q="lung cu", lang="en")

    assert told["more"] is False
    assert told["results"][1] == {
        "id": area("pre-2025/3/00715").pk,
        "label": "Xã Lũng Cú, Huyện Đồng Văn, Tỉnh Hà Giang (before 1 July 2025)",
        "name": "Xã Lũng Cú",
        "parent": "Huyện Đồng Văn, Tỉnh Hà Giang",
        "edition": "before 1 July 2025",
    }
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.get("Vary", "")


def test_editions_are_named_in_the_language_asked_for(rf, two_provinces):
    assert ask(rf, q="sung chang", lang="vi")[1]["results"][0]["edition"] == "trước 01/7/2025"
    assert ask(rf, q="sung chang", lang="zz")[1]["results"][0]["edition"] == "trước 01/7/2025"
    assert ask(rf, q="sung chang", lang="en")[1]["results"][0]["edition"] == "before 1 July 2025"


def test_ten_places_at_most(rf, two_provinces):
    _response, told = ask(rf, q="giang")

    assert len(told["results"]) == 10
    assert told["more"] is True


@pytest.mark.parametrize("q", ["", " ", "l", "%", "\x00\x00", "' --"])
def test_too_short_a_text_asks_the_database_nothing(rf, two_provinces, django_assert_num_queries, q):
    with django_assert_num_queries(0):
        assert ask(rf, q=q)[1] == {"results": [], "more": False}


def test_no_question_is_an_empty_answer(rf, two_provinces):
    assert ask(rf)[1] == {"results": [], "more": False}


def test_letters_after_the_eightieth_do_not_count(rf, two_provinces):
    assert ask(rf, q="sung chang" + " " * 70 + "atlantis")[1]["results"][0]["name"] == "Xã Sủng Cháng"


def test_an_answer_costs_one_query(rf, two_provinces, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(rf, q="giang")


def test_only_get_is_answered(rf):
    assert search(rf.post("/areas/")).status_code == 405


def test_the_box_says_where_to_ask_and_what_to_announce():
    box = page(PlaceForm()).find("choose-area")

    assert box["data-url"] == "/areas/"
    assert box["data-language"] == "en"
    assert (box["data-none"], box["data-one"], box["data-many"]) == (
        "No place found.",
        "1 place found.",
        "{count} places found.",
    )


@pytest.mark.urls("django.contrib.auth.urls")
def test_the_box_works_on_a_site_without_the_address():
    assert page(PlaceForm()).find("choose-area")["data-url"] == ""


def test_nothing_stands_inline_that_a_content_policy_refuses():
    html = str(PlaceForm()) + str(AreaWidget().media)

    assert not re.search(r"\son\w+=|style=|javascript:|<script(?! src=)", html)
