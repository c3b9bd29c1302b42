"""What is printed is read again: codes by a decoder, words by a PDF reader."""

import io
import shutil
import subprocess

import pypdfium2
import pytest
from PIL import Image

from campaigns.printing import addresses, qr, sheets
from tests.campaigns.printing.conftest import SITE, TrackedLinkFactory
from tests.factories import HotlineFactory, MaterialPageFactory, PictureFactory, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_address")]
DOTS = 200
INTRODUCTION = "Hỏi kỹ trước khi đi."


def read_codes(picture, folder):
    """Return the texts of the QR codes in `picture`, as zbar reads them."""
    if not shutil.which("zbarimg"):
        pytest.skip("no zbarimg here: sh scripts/install_zbar.sh")
    path = folder / "code.png"
    picture.save(path)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", path], capture_output=True, text=True, timeout=60)
    return read.stdout.split()


def seen(pdf):
    """Return (text, picture) of each sheet of `pdf`, at `DOTS` an inch."""
    return [
        (sheet.get_textpage().get_text_range(), sheet.render(scale=DOTS / 72).to_pil())
        for sheet in pypdfium2.PdfDocument(pdf)
    ]


def sticker_box(column, row):
    """Return the box of one label on its sheet, in pixels, for `Image.crop`."""
    left, top = 7.2 + column * 66, 15.1 + row * 38.1
    return [round(edge / 25.4 * DOTS) for edge in (left, top, left + 63.5, top + 38.1)]


def millimetres(pdf):
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


@pytest.fixture
def link():
    HotlineFactory(number="1900 96 96 80")
    page = MaterialPageFactory(
        title="Đi xa, hỏi trước", introduction=INTRODUCTION, cover=PictureFactory(file__color="green")
    )
    return TrackedLinkFactory(material=page)


def test_a_decoder_reads_our_code_and_it_leads_to_the_page(reader, link, tmp_path):
    picture = Image.open(io.BytesIO(qr.png(addresses.of(link))))

    assert read_codes(picture, tmp_path) == [f"{SITE}/m/{link.code}/"]
    assert reader.get(addresses.of(link).removeprefix(SITE))["Location"] == link.material.url


def test_a_dirty_code_is_still_read(link, tmp_path):
    picture = Image.open(io.BytesIO(qr.png(addresses.of(link)))).convert("L")
    side = picture.width // 5
    picture.paste(
        0, (picture.width // 2, picture.height // 2, picture.width // 2 + side, picture.height // 2 + side)
    )

    assert read_codes(picture, tmp_path) == [addresses.of(link)]


def test_four_modules_around_the_code_are_white(link):
    picture = Image.open(io.BytesIO(qr.png(addresses.of(link), module=1))).convert("L")
    dark = picture.point(lambda shade: 255 - shade).getbbox()

    assert dark == (4, 4, picture.width - 4, picture.height - 4)


def test_the_svg_scales_and_has_the_same_code(link):
    drawn = qr.svg(addresses.of(link)).decode()

    assert 'viewBox="0 0 ' in drawn
    assert "width=" not in drawn


@pytest.mark.parametrize(("size", "sheet"), [("a4", (210, 297)), ("a3", (297, 420))])
@pytest.mark.pango
def test_a_poster_has_the_words_the_number_and_the_code(link, tmp_path, size, sheet):
    pdf = sheets.poster_pdf(link, link.material, size)
    [(text, picture)] = seen(pdf)

    assert millimetres(pdf) == sheet
    for words in (link.material.title, INTRODUCTION, "1900 96 96 80", addresses.shown(link)):
        assert words in " ".join(text.split())
    assert read_codes(picture, tmp_path) == [addresses.of(link)]
    # A cover of even green comes out of the JPEG a shade off.
    colors = {color for _count, color in picture.convert("RGB").getcolors(2**24)}
    assert any(red < 4 and 120 < green < 136 and blue < 4 for red, green, blue in colors)


@pytest.mark.pango
def test_a_long_text_stays_on_one_sheet(link):
    link.material.title, link.material.introduction = "Đi làm ăn xa hỏi trước " * 8, "Hỏi trước khi đi. " * 22

    assert len(seen(sheets.poster_pdf(link, link.material, "a4"))) == 1


@pytest.mark.pango
def test_a_poster_in_a_language_without_our_words_keeps_their_language(link):
    page = translated(link.material, "km", title="ខ្មែរ")
    html = sheets.poster(link, page, "a4")

    assert '<html lang="km"' in html
    assert '<div class="foot" lang="vi">' in html
    assert 'Gọi · <span lang="en">Call</span>' in html
    assert len(seen(sheets.poster_pdf(link, page, "a4"))) == 1


def test_no_poster_without_a_number(link):
    HotlineFactory._meta.model.objects.all().delete()

    with pytest.raises(sheets.CannotPrint, match="No main number is in use"):
        sheets.poster(link, link.material, "a4")


@pytest.mark.pango
def test_stickers_are_as_many_as_asked_for_and_readable(link, tmp_path):
    pdf = sheets.stickers_pdf(link, "vi", 22)
    first, second = seen(pdf)

    assert millimetres(pdf) == (210, 297)
    assert (first[0].count("1900 96 96 80"), second[0].count("1900 96 96 80")) == (21, 1)
    for column, row in ((0, 0), (1, 3), (2, 6)):
        one = first[1].crop(sticker_box(column, row))
        assert read_codes(one, tmp_path) == [addresses.of(link)]
    assert "Đi xa" not in first[0]


@pytest.mark.parametrize("number", [0, 501, 10_000])
def test_too_many_stickers_are_refused(link, number):
    with pytest.raises(sheets.CannotPrint, match="From 1 to 500 stickers"):
        sheets.stickers(link, "vi", number)


def test_making_a_pdf_fetches_nothing_from_elsewhere(link):
    for address in ("https://example.org/x.png", "file:///etc/passwd", "loa:font/none", "data:text/plain,x"):
        with pytest.raises(ValueError, match="not a file of ours"):
            sheets._file(address, link, None)


def test_nothing_is_printed_while_the_site_does_not_know_its_address(link, settings):
    for address in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        settings.WAGTAILADMIN_BASE_URL = address
        with pytest.raises(sheets.CannotPrint, match="SITE_URL"):
            sheets.stickers(link, "vi", 1)

    settings.DEBUG = True
    assert "127.0.0.1" not in addresses.trouble()
