"""Uploads in a bucket, against a server that speaks S3: what is stored, who can read it, what goes away.

The server is moto's. It tells signed requests from unsigned ones; it does not recompute a signature.
"""

import environ
import pytest
import requests
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer

from outreach_site import bucket
from outreach_site.consent import removal
from outreach_site.consent.models import ConsentRecord
from outreach_site.pages import pictures
from outreach_site.pages.files import Picture, SiteDocument
from tests import samples
from tests.factories import ArticlePageFactory, ConsentRecordFactory, PictureFactory, UserFactory
from tests.outreach_site.pages.test_pictures import photo

pytestmark = pytest.mark.django_db
NAME = "loa-uploads"


@pytest.fixture(scope="module")
def server():
    """The address of the server; its buckets are gone after the module."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def uploads(server, settings, monkeypatch, tmp_path):
    """Uploads go to a new private bucket, as the environment says; gives the storage's own bucket."""
    given = {
        "S3_BUCKET": NAME,
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        "S3_ENDPOINT_URL": server,
        "S3_REGION": "us-east-1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    problems = []
    options = bucket.options(environ.Env(), problems)
    assert problems == []
    settings.VAR_DIR = tmp_path
    settings.WAGTAILDOCS_SERVE_METHOD = "serve_view"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "outreach_site.bucket.Bucket", "OPTIONS": options},
    }
    found = default_storage.bucket
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()


def stored(uploads):
    return {one.key for one in uploads.objects.all()}


def read(server, name, **more):
    return requests.get(f"{server}/{NAME}/{name}", timeout=10, **more)


def test_a_picture_goes_into_the_bucket_with_its_sizes_and_is_shown_from_our_own_address(
    uploads, server, admin_client, reader
):
    admin_client.post(
        reverse("wagtailimages:add"),
        {"title": "Chợ phiên", "file": photo(), "collection": 1, "description": "Chợ"},
    )
    picture = Picture.objects.get()
    pictures.make_renditions(picture.pk)
    files = {picture.file.name, *(one.file.name for one in picture.renditions.all())}

    assert stored(uploads) == files
    assert len(files) > 5
    page = reader.get(ArticlePageFactory(lead=picture).url).content.decode()
    assert f"/media/{picture.renditions.get(filter_spec=pictures.fallback_spec('wide')).file.name}" in page
    assert server not in page


def test_nobody_reads_the_bucket_without_a_signature(uploads, server):
    picture = PictureFactory(file=photo())
    pictures.make_renditions(picture.pk)
    name = picture.file.name
    signed = uploads.meta.client.generate_presigned_url(
        "get_object", Params={"Bucket": NAME, "Key": name}, ExpiresIn=60
    )

    assert {read(server, one).status_code for one in stored(uploads)} == {403}
    answer = requests.get(signed, timeout=10)
    assert (answer.status_code, answer.content) == (200, picture.file.open().read())


def test_a_document_is_given_out_by_its_view_alone(uploads, server, admin_client, reader):
    content = samples.pdf()
    admin_client.post(
        reverse("wagtaildocs:add"),
        {"title": "Tờ rơi", "file": SimpleUploadedFile("to-roi.pdf", content), "collection": 1},
    )
    document = SiteDocument.objects.get()

    answer = reader.get(document.url)
    assert b"".join(answer.streaming_content) == content
    assert read(server, document.file.name).status_code == 403


def test_a_file_of_the_same_name_replaces_no_other(uploads):
    names = [default_storage.save("media/loi.mp3", ContentFile(text)) for text in (b"one", b"two")]

    assert len(set(names)) == 2
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]


def test_after_a_withdrawal_nothing_is_left_in_the_bucket(uploads):
    record = ConsentRecordFactory()
    shown = PictureFactory(file=photo(), shows_people=True, consent=record)
    other = PictureFactory(file=photo(500, 300))
    for picture in (shown, other):
        pictures.make_renditions(picture.pk)
    before = stored(uploads)

    done = removal.withdraw(record, UserFactory())
    removal.carry_out(done.pk)

    done.refresh_from_db()
    gone = {file["path"] for file in done.report["pictures"][0]["files"] if file["gone"]}
    kept = {other.file.name, *(one.file.name for one in other.renditions.all())}
    assert stored(uploads) == kept
    assert gone == before - kept
    assert len(gone) > 5


def test_a_consent_that_ended_takes_the_file_out_of_the_bucket_until_it_is_renewed(uploads):
    record = ConsentRecordFactory(valid_from="2026-01-01", valid_until="2026-01-31")
    picture = PictureFactory(file=photo(), shows_people=True, consent=record)
    content = picture.file.open().read()

    removal.sweep()
    assert stored(uploads) == set()

    ConsentRecord.objects.filter(pk=record.pk).update(valid_until=None)
    removal.sweep()
    picture.refresh_from_db()
    assert stored(uploads) == {picture.file.name}
    assert picture.file.open().read() == content
