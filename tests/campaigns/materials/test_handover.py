import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from campaigns.materials.library import MaterialIndexPage
from outreach_site.pages.models import PlainPage
from tests.factories import ArticlePageFactory, MaterialPageFactory, PlainPageFactory, translated

pytestmark = pytest.mark.django_db


def test_a_shelf_becomes_a_library_at_its_own_address(reader, capsys):
    shelf = PlainPageFactory(title="Tài liệu", slug="tai-lieu", lists_children=True, show_in_menus=True)
    shelf.save_revision().publish()
    material = MaterialPageFactory(parent=shelf, title="tờ rơi")
    english = translated(shelf, "en", title="Materials")

    call_command("make_library", "tai-lieu")

    assert capsys.readouterr().out.splitlines() == [
        "/vi/tai-lieu/: a library now",
        "/en/tai-lieu/: a library now",
    ]
    assert set(MaterialIndexPage.objects.values_list("pk", "title", "live")) == {
        (shelf.pk, "Tài liệu", True),
        (english.pk, "Materials", True),
    }
    assert not PlainPage.objects.filter(slug="tai-lieu").exists()
    answer = reader.get("/vi/tai-lieu/?kind=leaflet")
    assert [page.pk for page in answer.context["found"]] == [material.pk]
    page = Page.objects.get(pk=shelf.pk)
    assert isinstance(page.get_latest_revision_as_object(), MaterialIndexPage)
    assert page.show_in_menus
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_with_more_than_materials_stays_as_it_is():
    shelf = PlainPageFactory(slug="tin-tuc", lists_children=True)
    ArticlePageFactory(parent=shelf)

    with pytest.raises(CommandError, match="no materials"):
        call_command("make_library", "tin-tuc")
    with pytest.raises(CommandError, match="No plain page"):
        call_command("make_library", "khong-co")

    assert PlainPage.objects.filter(slug="tin-tuc").exists()


def test_a_text_on_the_shelf_is_not_lost():
    PlainPageFactory(slug="tai-lieu", body=[("text", "<p>Xin chào</p>")])

    with pytest.raises(CommandError, match="has a text"):
        call_command("make_library", "tai-lieu")
