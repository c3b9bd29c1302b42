import io
import zipfile
import zlib
from struct import pack

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from outreach_site.pages import uploads
from outreach_site.pages.files import Picture, SiteDocument
from tests.factories import UserFactory


def zipped(size=10):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("content.xml", b"0" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("to-roi.pdf", b"%PDF-1.7 ..."),
        ("bang.xlsx", zipped()),
        ("loi.mp3", b"ID3\x03"),
        ("phim.mp4", b"\x00\x00\x00\x18ftypmp42"),
        ("ghi-chu.txt", "Đồng Văn".encode()),
    ],
)
def test_a_file_that_is_what_it_says_passes_and_no_other_name_does(name, content):
    uploads.check(io.BytesIO(content), name)

    with pytest.raises(ValidationError):
        uploads.check(io.BytesIO(content), "anh.svg")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("to-roi.pdf", zipped()),
        ("to-roi.pdf", b""),
        ("bang.xlsx", b"%PDF-1.7"),
        ("bang.xlsx", b"PK\x03\x04 and nothing that opens"),
        ("loi.mp3", b"<html>"),
        ("phim.mp4", b"GIF89a"),
        ("ghi-chu.txt", b"\xff\xfe\x00broken"),
        ("chay.exe", b"MZ"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(ValidationError):
        uploads.check(io.BytesIO(content), name)


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UNPACKED", 1000)

    with pytest.raises(ValidationError, match="far too much"):
        uploads.check(io.BytesIO(zipped(size=5000)), "bang.xlsx")


def huge_png(width, height):
    """A PNG whose header promises more pixels than a phone could ever show: a bomb of a few bytes."""

    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.django_db
class TestInTheAdmin:
    @pytest.fixture
    def staff(self, client):
        client.force_login(UserFactory(is_superuser=True))
        return client

    def upload(self, client, url, file, **more):
        return client.post(
            reverse(url),
            {"title": "Thử", "file": file, "collection": 1, "description": "x", **more},
            headers={"accept-language": "en"},
        )

    @pytest.mark.parametrize(
        "content",
        [b"not a picture", huge_png(30_000, 30_000), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
        ids=["text", "bomb", "svg"],
    )
    def test_a_picture_that_is_none_is_refused_and_not_stored(self, staff, content):
        answer = self.upload(staff, "wagtailimages:add", SimpleUploadedFile("anh.png", content))

        assert answer.status_code == 200
        assert answer.context["form"].errors["file"]
        assert not Picture.objects.exists()

    def test_a_picture_is_kept(self, staff):
        buffer = io.BytesIO()
        Image.new("RGB", (40, 30), "green").save(buffer, "PNG")

        self.upload(staff, "wagtailimages:add", SimpleUploadedFile("anh.png", buffer.getvalue()))

        assert Picture.objects.get().width == 40

    def test_a_document_that_is_none_is_refused_and_not_stored(self, staff):
        answer = self.upload(staff, "wagtaildocs:add", SimpleUploadedFile("to-roi.pdf", zipped()))

        assert "not really a .pdf" in str(answer.context["form"].errors)
        assert not SiteDocument.objects.exists()

    def test_a_document_is_kept(self, staff):
        self.upload(staff, "wagtaildocs:add", SimpleUploadedFile("to-roi.pdf", b"%PDF-1.7 x"))

        assert SiteDocument.objects.get().title == "Thử"
