import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
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
    assert (kinds.count("webp"), kinds.count("jpeg")) == (
        5,
        4,
    )  # wide 2, card, share and cover 1; a JPEG a preset
    html = pictures.markup(picture, alt="Đường đến chợ", preset="wide")
    assert 'type="image/webp"' in html
    assert 'alt="Đường đến chợ"' in html
    assert 'loading="lazy"' in html


def test_avif_is_kept_only_where_it_is_smaller():
    picture = PictureFactory(file=photo(noise=True))

    pictures.make_renditions(picture.pk)

    sizes = {one.filter_spec: one.file.size for one in picture.renditions.all()}
    for preset in pictures.PRESETS:
        for avif, webp in zip(*pictures.specs(preset).values(), strict=True):
            assert avif not in sizes or sizes[avif] < sizes[webp]


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
    picture = PictureFactory(file=photo(800, 800, noise=True))

    pictures.make_renditions(picture.pk)

    # What other sites show of a link is no part of our pages.
    shown = picture.renditions.exclude(filter_spec__contains="1200x630")
    webp = [one.file.size for one in shown.filter(filter_spec__contains="webp")]
    coarsest = [size for size in webp if size > pictures.MOST_BYTES]
    assert len(webp) == 4
    assert len(coarsest) <= 1  # nothing but noise at 720 × 720 weighs more whatever is done
    assert all(one.file.storage.exists(one.file.name) for one in picture.renditions.all())


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
