"""`/m/<code>/` for readers; the page of a code, its stickers and its poster for staff."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.materials.models import MaterialPage
from campaigns.printing import addresses, jobs, links, qr, scans, sheets
from campaigns.printing.forms import PosterForm, StickerForm
from campaigns.printing.models import PrintJob, PrintRun, TrackedLink
from outreach_site.pages.views import not_found


@require_safe
def follow(request, code):
    """`/m/<code>/`: to the material in the reader's best language. Counted by day and code only."""
    link = links.by_code(code)
    if link is None:
        response = not_found(request)
    else:
        url, language = links.destination(link, request.headers.get("Accept-Language"), request)
        response = HttpResponseRedirect(url)
        scans.count(link, language, request)
    # Kept by nobody: each scan counts, and tomorrow the code may lead elsewhere.
    response.headers["Cache-Control"] = "no-store"
    return response


# --- for staff -----------------------------------------------------------------------------
def code_page(request, link_id):
    """`/admin/printing/codes/<id>/`: the QR code to download, stickers and poster to print."""
    link = get_object_or_404(TrackedLink.objects.select_related("area"), pk=link_id)
    return _code_page(request, link)


def _code_page(request, link, sticker_form=None, poster_form=None, status=200):
    published = _published(link)
    context = {
        "link": link,
        "page_title": _("Code to scan"),
        "header_icon": "grid",
        "address": addresses.of(link),
        "shown_address": addresses.shown(link),
        "trouble": addresses.trouble(),
        "sticker_form": sticker_form or StickerForm(),
        "poster_form": poster_form or (PosterForm(published=published) if published else None),
        "jobs": link.jobs.all()[:10],
        "scans": sum(link.counts.values_list("number", flat=True)),
    }
    return render(request, "campaigns/printing/code.html", context, status=status)


def _published(link):
    return [code for code, _name in PrintJob._meta.get_field("language").choices if jobs.version(link, code)]


def code_picture(request, link_id, kind):
    """`…/codes/<id>/qr.svg` and `qr.png`."""
    link = get_object_or_404(TrackedLink, pk=link_id)
    if trouble := addresses.trouble():
        return HttpResponse(trouble, status=409, content_type="text/plain; charset=utf-8")
    draw, content_type = {"svg": (qr.svg, "image/svg+xml"), "png": (qr.png, "image/png")}[kind]
    return HttpResponse(
        draw(addresses.of(link)),
        content_type=content_type,
        headers={"Content-Disposition": f'inline; filename="loa-{link.code}.{kind}"'},
    )


def sticker_sheet(request, link_id):
    """`…/codes/<id>/stickers/?number=21&language=vi`: to print from the browser, or as a PDF job."""
    link = get_object_or_404(TrackedLink.objects.select_related("area"), pk=link_id)
    form = StickerForm(request.GET)
    if not form.is_valid():
        return _code_page(request, link, sticker_form=form, status=400)
    asked = form.cleaned_data
    code_address = reverse("print_code_svg", args=[link.pk])
    try:
        return HttpResponse(sheets.stickers(link, asked["language"], asked["number"], code_address))
    except sheets.CannotPrint as error:
        messages.error(request, str(error))
        return redirect("print_code", link.pk)


@require_POST
def ask_stickers(request, link_id):
    """Ask for the PDF of a sticker sheet."""
    link = get_object_or_404(TrackedLink, pk=link_id)
    form = StickerForm(request.POST)
    if not form.is_valid():
        return _code_page(request, link, sticker_form=form, status=400)
    asked = form.cleaned_data
    return _ask(request, PrintJob.Kind.STICKERS, link, asked["language"], number=asked["number"])


@require_POST
def ask_poster(request, link_id):
    """Ask for the PDF of a poster of the code's material."""
    link = get_object_or_404(TrackedLink, pk=link_id)
    form = PosterForm(request.POST, published=_published(link))
    if not form.is_valid():
        return _code_page(request, link, poster_form=form, status=400)
    return _ask(request, form.cleaned_data["kind"], link, form.cleaned_data["language"])


def _ask(request, kind, link, language, number=1):
    if trouble := addresses.trouble():
        messages.error(request, trouble)
    else:
        jobs.ask(kind, link, language, number=number, asked_by=request.user)
        messages.success(request, _("The file is being made. It will stand below in a moment."))
    return redirect("print_code", link.pk)


def download(request, job_id):
    """The PDF of a job that is done."""
    job = get_object_or_404(PrintJob, pk=job_id)
    if not job.file:
        raise Http404
    return FileResponse(
        job.file.open(),
        as_attachment=True,
        filename=f"{job.kind}-{job.link.code}-{job.language}.pdf",
        content_type="application/pdf",
    )


def print_material(request, page_id):
    """From a material's page: its codes, its print runs, and what is left of them."""
    material = get_object_or_404(MaterialPage, pk=page_id).original
    context = {
        "material": material,
        "page_title": _("Print"),
        "header_icon": "grid",
        "codes": TrackedLink.objects.of(material).select_related("area"),
        "runs": PrintRun.objects.of(material).with_stock(),
        "add_code": reverse("wagtailsnippets_campaigns_trackedlink:add") + f"?material={material.pk}",
        "add_run": reverse("wagtailsnippets_campaigns_printrun:add") + f"?material={material.pk}",
    }
    return render(request, "campaigns/printing/material.html", context)
