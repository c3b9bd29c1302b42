import pytest
from wagtail.blocks import StructBlockValidationError

from outreach_site.blocks import PictureBlock
from outreach_site.pages import pictures
from tests.factories import PictureFactory

pytestmark = pytest.mark.django_db


def test_a_readers_request_never_encodes_a_picture():
    picture = PictureFactory()

    assert pictures.markup(picture, alt="", preset="wide") == ""
    assert not picture.renditions.exists()


def test_after_upload_the_sizes_are_made_once():
    picture = PictureFactory()

    pictures.make_renditions(picture.pk)
    made = picture.renditions.count()
    pictures.make_renditions(picture.pk)

    assert made == picture.renditions.count() == 8  # wide 2, card 1, cover 1, in AVIF and WebP
    html = pictures.markup(picture, alt="Đường đến chợ", preset="wide")
    assert 'type="image/avif"' in html
    assert 'alt="Đường đến chợ"' in html
    assert 'loading="lazy"' in html


def test_a_picture_that_is_gone_is_no_error():
    other = PictureFactory()

    pictures.make_renditions(999)

    assert not other.renditions.exists()


def test_people_in_a_picture_need_a_consent_record():
    picture = PictureFactory(shows_people=True)
    block = PictureBlock()
    value = block.to_python({"picture": picture.pk, "alt": "Hai người", "caption": ""})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "consent record" in str(refused.value.block_errors["picture"])

    picture.consent_reference = "HG-2026-014"
    picture.save()
    block.clean(block.to_python({"picture": picture.pk, "alt": "Hai người", "caption": ""}))
