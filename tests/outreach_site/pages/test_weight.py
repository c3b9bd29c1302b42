import os

import pytest
from django.urls import reverse
from django.utils import translation

from outreach_site.pages import pictures, weight
from outreach_site.pages.weight import Weight
from tests.factories import ArticlePageFactory, PictureFactory, UserFactory
from tests.outreach_site.pages.test_pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_a_page_weighs_its_text_its_styles_and_the_pictures_a_phone_takes():
    picture = PictureFactory(file=photo(800, 600))
    pictures.make_renditions(picture.pk)
    page = ArticlePageFactory(lead=picture)

    found = weight.measure(page)

    assert translation.get_language() == "en"  # not the page's
    ((name, size),) = found.pictures
    (shown,) = [one for one in picture.renditions.all() if one.file.name.endswith(name)]
    assert (shown.width, shown.file.size) == (720, size)
    assert 1_000 < found.text < 20_000
    assert 2_000 < found.style_and_script < 50_000
    assert found.everything == found.text + found.style_and_script + size


def test_seconds_follow_from_bytes():
    found = Weight(text=20_000, style_and_script=30_000, pictures=[("a.webp", 50_000)])

    assert (found.seconds_2g_text, found.seconds_2g, found.seconds_3g) == (10, 20, 2.0)


def test_warnings_start_past_the_budget():
    light = Weight(text=20_000, style_and_script=30_000, pictures=[("a.webp", 61_440)])
    heavy = Weight(text=21_201, style_and_script=30_000, pictures=[("a.webp", 61_441)])

    assert (light.text_is_too_heavy, light.heavy_pictures) == (False, [])
    assert (heavy.text_is_too_heavy, heavy.heavy_pictures) == (True, [("a.webp", 61_441)])


def test_a_phone_takes_the_size_for_its_screen():
    assert weight.taken_from("/a.webp 360w, /b.webp 720w, /c.webp 1440w") == "/b.webp"
    assert weight.taken_from("/a.webp 360w") == "/a.webp"


def test_the_editor_shows_the_weight_of_the_draft(staff):
    page = ArticlePageFactory()
    address = reverse("page_weight", args=[page.pk])
    assert address in staff.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "help-warning" not in staff.get(address).content.decode()

    page.introduction = os.urandom(60_000).hex()  # nothing squeezes this below its bytes
    page.save_revision(clean=False)

    html = staff.get(address).content.decode()
    assert "help-warning" in html
    assert "2G" in html


def test_a_page_that_cannot_be_drawn_is_edited_and_saved_all_the_same(staff, monkeypatch):
    page = ArticlePageFactory()
    monkeypatch.setattr(weight, "measure", lambda *_args: 1 / 0)

    assert "cannot be drawn" in staff.get(reverse("page_weight", args=[page.pk])).content.decode()
    assert staff.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_only_who_may_edit_the_page_sees_it(client):
    client.force_login(UserFactory())

    answer = client.get(reverse("page_weight", args=[ArticlePageFactory().pk]))

    assert answer.status_code in (302, 403, 404)
