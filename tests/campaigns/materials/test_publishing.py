"""What an editor has to give before a material is published."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from campaigns.materials.models import MaterialPage
from tests.factories import (
    DocumentFactory,
    MaterialPageFactory,
    PictureFactory,
    RecordingFactory,
    UserFactory,
    home,
    translated,
)

pytestmark = pytest.mark.django_db

SAYS = streamfield([("text", rich_text("<p>Hỏi kỹ trước khi đi.</p>"))])
SAYS_NOTHING = streamfield([])


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def form(files=(), body=SAYS, **more):
    lines = [
        {"language": "vi", "document": "", "recording": "", "picture": "", "ORDER": str(number + 1), **file}
        for number, file in enumerate(files)
    ]
    data = {
        "title": "Năm điều nên hỏi",
        "slug": "nam-dieu",
        "introduction": "",
        "audience": "",
        "kind": "leaflet",
        "campaign": "",
        "body": body,
        "files": inline_formset(lines),
        "cover": "",
        "licence": "",
        "credits": "",
        "consent_reference": "",
        "comments": inline_formset([]),
    }
    return nested_form_data(data | more)


def create(client, action="action-publish", **facts):
    url = reverse("wagtailadmin_pages:add", args=["campaigns", "materialpage", home().pk])
    return client.post(
        url, form(**facts) | ({action: "1"} if action else {}), headers={"accept-language": "en"}
    )


def errors(answer):
    return str(answer.context["form"].errors)


def test_a_material_with_text_and_pdf_is_published(staff):
    answer = create(staff, files=[{"document": DocumentFactory().pk}])

    assert answer.status_code == 302, errors(answer)
    assert MaterialPage.objects.live().get().files.get().language == "vi"


@pytest.mark.parametrize(
    "file",
    [
        lambda: {"document": DocumentFactory().pk},
        lambda: {"recording": RecordingFactory().pk},
        lambda: {"picture": PictureFactory(description="").pk},
    ],
    ids=["document", "recording without transcript", "picture without description"],
)
def test_a_file_without_words_is_not_published_but_kept_as_draft(staff, file):
    file = file()

    answer = create(staff, files=[file], body=SAYS_NOTHING)
    assert "write what it says" in errors(answer)
    assert not MaterialPage.objects.exists()

    assert create(staff, action=None, files=[file], body=SAYS_NOTHING).status_code == 302
    assert not MaterialPage.objects.get().live


@pytest.mark.parametrize(
    "file",
    [
        lambda: {"recording": RecordingFactory(transcript="Hỏi kỹ trước khi đi.").pk},
        lambda: {"picture": PictureFactory(description="Năm ô tranh: …").pk},
    ],
    ids=["transcript", "description"],
)
def test_a_file_that_brings_its_words_needs_no_body(staff, file):
    answer = create(staff, files=[file()], body=SAYS_NOTHING)

    assert answer.status_code == 302, errors(answer)


def test_one_line_holds_one_file(staff):
    both = {"document": DocumentFactory().pk, "recording": RecordingFactory().pk}

    answer = create(staff, files=[both])

    assert answer.status_code == 200
    assert "one of the three" in str(answer.context["form"].formsets["files"].errors)
    assert not MaterialPage.objects.exists()


def test_a_file_added_to_a_translation_is_sent_to_the_original(staff):
    english = translated(MaterialPageFactory(title="Năm điều"), "en")
    url = reverse("wagtailadmin_pages:edit", args=[english.pk])

    assert staff.get(url).status_code == 200
    answer = staff.post(
        url,
        form(files=[{"document": DocumentFactory().pk}]) | {"action-publish": "1"},
        headers={"accept-language": "en"},
    )

    assert "Files are kept with “Năm điều”" in errors(answer)


def test_the_edit_page_says_why_a_pdf_has_no_cover(staff):
    from campaigns.materials import covers
    from tests.factories import MaterialFileFactory

    file = MaterialFileFactory(document=DocumentFactory(file__data=b"%PDF-1.7 broken"))
    covers.sweep()

    html = staff.get(reverse("wagtailadmin_pages:edit", args=[file.material_id])).content.decode()

    assert covers.PdfCover.objects.get().problem in html
