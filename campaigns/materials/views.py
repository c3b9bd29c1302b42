"""The way to a material's file: counted here, then led to the file itself."""

import re

from django.http import Http404, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_safe

from campaigns.materials import offers
from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.reach.ledger import Channel
from campaigns.reach.visits import is_reader, tally

# Some players first ask for two bytes, to learn whether they may ask for parts at all.
PROBE = re.compile(r"bytes=0-1$")
FROM_THE_START = re.compile(r"bytes=0-")


@require_safe
def give(request, file_id):
    """`/<language>/file/<id>/`: to the document, recording or picture of a published material."""
    files = MaterialFile.objects.select_related("document", "recording", "picture", "material")
    file = files.filter(pk=file_id).first()
    if file is None or offers.is_withheld(file) or not _is_public(file.material):
        raise Http404
    if request.method == "GET" and is_reader(request) and begins(request.headers.get("Range", "")):
        channel = Channel.LISTEN if file.recording else Channel.DOWNLOAD
        tally.add(channel, file.material_id, file.language or translation.get_language())
    content = file.content
    # Documents have an address of their own, which guards them; the others are files.
    url = content.url if file.document or file.recording else content.file.url
    return HttpResponseRedirect(url, headers={"Cache-Control": "no-store"})


def _is_public(material):
    """Return whether `material` is published in a language at least."""
    return MaterialPage.objects.live().filter(translation_key=material.translation_key).exists()


def begins(asked):
    """Return whether a request with this Range header is the first of one play or download.

    Players fetch a recording in many parts, and again when somebody moves about in it; only the part
    from the first byte on begins one.
    """
    return not asked or bool(FROM_THE_START.match(asked) and not PROBE.match(asked))
