"""People who did not agree, or no more, are nowhere: not in a page, not in a file, not in what leaves the site."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from campaigns.materials import covers
from campaigns.printing import jobs, sheets
from campaigns.printing.models import PrintJob, TrackedLink
from outreach_site.consent import removal
from outreach_site.consent.models import ConsentRecord
from outreach_site.pages import pictures
from outreach_site.pages.files import Picture, Recording
from tests.factories import (
    ArticlePageFactory,
    CampaignPageFactory,
    ConsentRecordFactory,
    HotlineFactory,
    MaterialFileFactory,
    MaterialIndexPageFactory,
    MaterialPageFactory,
    PictureFactory,
    RecordingFactory,
    UserFactory,
    home,
)

pytestmark = pytest.mark.django_db
# Short, so that no name of a size is cut before it ends.
STEM = "zq7"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.WAGTAILADMIN_BASE_URL = "https://loa.example"
    # Real files: what is deleted by a task goes through a storage made anew, and memory would be another one.
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": files}


def stored(folder=""):
    """Return the names of all files that readers could get at."""
    if folder and not default_storage.exists(folder):
        return set()
    folders, files = default_storage.listdir(folder)
    inside = {f"{folder}/{name}".lstrip("/") for name in files}
    return inside.union(*(stored(f"{folder}/{name}".lstrip("/")) for name in folders))


def used_everywhere(picture):
    """Use `picture` wherever a picture can be; return the addresses that show it, and the material."""
    library = MaterialIndexPageFactory()
    leaflet = MaterialPageFactory(parent=library, cover=picture)
    MaterialFileFactory(material=leaflet, picture=picture)
    film = RecordingFactory(type="video", still=picture)
    drama = MaterialPageFactory(parent=library)
    MaterialFileFactory(material=drama, recording=film)
    pages = [
        ArticlePageFactory(lead=picture),
        ArticlePageFactory(body=[("picture", {"picture": picture, "alt": "", "caption": ""})]),
        ArticlePageFactory(body=[("material", {"page": leaflet})]),
        ArticlePageFactory(body=[("recording", {"recording": film})]),
        drama,
        CampaignPageFactory(lead=picture),
        leaflet,
        library,
    ]
    front = home()
    front.lead = picture
    front.save()
    return [page.url for page in (*pages, front)], leaflet


def poster_of(leaflet, monkeypatch, meanwhile=lambda: None):
    """Have a poster made; `meanwhile` happens while it is drawn."""
    HotlineFactory()
    monkeypatch.setattr(sheets, "pdf", lambda *_args: meanwhile() or (b"%PDF-", 1))
    job = jobs.ask(PrintJob.Kind.POSTER_A4, TrackedLink.objects.create(material=leaflet, place="Chợ"), "vi")
    jobs.make(job.pk)


def showing(reader, addresses):
    """Return which of `addresses` name a file of the picture."""
    return [url for url in addresses if STEM in reader.get(url).content.decode()]


def test_after_a_withdrawal_no_file_and_no_address_is_left(
    reader, admin_client, monkeypatch, django_capture_on_commit_callbacks
):
    nothing = stored()
    record = ConsentRecordFactory(for_print=True)
    picture = PictureFactory(file__filename=f"{STEM}.jpg", shows_people=True, consent=record)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.make_renditions(picture.pk)
    addresses, leaflet = used_everywhere(picture)
    nothing.add(Recording.objects.get().file.name)  # the film stays, its still does not
    poster_of(leaflet, monkeypatch)
    staff = [
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailadmin_pages:edit", args=[leaflet.pk]),
    ]
    for url in staff:
        admin_client.get(url)
    # The staff's thumbnails, and the print, are among what has to go.
    assert {one.filter_spec for one in picture.renditions.all()} >= {"max-165x165", "max-800x600"}
    files = stored() - nothing
    assert any("poster" in name for name in files)
    assert showing(reader, addresses) == addresses
    assert "og:image" in reader.get(addresses[0]).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        done = removal.withdraw(record, UserFactory())
        removal.carry_out(done.pk)

    assert stored() == nothing
    done.refresh_from_db()
    assert {one["path"] for one in done.report["pictures"][0]["files"] if one["gone"]} == files
    assert showing(reader, addresses) == []
    assert "og:image" not in reader.get(addresses[0]).content.decode()
    # Looking at it again brings nothing back.
    for url in staff:
        admin_client.get(url)
    pictures.sweep()
    jobs.sweep()
    assert stored() == nothing


@pytest.mark.parametrize("record", [None, {"for_web": False}], ids=["no record", "another use"])
def test_who_did_not_agree_is_nowhere(reader, record):
    picture = PictureFactory(file__filename=f"{STEM}.jpg")
    pictures.make_renditions(picture.pk)
    addresses, leaflet = used_everywhere(picture)
    assert showing(reader, addresses) == addresses
    # Somebody notes afterwards that it shows people; the files are there, and the pages live.
    record = record and ConsentRecordFactory(**record)
    Picture.objects.filter(pk=picture.pk).update(shows_people=True, consent=record)
    ConsentRecordFactory()  # what was kept of records and pages is forgotten

    assert showing(reader, addresses) == []
    assert reader.get(f"/vi/file/{leaflet.files.get().pk}/").status_code == 404


def test_feeds_and_the_sitemap_hold_no_picture_at_all(reader):
    picture = PictureFactory(file__filename=f"{STEM}.jpg")
    pictures.make_renditions(picture.pk)
    used_everywhere(picture)

    assert showing(reader, ["/vi/feed.rss", "/vi/feed.atom", "/sitemap.xml", "/vi/search/?q=to+roi"]) == []


def test_a_pdf_is_kept_back_with_the_people_on_its_first_page(reader):
    file = MaterialFileFactory()
    covers.draw(file.document.pdf_cover.pk)
    record = ConsentRecordFactory()
    Picture.objects.update(shows_people=True, consent=record)
    file.document.refresh_from_db()
    addresses = [f"/vi/file/{file.pk}/", file.document.url]
    assert [reader.get(url).status_code for url in addresses] == [302, 200]

    removal.withdraw(record, UserFactory())

    assert [reader.get(url).status_code for url in addresses] == [404, 404]
    assert f"/file/{file.pk}/" not in reader.get(file.material.url).content.decode()


def test_sizes_in_the_making_when_consent_is_withdrawn_do_not_stay(monkeypatch):
    record = ConsentRecordFactory()
    picture = PictureFactory(shows_people=True, consent=record)
    keep_lightest = pictures._keep_lightest

    def slowly(*args):
        keep_lightest(*args)
        ConsentRecord.objects.filter(pk=record.pk).update(withdrawn_at=timezone.now())

    monkeypatch.setattr(pictures, "_keep_lightest", slowly)
    pictures.make_renditions(picture.pk)

    assert not picture.renditions.exists()


def test_a_poster_in_the_making_when_consent_is_withdrawn_does_not_stay(
    monkeypatch, django_capture_on_commit_callbacks
):
    nothing = stored()
    record = ConsentRecordFactory(for_print=True)
    picture = PictureFactory(shows_people=True, consent=record)

    with django_capture_on_commit_callbacks(execute=True):
        poster_of(
            MaterialPageFactory(cover=picture),
            monkeypatch,
            lambda: removal.carry_out(removal.withdraw(record, UserFactory()).pk),
        )

    assert stored() == nothing
    assert not PrintJob.objects.exists()


def test_the_same_file_uploaded_twice_goes_as_well(django_capture_on_commit_callbacks):
    nothing = stored()
    record = ConsentRecordFactory()
    twins = [PictureFactory(shows_people=True, consent=record), PictureFactory(title="Ảnh cũ")]
    assert len({twin.file_hash or twin.get_file_hash() for twin in twins}) == 1

    with django_capture_on_commit_callbacks(execute=True):
        removal.carry_out(removal.withdraw(record, UserFactory()).pk)

    assert stored() == nothing
