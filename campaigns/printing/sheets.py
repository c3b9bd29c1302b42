"""The sticker sheet and the poster: one HTML each, shown by a browser or made a PDF by WeasyPrint.

Pictures in them have addresses of the scheme "loa:", which only `Ours` below understands: making
a PDF never touches the network.
"""

import io

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from campaigns.printing import addresses, qr
from outreach_site import languages
from outreach_site.hotline import directory

# 3 × 7 labels of 63.5 × 38.1 mm on A4, the commonest sheet there is.
STICKERS_A_SHEET = 21
MOST_STICKERS = 500
COVER_PIXELS = 1600
SYSTEM_LIBRARIES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class CannotPrint(Exception):
    """Why a sheet is not made, in a sentence for staff. Trying again changes nothing."""


def stickers(link, language, number, code_address="loa:code"):
    """Return the HTML of `number` stickers with the code of `link`, in `language`.

    code_address  where the picture of the code is; the default is understood by `pdf` only
    """
    if not 1 <= number <= MOST_STICKERS:
        raise CannotPrint(_("From 1 to %(most)s stickers at a time.") % {"most": MOST_STICKERS})
    context = _context(link, language)
    sheets = [range(min(STICKERS_A_SHEET, number - start)) for start in range(0, number, STICKERS_A_SHEET)]
    return _render("stickers", language, context | {"sheets": sheets, "code_address": code_address})


def poster(link, page, size, tight=False):
    """Return the HTML of a poster of the material `page`; `size` is "a4" or "a3".

    tight  smaller letters and cover, for a text that would not fit on one sheet otherwise
    """
    language = page.locale.language_code
    context = _context(link, language)
    if not context["hotline"]:
        raise CannotPrint(_("No main number is in use. A poster without a number is not printed."))
    return _render("poster", language, context | {"page": page, "size": size, "tight": tight})


def _context(link, language):
    if trouble := addresses.trouble():
        raise CannotPrint(trouble)
    return {
        "link": link,
        "address": addresses.shown(link),
        "code_address": "loa:code",
        "hotline": directory.main_numbers().call,
        "language": languages.get(language),
        "text_language": language,
        "own_language": languages.interface_code(language),
    }


def _render(name, language, context):
    with translation.override(language):
        return render_to_string(f"campaigns/printing/{name}.html", context)


def stickers_pdf(link, language, number):
    """Return the PDF of `stickers`."""
    return pdf(stickers(link, language, number), link)[0]


def poster_pdf(link, page, size):
    """Return the PDF of `poster`: one sheet, with smaller letters where the text is long."""
    made, sheets = pdf(poster(link, page, size), link, page.cover)
    if sheets > 1:
        made, sheets = pdf(poster(link, page, size, tight=True), link, page.cover)
    if sheets > 1:
        raise CannotPrint(_("The title and the introduction are too long for one sheet. Shorten them."))
    return made


def pdf(html, link, cover=None):
    """Return (bytes, number of sheets) of `html`. Raises CannotPrint when libraries are missing."""
    try:
        # Loads system libraries, which a server that prints nothing need not have.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise CannotPrint(
            _("The server lacks the libraries that make PDFs. Whoever runs it types: %(command)s")
            % {"command": SYSTEM_LIBRARIES}
        ) from error

    class Ours(URLFetcher):
        """Gives WeasyPrint our own files and nothing else."""

        def fetch(self, url, headers=None):
            body, content_type = _file(url, link, cover)
            return URLFetcherResponse(url, body, {"Content-Type": content_type})

        __call__ = fetch

    document = HTML(string=html, base_url="loa:", url_fetcher=Ours()).render()
    return document.write_pdf(), len(document.pages)


def _file(url, link, cover):
    """Return (bytes, content type) of an address of the scheme "loa:". Raises ValueError for any other."""
    name = url.removeprefix("loa:")
    if url == "loa:code":
        return qr.svg(addresses.of(link)), "image/svg+xml"
    if url == "loa:cover" and cover:
        return _jpeg(cover), "image/jpeg"
    fonts = {f"font/{language.font}": language.font for language in languages.LANGUAGES if language.font}
    if name in fonts:
        with open(finders.find(f"outreach_site/fonts/{fonts[name]}.woff2"), "rb") as font:
            return font.read(), "font/woff2"
    raise ValueError(f"not a file of ours: {url}")


def _jpeg(picture):
    """Return `picture` as a JPEG that is sharp on paper and light enough to send around."""
    with picture.open_file() as file, Image.open(file) as image:
        image = ImageOps.exif_transpose(image)
        image.thumbnail((COVER_PIXELS, COVER_PIXELS))
        if image.mode in ("RGBA", "LA", "P"):
            # Paper is white where the picture is clear.
            clear = image.convert("RGBA")
            image = Image.new("RGB", clear.size, "white")
            image.paste(clear, mask=clear.getchannel("A"))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=85)
        return out.getvalue()
