"""What a page weighs on the wire and how long it takes, told to whoever edits it.

The page is drawn as a reader would get it and squeezed; style sheets, scripts and pictures are looked up
as the phone would load them: of each picture the one size that a phone takes. Recordings and documents are
not counted, because nobody gets them without asking.
"""

import gzip
import logging
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.forms import Media
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.panels import Panel
from wagtail.models import Page

logger = logging.getLogger(__name__)

MOST_BEFORE_PICTURES = 50 * 1024
MOST_A_PICTURE = 60 * 1024
# Bytes a second: 40 kbit/s, and 400 kbit/s where the 3G is poor.
SPEED_2G = 40_000 / 8
SPEED_3G = 400_000 / 8
# A phone of 360 pixels with two dots to each takes the size of this width.
DOTS = 720


@dataclass
class Weight:
    """Bytes on the wire of one page, for a phone that has never been here."""

    text: int
    style_and_script: int
    pictures: list = field(default_factory=list)  # [(file name, bytes)]

    @property
    def before_pictures(self):
        return self.text + self.style_and_script

    @property
    def of_pictures(self):
        return sum(size for _name, size in self.pictures)

    @property
    def everything(self):
        return self.before_pictures + self.of_pictures

    @property
    def seconds_2g(self):
        return round(self.everything / SPEED_2G)

    @property
    def seconds_2g_text(self):
        return round(self.before_pictures / SPEED_2G)

    @property
    def seconds_3g(self):
        return round(self.everything / SPEED_3G, 1)

    @property
    def text_is_too_heavy(self):
        return self.before_pictures > MOST_BEFORE_PICTURES

    @property
    def heavy_pictures(self):
        return [(name, size) for name, size in self.pictures if size > MOST_A_PICTURE]


class _Loads(HTMLParser):
    """Collects what a browser loads with a page: `assets` and `pictures`, addresses without repetition."""

    def __init__(self):
        super().__init__()
        self.assets, self.pictures, self.source = {}, {}, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link" and attrs.get("rel") == "stylesheet":
            self.assets[attrs.get("href")] = True
        elif tag == "script" and attrs.get("src"):
            self.assets[attrs["src"]] = True
        elif tag == "source" and attrs.get("srcset") and self.source is None:
            self.source = taken_from(attrs["srcset"])
        elif tag == "img":
            self.pictures[self.source or attrs.get("src")] = True
            self.source = None


def taken_from(srcset):
    """Return the address that a phone of `DOTS` dots takes from a srcset with widths."""
    sizes = [one.split() for one in srcset.split(",")]
    widths = sorted((int(width[:-1]), url) for url, width in sizes)
    return next((url for width, url in widths if width >= DOTS), widths[-1][1])


def measure(page):
    """Return the `Weight` of `page` as it stands, saved or not. Whatever its template raises comes through."""
    # Not with the editor's own request: she would get what only staff get. The request made up instead
    # would leave its language behind.
    with translation.override(translation.get_language()):
        answer = page.make_preview_request()
    content = answer.content
    if answer.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    loads = _Loads()
    loads.feed(content.decode())
    return Weight(
        text=len(gzip.compress(content, 6)),
        style_and_script=sum(_asset_bytes(url) for url in loads.assets if url),
        pictures=[(url.rsplit("/", 1)[-1], _picture_bytes(url)) for url in loads.pictures if url],
    )


def _asset_bytes(url):
    if not url.startswith(settings.STATIC_URL):
        return 0
    name = unquote(url.removeprefix(settings.STATIC_URL).split("?")[0])
    for ready in (f"{name}.br", f"{name}.gz"):
        if staticfiles_storage.exists(ready):
            return staticfiles_storage.size(ready)
    # In the demo files are served as they lie, without the mark of their content in their name.
    found = finders.find(name) or finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name))
    if not found:
        return 0
    with open(found, "rb") as file:
        return len(gzip.compress(file.read(), 6))


def _picture_bytes(url):
    if url.startswith(settings.STATIC_URL):
        return _asset_bytes(url)
    name = unquote(url.removeprefix(settings.MEDIA_URL))
    return default_storage.size(name) if default_storage.exists(name) else 0


class WeightPanel(Panel):
    """In the editor, below the text: the weight of the last saved draft, asked for after the form is there."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "outreach_site/admin/weight_panel.html"

        @property
        def media(self):
            return super().media + Media(js=["outreach_site/js/admin-weight.js"])

        def is_shown(self):
            return bool(self.instance.pk) and self.instance.is_previewable()


@require_safe
def panel(request, pk):
    """What the page weighs, as a piece of HTML. An answer even when the page cannot be drawn."""
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    try:
        weight = measure(page.get_latest_revision_as_object())
    except Exception as error:
        # A template that fails must not take the editor with it.
        logger.warning("page %s cannot be weighed: %s", pk, type(error).__name__)
        weight = None
    return render(request, "outreach_site/admin/weight.html", {"weight": weight})


urlpatterns = [path("weight/<int:pk>/", panel, name="page_weight")]
HEADING = _("What a reader's phone has to load")
