"""What an editor has to give before a material is published."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from campaigns.materials.models import MaterialPage
from outreach_site.translation.gates import NotYetPublishable
from tests.factories import (
    ArticlePageFactory,
    DocumentFactory,
    MaterialFileFactory,
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


def mute_draft():
    """A material of a PDF alone, that nobody could read without it: a draft with its revision."""
    page = MaterialPageFactory(body=[], live=False)
    page.files.add(MaterialFileFactory.build(material=page, document=DocumentFactory(), language="vi"))
    return page, page.save_revision()


def test_no_door_publishes_a_file_without_words(staff):
    page, revision = mute_draft()
    with pytest.raises(NotYetPublishable, match="write what it says"):
        revision.publish()

    answer = staff.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}",
        headers={"accept-language": "en"},
        follow=True,
    )
    assert "write what it says" in answer.content.decode()
    assert not MaterialPage.objects.live().exists()


def test_a_file_without_words_does_not_hold_up_what_is_due_after_it():
    hour_ago = timezone.now() - timedelta(hours=1)
    mute, _revision = mute_draft()
    ready = ArticlePageFactory(live=False)
    for page in (mute, ready):
        page.go_live_at = hour_ago
        page.save_revision(approved_go_live_at=hour_ago)

    call_command("publish_scheduled")

    assert list(Page.objects.filter(pk__in=[mute.pk, ready.pk]).live()) == [ready.page_ptr]


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
