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
from outreach_site.pages.files import Picture, Recording, SiteDocument
from tests import samples
from tests.factories import UserFactory


def zipped(size=10):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("content.xml", b"0" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("to-roi.pdf", samples.pdf()),
        ("bang.xlsx", zipped()),
        ("loi.mp3", samples.mp3()),
        ("phim.mp4", samples.mp4()),
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
        ("to-roi.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
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


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (samples.locked_pdf(), "locked with a password"),
        (b"%PDF-1.7\n" + b"x" * 500, "is damaged"),
        (samples.pdf()[:200], "is damaged"),
    ],
    ids=["locked", "noise", "cut off"],
)
def test_a_pdf_that_does_not_open_is_refused_with_the_reason(content, reason):
    with pytest.raises(ValidationError, match=reason):
        uploads.check(io.BytesIO(content), "to-roi.pdf")


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
        self.upload(staff, "wagtaildocs:add", SimpleUploadedFile("to-roi.pdf", samples.pdf()))

        assert SiteDocument.objects.get().title == "Thử"

    def test_a_recording_that_would_not_play_is_refused_and_not_stored(self, staff):
        broken = SimpleUploadedFile("loi.mp3", b"ID3\x04" + b"x" * 500)

        answer = staff.post(
            reverse("wagtailmedia:add", args=["audio"]),
            {"title": "Thử", "file": broken, "collection": 1, "duration": 0},
            headers={"accept-language": "en"},
        )

        assert "would not play" in str(answer.context["form"].errors)
        assert not Recording.objects.exists()

    def test_wrong_captions_are_refused_and_right_ones_kept_with_the_size(self, staff):
        def post(captions):
            film = SimpleUploadedFile("phim.mp4", samples.mp4())
            data = {"title": "Thử", "file": film, "collection": 1, "duration": 0, "captions": captions}
            return staff.post(reverse("wagtailmedia:add", args=["video"]), data)

        answer = post(SimpleUploadedFile("phim.vtt", b"WEBVTT\n\nnothing"))
        assert answer.context["form"].errors
        assert not Recording.objects.exists()

        post(SimpleUploadedFile("phim.vtt", samples.VTT.encode()))
        recording = Recording.objects.get()
        assert (recording.file_size, recording.captions.read().decode()) == (len(samples.mp4()), samples.VTT)

    def test_a_still_that_is_no_picture_is_refused(self, staff):
        data = {
            "title": "Thử",
            "file": SimpleUploadedFile("phim.mp4", samples.mp4()),
            "thumbnail": SimpleUploadedFile("anh.png", b"<svg onload='alert(1)'/>"),
            "collection": 1,
            "duration": 0,
        }

        answer = staff.post(reverse("wagtailmedia:add", args=["video"]), data)

        assert answer.context["form"].errors
        assert not Recording.objects.exists()
