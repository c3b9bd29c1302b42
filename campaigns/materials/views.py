"""The way to a file of a material, or a recording in a page: counted here, then led to the file itself."""

import re

from django.http import Http404, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.materials import offers
from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.reach.ledger import Channel
from campaigns.reach.visits import HELP_PAGE, is_reader, tally
from outreach_site.hotline.models import HelpRecording
from outreach_site.pages.streams import recordings_of

# Some players first ask for two bytes, to learn whether they may ask for parts at all.
PROBE = re.compile(r"bytes=0-1$")
FROM_THE_START = re.compile(r"bytes=0-")


@require_safe
def give(request, file_id):
    """`/<language>/file/<id>/`: to the document, recording or picture of a published material."""
    files = MaterialFile.objects.select_related(
        "document__pdf_cover__picture", "recording", "picture", "material"
    )
    file = files.filter(pk=file_id).first()
    if file is None or offers.is_withheld(file) or not _is_public(file.material):
        raise Http404
    channel = Channel.LISTEN if file.recording else Channel.DOWNLOAD
    content = file.content
    # Documents have an address of their own, which guards them; the others are files.
    url = content.url if file.document or file.recording else content.file.url
    return _counted(request, channel, file.material_id, file.language, url)


@require_safe
def play(request, page_id, recording_id):
    """`/<language>/file/page/<page>/<recording>/`: to a recording in the body of a published page."""
    page = Page.objects.live().filter(pk=page_id).first()
    if page is None or not _may_read(request, page):
        raise Http404
    recording = next((one for one in recordings_of(page.specific) if one.pk == recording_id), None)
    if recording is None:
        raise Http404
    return _counted(request, Channel.LISTEN, page.pk, recording.language, recording.url)


@require_safe
def play_help(request, recording_id):
    """`/<language>/file/help/<recording>/`: to the help page read aloud."""
    read = HelpRecording.objects.select_related("recording").filter(recording=recording_id).first()
    if read is None:
        raise Http404
    return _counted(request, Channel.LISTEN, HELP_PAGE, read.language, read.recording.url)


def _counted(request, channel, page_id, language, url):
    """Lead to `url`; when a reader begins there, count it in `language`, "" being the reader's."""
    if request.method == "GET" and is_reader(request) and begins(request.headers.get("Range", "")):
        tally.add(channel, page_id, language or translation.get_language())
    return HttpResponseRedirect(url, headers={"Cache-Control": "no-store"})


def _may_read(request, page):
    return all(restriction.accept_request(request) for restriction in page.specific.get_view_restrictions())


def _is_public(material):
    """Return whether `material` is published in a language at least."""
    return MaterialPage.objects.live().filter(translation_key=material.translation_key).exists()


def begins(asked):
    """Return whether a request with this Range header is the first of one play or download.

    Players fetch a recording in many parts, and again when somebody moves about in it; only the part
    from the first byte on begins one.
    """
    return not asked or bool(FROM_THE_START.match(asked) and not PROBE.match(asked))
