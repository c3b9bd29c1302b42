"""What readers can take with them: a leaflet as PDF in both languages, and a tune to listen to."""

from django.core.files.base import ContentFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail.models import Collection

from campaigns.materials.models import MaterialFile
from outreach_site.demo import materials, tune
from outreach_site.demo.sheets import Number
from outreach_site.pages.files import Recording, SiteDocument
from outreach_site.text import in_language

MARK = {
    "vi": "Bản minh họa (demo). Trước khi in để phát, hãy kiểm tra lại các số.",
    "en": "Made for a demo. Check the numbers before you print it to hand it out.",
}
STYLE = """
@page { size: A5; margin: 14mm 14mm 18mm; @bottom-left { content: string(mark); font: 7pt sans-serif } }
body { font: 10pt/1.5 "Noto Sans", "DejaVu Sans", sans-serif; color: #1e2a2e }
h1 { font-size: 19pt; line-height: 1.25; color: #0e5a4f; margin: 0 0 3mm } h2 { font-size: 12pt; color: #0e5a4f }
.mark { string-set: mark content(); display: none } .mark, .lead { margin: 0 0 4mm } li { margin-bottom: 1mm }
.number { font-size: 15pt; font-weight: bold; color: #b4501e; border: 1.5pt solid; padding: 2mm 4mm }
"""


def plant(planted):
    """Plant the files and give them to their materials. Returns notes on what could not be made."""
    notes = []
    for code in materials.LEAFLET.sheets:
        key = f"document/{materials.LEAFLET.slug}/{code}"
        if not planted.once(key, lambda c=code: _leaflet(planted, c)) and key not in planted.places:
            notes.append("No PDF of the leaflet: WeasyPrint finds no Pango on this machine.")
        _give(planted, materials.LEAFLET, key, "document", code)
    planted.once("recording/tune", _tune)
    _give(planted, materials.SCRIPT, "recording/tune", "recording", "")
    return list(dict.fromkeys(notes))


def _give(planted, leaf, key, name, language):
    """Give the record planted under `key` to the original of `leaf`."""

    def give():
        page, record = planted.find(f"page/{leaf.slug}/vi"), planted.find(key)
        if page is None or record is None:
            return None
        page.files.add(MaterialFile(language=language, **{name: record}))
        page.save_revision().publish()
        return record

    planted.once(f"file/{key}", give)


def _leaflet(planted, code):
    try:
        from weasyprint import HTML
    except OSError:
        # The package is there, the system's libraries are not.
        return None
    sheet = materials.LEAFLET.sheets[code]
    html = format_html(
        '<html lang="{}"><title>{}</title><style>{}</style><p class="mark">{}</p><h1>{}</h1><p class="lead">{}</p>{}',
        code,
        sheet.title,
        mark_safe(STYLE),
        MARK[code],
        sheet.title,
        sheet.introduction,
        format_html_join("", "{}", ((_piece(planted, piece, code),) for piece in sheet.body)),
    )
    document = SiteDocument(title=f"{sheet.title} (demo)", collection=Collection.get_first_root_node())
    return _stored(document, f"{materials.LEAFLET.slug}-{code}-demo.pdf", HTML(string=html).write_pdf())


def _piece(planted, piece, code):
    if not isinstance(piece, Number):
        return mark_safe(piece)
    hotline = planted.find(f"hotline/{piece.key}")
    if hotline is None:
        return ""
    return format_html('<p class="number">{}</p><p>{}</p>', hotline.number, in_language(hotline.name, code))


def _tune():
    recording = Recording(
        title="Nhạc hiệu mở đầu (demo)",
        type="audio",
        duration=round(tune.seconds(), 1),
        transcript="Tiếng đàn bảy nốt, không có lời.",
        collection=Collection.get_first_root_node(),
    )
    return _stored(recording, "nhac-hieu-demo.ogg", tune.ogg())


def _stored(record, name, content):
    """Save `record` with `content`, in place of what an earlier database left behind under that name."""
    path = record.file.field.generate_filename(record, name)
    if record.file.storage.exists(path) and not type(record).objects.filter(file=path).exists():
        record.file.storage.delete(path)
    record.file.save(name, ContentFile(content, name), save=False)
    record.file_size = len(content)
    record.save()
    return record
