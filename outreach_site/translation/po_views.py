"""Doorways for PO files. They lie on wagtail-localize's own addresses, so that no other way leads in."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail_localize.models import Translation

from outreach_site.translation import beginning, coverage, desk, doors, matrix, po, rights, status
from outreach_site.translation.views import WRITING, say

SALT = "outreach_site.translation.po"
CONFIRM_SECONDS = 60 * 60
# Beginning a page costs hundreds of queries; a request does so many and says what is left.
MOST_BEGUN = 25


class UploadForm(forms.Form):
    file = forms.FileField(required=False)
    confirmed = forms.CharField(required=False)


def of_her_language(view):
    """Give the view the translation instead of its pk: 404 where she may not see the page, a reason where not write."""

    @wraps(view)
    def guarded(request, translation_id):
        record = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id
        )
        if not desk.versions_for(request.user).filter(translation_key=record.source.object_id).exists():
            raise Http404
        if not rights.may_translate(request.user, record.target_locale):
            return doors.refuse(request, rights.refusal(record.target_locale))
        return view(request, record)

    return guarded


@of_her_language
def download(request, record):
    answer = HttpResponse(str(po.file_for(record)), content_type="text/x-gettext-translation; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{po.name_for(record)}"'
    answer["Cache-Control"] = "no-store"
    return answer


@of_her_language
def upload(request, record):
    """Choose a file; see what it would change; confirm. Nothing is stored before that."""
    if request.method != "POST":
        return _screen(request, record)
    form = UploadForm(request.POST, request.FILES)
    form.is_valid()
    try:
        if confirmed := form.cleaned_data.get("confirmed"):
            return _confirm(request, record, confirmed)
        # What the form finds wrong with a file ("empty") is said in the same words as the rest.
        file = po.read(request.FILES.get("file"))
        po.of_this(file, record, request.user)
    except po.Unreadable as refusal:
        return _screen(request, record, errors=refusal.messages)
    return _screen(request, record, file)


def _confirm(request, record, confirmed):
    try:
        sent = signing.loads(confirmed, salt=SALT, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        raise po.Unreadable(_("The preview is too old. Upload the file again.")) from None
    if (sent["record"], sent["user"]) != (record.pk, request.user.pk):
        raise po.Unreadable(_("The preview is too old. Upload the file again."))
    file = po.parse(sent["file"])
    try:
        taken = po.take(record, file, sent["mark"], request.user)
    except po.Changed:
        message = _(
            "The page or its translations changed in the meantime. This is what the file would do now."
        )
        return _screen(request, record, file, errors=[message])
    number = len(taken.changes)
    done = ngettext("%(number)d string was taken.", "%(number)d strings were taken.", number) % {
        "number": number
    }
    say(request, done, *WRITING)
    return HttpResponseRedirect(_side_by_side(record))


def _screen(request, record, file=None, errors=()):
    page, name = record.source.get_source_instance(), desk.language_name(record.target_locale)
    seen = po.preview(record, file) if file is not None else None
    heading = _("PO file: %(title)s in %(language)s") % {"title": page.title, "language": name}
    context = {
        "record": record,
        "page": page,
        "seen": seen,
        "errors": errors,
        "code": record.target_locale.language_code,
        "source_code": record.source.locale.language_code,
        "confirmed": seen and seen.changes and _sealed(request, record, file, seen),
        "side_by_side": _side_by_side(record),
        "header_title": heading,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("translation_matrix"), "label": _("Translations")},
            {"url": _side_by_side(record), "label": page.title},
            {"url": "", "label": heading},
        ],
    }
    return render(
        request, "outreach_site/translation/po.html", context, status=400 if errors and not seen else 200
    )


def _sealed(request, record, file, seen):
    """Return what the confirmation sends back: the file as it was read, and what it was compared with."""
    sent = {"record": record.pk, "user": request.user.pk, "mark": seen.mark, "file": str(file)}
    return signing.dumps(sent, salt=SALT, compress=True)


def _side_by_side(record):
    return reverse(
        "translation_side_by_side", args=[record.source.object_id, record.target_locale.language_code]
    )


# --- many at once --------------------------------------------------------------------------
def to_translate(rows, locale, states):
    """Return those of the matrix's `rows` in which something is left to translate into `locale`."""
    return [
        row
        for row in rows
        if states[row.page.translation_key, locale.language_code].kind in status.TO_TRANSLATE
    ]


@require_POST
def many(request):
    """A ZIP of the PO files of all that the matrix shows as not done in one language; begins what is missing."""
    locales = desk.locales()
    locale = next((one for one in locales if one.language_code == request.POST.get("language")), None)
    if locale is None or not rights.may_translate(request.user, locale):
        raise PermissionDenied
    rows, versions = matrix.rows_for(request.user)
    groups = coverage.groups([row.page for row in rows])
    form = matrix.MatrixForm(request.POST, rows=rows, locales=locales, groups=groups)
    rows = matrix.narrowed(rows, form.asked, groups)
    states = status.of([row.page for row in rows], [locale], versions=versions, with_progress=False)
    if kind := form.asked.get("state"):
        rows = [row for row in rows if states[row.page.translation_key, locale.language_code].kind == kind]
    rows = to_translate(rows, locale, states)
    missing = [
        row.page for row in rows if states[row.page.translation_key, locale.language_code].page_id is None
    ]
    for page in missing[:MOST_BEGUN]:
        beginning.begin(page, locale, request.user)
    records = list(
        Translation.objects.filter(
            source__object_id__in=[row.page.translation_key for row in rows],
            target_locale=locale,
            enabled=True,
        ).select_related("source__locale", "target_locale")
    )
    if left := len(missing) - MOST_BEGUN:
        _say_left(request, left)
    if not records:
        messages.info(request, _("Nothing is left to translate among these pages."))
        return HttpResponseRedirect(doors.way_back(request) or reverse("translation_matrix"))
    answer = HttpResponse(po.archive(records), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="po-{locale.language_code}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _say_left(request, left):
    if left > 0:
        messages.info(
            request,
            ngettext(
                "%(left)d more page is not begun: download again for the next ones.",
                "%(left)d more pages are not begun: download again for the next ones.",
                left,
            )
            % {"left": left},
        )
