import html
import io
import zipfile
import zlib
from struct import pack

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from outreach_site.pages import uploads
from outreach_site.pages.files import Picture, Recording, SiteDocument
from tests import samples
from tests.factories import PictureFactory, UserFactory


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

    def test_a_still_of_people_who_did_not_agree_is_refused(self, staff):
        def post(still):
            film = SimpleUploadedFile("phim.mp4", samples.mp4())
            data = {"title": "Thử", "file": film, "collection": 1, "duration": 0, "still": still.pk}
            return staff.post(reverse("wagtailmedia:add", args=["video"]), data)

        answer = post(PictureFactory(shows_people=True))
        assert answer.context["form"].errors["still"]
        assert not Recording.objects.exists()

        calm = PictureFactory()
        post(calm)
        assert Recording.objects.get().still == calm

    def test_sound_has_no_still(self, staff):
        assert "still" in staff.get(reverse("wagtailmedia:add", args=["video"])).context["form"].fields
        assert "still" not in staff.get(reverse("wagtailmedia:add", args=["audio"])).context["form"].fields


SCRIPTED = b"""<?xml version="1.0"?>
<!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"""


@pytest.mark.django_db
class TestDrawingsThatHoldPrograms:
    """SVG runs scripts under the address it lies at. Each door of the admin refuses it and says why."""

    WORDS = "không nhận hình vẽ dạng SVG"

    @pytest.fixture
    def editor(self, client):
        client.force_login(UserFactory(is_superuser=True))
        return client

    @pytest.fixture(
        params=[("ve.svg", "image/svg+xml"), ("ve.png", "image/png"), ("ve.jpg", "image/svg+xml")],
        ids=["as SVG", "as PNG", "sent as SVG"],
    )
    def drawing(self, request):
        name, kind = request.param
        return SimpleUploadedFile(name, SCRIPTED, kind)

    def post(self, editor, url, data):
        answer = editor.post(url, data, headers={"accept-language": "vi"})
        return html.unescape(answer.content.decode())

    def test_one_picture(self, editor, drawing):
        url = reverse("wagtailimages:add")
        said = self.post(editor, url, {"title": "Vẽ", "file": drawing, "collection": 1, "description": "x"})

        assert self.WORDS in said
        assert not Picture.objects.exists()

    def test_many_at_once(self, editor, drawing):
        url = reverse("wagtailimages:add_multiple")
        answer = editor.post(
            url,
            {"title": "Vẽ", "files[]": drawing, "collection": 1},
            headers={"accept-language": "vi", "x-requested-with": "XMLHttpRequest"},
        )

        assert answer.json()["success"] is False
        assert self.WORDS in answer.json()["error_message"]
        assert not Picture.objects.exists()
        assert not UploadedFile.objects.exists()

    def test_while_a_picture_is_chosen(self, editor, drawing):
        prefix = "image-chooser-upload"
        data = {"title": "Vẽ", "file": drawing, "collection": 1, "description": "x"}
        answer = editor.post(
            reverse("wagtailimages_chooser:create"),
            {f"{prefix}-{name}": value for name, value in data.items()},
            headers={"accept-language": "vi"},
        )

        assert self.WORDS in html.unescape(str(answer.json()))
        assert not Picture.objects.exists()

    def test_in_the_place_of_a_picture(self, editor, drawing):
        picture = PictureFactory()
        before = picture.file.name
        url = reverse("wagtailimages:edit", args=[picture.pk])
        said = self.post(editor, url, {"title": "Vẽ", "file": drawing, "collection": 1, "description": "x"})

        picture.refresh_from_db()
        assert self.WORDS in said
        assert picture.file.name == before

    def test_as_a_document(self, editor, drawing):
        for name in ("ve.svg", "ve.pdf"):
            file = SimpleUploadedFile(name, SCRIPTED, "application/pdf")
            answer = editor.post(reverse("wagtaildocs:add"), {"title": "Vẽ", "file": file, "collection": 1})
            assert answer.context["form"].errors
        assert not SiteDocument.objects.exists()
