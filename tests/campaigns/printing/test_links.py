import re

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from campaigns.printing import links
from campaigns.printing.models import TrackedLink, codes
from tests.campaigns.printing.conftest import TrackedLinkFactory
from tests.factories import AreaFactory, HotlineFactory, MaterialPageFactory, PlainPageFactory, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def material(campaign):
    """A published material on a shelf, of a campaign, in Vietnamese and English."""
    shelf = PlainPageFactory(title="Tài liệu", slug="tai-lieu")
    page = MaterialPageFactory(parent=shelf, title="Tờ rơi", slug="to-roi", campaign=campaign)
    translated(page, "en", title="Leaflet")
    return page


def test_a_code_cannot_be_misread():
    made = [TrackedLinkFactory().code for _time in range(20)]

    assert all(re.fullmatch(r"[2-9a-z]{6}", code) for code in made)
    assert set("0o1li") & set(codes.CODE_LETTERS) == set()


@pytest.mark.parametrize(
    ("asked", "language", "path"),
    [
        ("en-GB,en;q=0.9", "en", "/en/tai-lieu/to-roi/"),
        ("vi", "vi", "/vi/tai-lieu/to-roi/"),
        ("km,en;q=0.5", "en", "/en/tai-lieu/to-roi/"),
        ("fr", "vi", "/vi/tai-lieu/to-roi/"),
        ("", "vi", "/vi/tai-lieu/to-roi/"),
    ],
)
def test_a_code_leads_to_the_material_in_the_best_language(reader, material, asked, language, path):
    link = TrackedLinkFactory(material=material)

    assert links.destination(link, asked) == (path, language)


def test_following_leaves_no_trace(reader, material):
    response = reader.get(f"/m/{TrackedLinkFactory(material=material).code}/")

    assert (response.status_code, response["Location"]) == (302, "/vi/tai-lieu/to-roi/")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("typed", [str.upper, str.title, lambda code: f"{code}"])
@pytest.mark.parametrize("end", ["/", ""])
def test_a_code_works_however_it_is_typed(reader, material, typed, end):
    link = TrackedLinkFactory(material=material)

    assert reader.get(f"/m/{typed(link.code)}{end}")["Location"] == "/vi/tai-lieu/to-roi/"


def test_an_unknown_code_gets_the_hotline(reader):
    HotlineFactory(number="111")
    response = reader.get("/m/khongco/")

    assert response.status_code == 404
    assert 'href="tel:111"' in response.content.decode()


def test_a_material_only_in_english_is_found_from_anywhere(reader, material):
    link = TrackedLinkFactory(material=material)
    material.unpublish()

    assert links.destination(link, "km") == ("/en/tai-lieu/to-roi/", "en")


def unpublish(page):
    for version in page.versions:
        version.specific.unpublish()


def delete(page):
    for version in page.versions:
        version.specific.delete()


@pytest.mark.parametrize("gone", [unpublish, delete])
def test_a_code_outlives_its_material(reader, material, campaign, gone):
    link = TrackedLinkFactory(material=material)
    gone(material)

    assert reader.get(f"/m/{link.code}/")["Location"] == campaign.url

    campaign.refresh_from_db()
    gone(campaign)
    assert reader.get(f"/m/{link.code}/")["Location"] == "/vi/tai-lieu/"
    english = reader.get(f"/m/{link.code}/", headers={"accept-language": "en"})
    assert english["Location"] == "/en/tai-lieu/"

    shelf = PlainPageFactory._meta.model.objects.get(slug="tai-lieu", locale__language_code="vi")
    gone(shelf)
    english = reader.get(f"/m/{link.code}/", headers={"accept-language": "en"})
    assert english["Location"] == "/en/help/"
    assert reader.get(f"/m/{link.code}/")["Location"] == "/vi/help/"


def test_a_code_is_never_deleted(material):
    link = TrackedLinkFactory(material=material)

    for delete_it in (link.delete, TrackedLink.objects.all().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete_it()

    assert TrackedLink.objects.get() == link


def test_a_code_that_exists_is_not_given_twice(material, monkeypatch):
    first = TrackedLinkFactory(material=material)
    drawn = iter([first.code, "zzzzzz"])
    monkeypatch.setattr(codes, "new_code", lambda: next(drawn))

    assert TrackedLinkFactory(material=material).code == "zzzzzz"


def test_one_code_for_a_place_and_batch(material):
    area = AreaFactory()
    first = TrackedLinkFactory(material=material, area=area, place="Chợ", batch="1")
    TrackedLinkFactory.build(material=material, area=area, place="Chợ", batch="2").full_clean(
        exclude=["material_key", "material_title", "code"]
    )

    with pytest.raises(ValidationError) as refused:
        TrackedLinkFactory.build(material=material, area=area, place=" Chợ ", batch="1").full_clean(
            exclude=["material_key", "material_title", "code"]
        )

    assert refused.value.message_dict == {
        "batch": [f"This material has a code for this place and batch already: {first.code}."]
    }


def test_a_code_needs_a_place(material):
    with pytest.raises(ValidationError) as refused:
        TrackedLinkFactory.build(material=material, place=" ").clean()

    assert list(refused.value.message_dict) == ["area"]


def test_following_costs_few_queries(reader, material, django_assert_max_num_queries):
    link = TrackedLinkFactory(material=material)

    with django_assert_max_num_queries(6):
        reader.get(f"/m/{link.code}/")
