from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation

from outreach_site import languages

CODES = [language.code for language in languages.LANGUAGES]


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_addresses(code):
    with translation.override(code):
        assert reverse("help") == f"/{code}/help/"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("typed", "day"), [("05/06/2024", date(2024, 6, 5)), ("25/6/2024", date(2024, 6, 25))]
)
def test_dates_are_read_day_first_in_every_language(code, typed, day):
    with translation.override(code):
        assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize("code", CODES)
def test_dates_are_written_day_first_in_every_language(code):
    with translation.override(code):
        assert formats.date_format(date(2026, 3, 15), "SHORT_DATE_FORMAT") == "15/3/2026"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_languages_stand_in_one_place_only():
    assert [code for code, _name in settings.LANGUAGES] == CODES
    assert settings.WAGTAIL_CONTENT_LANGUAGES == settings.LANGUAGES


def test_an_unknown_language_falls_back_to_the_sites_own():
    assert languages.get("xx").code == languages.DEFAULT
    assert languages.get("en-us").code == "en"
    assert languages.interface_code("km") == languages.FALLBACK


def test_staff_read_the_names_of_languages_in_their_own():
    with translation.override("vi"):
        assert [str(name) for _code, name in settings.LANGUAGES] == [
            "Tiếng Việt",
            "Tiếng Anh",
            "Tiếng Khmer",
            "Tiếng Hmông",
        ]
    with translation.override("en"):
        assert str(dict(settings.LANGUAGES)["km"]) == "Khmer"
