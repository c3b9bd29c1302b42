import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from wagtail.blocks import StructBlockValidationError

from outreach_site.blocks import PictureBlock
from outreach_site.pages import originals, pictures
from outreach_site.pages.files import Picture
from tests.factories import ConsentRecordFactory, PictureFactory

pytestmark = pytest.mark.django_db


def photo(width=400, height=300, kind="JPEG", noise=False, **options):
    """A picture file; with `noise` it does not compress."""
    if noise:
        picture = Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))
    else:
        picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return SimpleUploadedFile(f"anh.{kind.lower()}", content.getvalue())


def test_a_readers_request_never_encodes_a_picture():
    picture = PictureFactory()

    assert pictures.markup(picture, alt="", preset="wide") == ""
    assert not picture.renditions.exists()


def test_after_upload_the_sizes_are_made_once():
    picture = PictureFactory(file=photo(noise=True))

    pictures.make_renditions(picture.pk)
    made = set(picture.renditions.values_list("pk", flat=True))
    pictures.make_renditions(picture.pk)

    assert made == set(picture.renditions.values_list("pk", flat=True))
    kinds = [
        spec.split("format-")[1].split("|")[0]
        for spec in picture.renditions.values_list("filter_spec", flat=True)
    ]
    # Wide 2, card and cover 1; a JPEG a preset, and what is shared is one alone.
    assert (kinds.count("webp"), kinds.count("jpeg")) == (4, 4)
    html = pictures.markup(picture, alt="Đường đến chợ", preset="wide")
    assert 'type="image/webp"' in html
    assert 'alt="Đường đến chợ"' in html
    assert 'loading="lazy"' in html


def test_avif_is_kept_only_where_it_is_smaller():
    picture = PictureFactory(file=photo(noise=True))

    pictures.make_renditions(picture.pk)

    sizes = {one.filter_spec: one.file.size for one in picture.renditions.all()}
    pairs = [
        pair
        for preset in pictures.PRESETS
        for pair in zip(*pictures.specs(preset).values(), strict=True)
        if pair[0] in sizes
    ]
    assert pairs
    assert all(sizes[avif] < sizes[webp] for avif, webp in pairs)


def test_avif_that_is_heavier_is_thrown_away(monkeypatch):
    monkeypatch.setitem(pictures.QUALITY, "avif", "avifquality-100")
    picture = PictureFactory(file=photo(120, 90, noise=True))

    pictures.make_renditions(picture.pk)

    assert not picture.renditions.filter(filter_spec__contains="avif").exists()
    assert 'type="image/avif"' not in pictures.markup(picture, alt="", preset="wide")


def test_old_browsers_get_a_jpeg():
    picture = PictureFactory(file=photo())

    pictures.make_renditions(picture.pk)

    assert '.jpg" width="360"' in pictures.markup(picture, alt="", preset="wide")


def test_no_size_is_heavier_than_a_picture_may_be():
    """Pure noise: nothing compresses worse. Links that are shared have it in 1,200 pixels."""
    picture = PictureFactory(file=photo(1300, 1000, noise=True))

    pictures.make_renditions(picture.pk)

    made = list(picture.renditions.all())
    assert {one.filter_spec.split("|")[0] for one in made} >= {"width-720", "fill-1200x630"}
    assert max(one.file.size for one in made) <= pictures.MOST_BYTES
    for one in made:
        assert one.file.storage.exists(one.file.name)
        assert Image.open(one.file).size == (one.width, one.height)


def test_a_picture_that_is_light_enough_stays_as_large_and_as_fine_as_it_is():
    picture = Image.new("RGB", (1200, 630), "white")
    ImageDraw.Draw(picture).text((40, 260), "Gọi 111", fill="black", font_size=90)

    content = pictures.light(picture, "jpeg", 70)

    assert Image.open(io.BytesIO(content)).size == (1200, 630)
    assert len(content) > len(pictures.light(picture, "jpeg", 40))


@pytest.mark.parametrize("kind", ["avif", "webp", "jpeg"])
def test_what_is_too_heavy_is_made_coarser_before_it_is_made_smaller(kind):
    width = 400
    grain = Image.effect_noise((width, width), 50).convert("RGB")
    fine, coarse = (
        len(pictures._encode(grain, kind, quality)) for quality in (90, pictures.COARSER[kind][-1])
    )
    assert fine > pictures.MOST_BYTES > coarse

    assert Image.open(io.BytesIO(pictures.light(grain, kind, 90))).size == (width, width)


def test_people_get_the_part_of_the_picture_that_matters_in_its_own_colours():
    half = Image.new("RGB", (800, 400), "white")
    half.paste("red", (0, 0, 200, 400))
    content = io.BytesIO()
    half.save(content, "PNG")
    picture = PictureFactory(
        file=SimpleUploadedFile("anh.png", content.getvalue()),
        focal_point_x=100,
        focal_point_y=200,
        focal_point_width=100,
        focal_point_height=100,
    )

    pictures.make_renditions(picture.pk)

    cover = picture.renditions.get(filter_spec=pictures.fallback_spec("cover"))
    red, green, _blue = Image.open(cover.file).convert("RGB").getpixel((20, 100))
    assert (red > 230, green < 40) == (True, True)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_is_drawn(mode):
    content = io.BytesIO()
    Image.new(mode, (400, 300)).save(content, "JPEG" if mode == "CMYK" else "PNG")
    picture = PictureFactory(file=SimpleUploadedFile("anh.jpg", content.getvalue()))

    pictures.make_renditions(picture.pk)

    assert pictures.markup(picture, alt="", preset="wide")
    if mode == "RGBA":
        jpeg = picture.renditions.get(filter_spec=pictures.fallback_spec("wide"))
        assert Image.open(jpeg.file).getpixel((10, 10)) == (255, 255, 255)


def test_the_sweep_makes_what_a_lost_nudge_left_and_nothing_twice():
    waiting, done = PictureFactory(file=photo()), PictureFactory(file=photo())
    pictures.make_renditions(done.pk)

    assert [pictures.sweep(), pictures.sweep()] == [1, 0]
    assert waiting.renditions.exists()


def test_the_sweep_gives_up_on_a_picture_that_cannot_be_read():
    picture = PictureFactory(file=photo())
    picture.file.storage.delete(picture.file.name)

    tries = [pictures.sweep() for _ in range(pictures.MOST_TRIES + 1)]

    assert tries == [1] * pictures.MOST_TRIES + [0]


def test_a_picture_that_is_gone_is_no_error():
    other = PictureFactory()

    pictures.make_renditions(999)

    assert not other.renditions.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_over_heavy_picture_is_made_smaller_not_refused(kind):
    picture = PictureFactory(file=photo(3600, 2400, kind))

    assert (picture.width, picture.height) == (2400, 1600)
    assert Image.open(picture.file).size == (2400, 1600)
    assert picture.file_size == picture.file.size


def test_what_the_camera_wrote_is_taken_out_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Maker of the phone"
    exif.get_ifd(0x8825)[2] = (23.0, 4.0, 30.0)  # where it was taken
    picture = PictureFactory(file=photo(400, 300, exif=exif))

    kept = Image.open(Picture.objects.get(pk=picture.pk).file)

    assert dict(kept.getexif()) == {}
    assert b"Maker" not in picture.file.open().read()
    assert kept.size == (300, 400) == (picture.width, picture.height)


def test_a_small_picture_without_a_past_stays_as_it_is():
    file = photo()

    assert originals.tidy(file) is None
    assert originals.tidy(SimpleUploadedFile("anh.jpg", b"not a picture")) is None


def test_people_in_a_picture_need_a_consent_record():
    picture = PictureFactory(shows_people=True)
    block = PictureBlock()
    value = block.to_python({"picture": picture.pk, "alt": "Hai người", "caption": ""})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "consent record" in str(refused.value.block_errors["picture"])

    picture.consent = ConsentRecordFactory()
    picture.save()
    block.clean(block.to_python({"picture": picture.pk, "alt": "Hai người", "caption": ""}))
