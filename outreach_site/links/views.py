"""`/admin/links/`: the report, as a screen and as a table, and the buttons in it."""

import csv

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from outreach_site.links import checking, replacing, report, words
from outreach_site.links.models import CheckedLink
from outreach_site.queue import nudge

LINKS_A_SCREEN = 50
# What a spreadsheet takes as one table at a time.
MOST_LINES = 20_000


@require_safe
def links(request):
    """Links that somebody should look at, or what the filters ask for."""
    form, found, places = _asked(request)
    screen = Paginator(found.select_related("hotline", "quieted_by"), LINKS_A_SCREEN).get_page(
        request.GET.get("p")
    )
    context = {
        "form": form,
        "screen": screen,
        "rows": report.rows(screen.object_list, places, request.user),
        "line_down_at": cache.get(checking.LINE_DOWN),
        "query": request.GET.urlencode(),
        "page_title": _("Links and numbers"),
        "header_icon": "link",
    }
    return render(request, "outreach_site/links/report.html", context)


@require_safe
def links_csv(request):
    """The same as a table, a line a place."""
    _form, found, places = _asked(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Cache-Control": "no-store"})
    response["Content-Disposition"] = 'attachment; filename="links.csv"'
    # Spreadsheets take UTF-8 for something else unless it begins with this mark.
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        [
            *(
                _("State"),
                _("Kind"),
                _("Link"),
                _("Why"),
                _("New address"),
                _("First failed"),
                _("Last checked"),
            ),
            *(_("Where"), _("Language"), _("Field"), _("Words there"), _("Address of the editor")),
        ]
    )
    for row in report.rows(found[:MOST_LINES], places, request.user):
        out.writerows([[plain(cell) for cell in cells] for cells in _cells(row, request)])
    return response


def _cells(row, request):
    link = row.link
    about = [link.get_state_display(), link.get_kind_display(), row.name, row.reason, link.new_address]
    about += [words.day(link.first_failed_at), words.day(link.last_checked_at)]
    for line in row.lines:
        url = request.build_absolute_uri(line.url) if line.url else ""
        yield [*about, line.title, line.language, line.field, line.place.words, url]


def plain(cell):
    """Return a cell that no spreadsheet runs as a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _asked(request):
    form = report.LinksForm(request.GET, sections=report.sections_of(report.places_for(request.user)))
    answers = form.cleaned_data if form.is_valid() else {}
    return form, *report.chosen(request.user, answers)


# --- the buttons -----------------------------------------------------------------------------
def _link_for(request, pk):
    return get_object_or_404(report.links_for(request.user), pk=pk)


@require_POST
def check(request, pk):
    """Ask this site as soon as the worker is free."""
    link = _link_for(request, pk)
    if link.kind != CheckedLink.Kind.SITE:
        raise Http404
    CheckedLink.objects.filter(pk=link.pk).update(next_try_at=timezone.now())
    nudge(checking.check_now, link.pk)
    messages.success(request, _("The site will be asked in a moment. Look here again in a minute."))
    return _back(request)


@require_POST
def call_fine(request, pk):
    """Somebody opened it, or knows: it is left out of the list until the address changes."""
    link = _link_for(request, pk)
    CheckedLink.objects.filter(pk=link.pk).update(quieted_at=timezone.now(), quieted_by=request.user)
    messages.success(request, _("Noted as fine. It comes back when the address in the text changes."))
    return _back(request)


@require_POST
def look_again(request, pk):
    """Take back that it is fine."""
    link = _link_for(request, pk)
    CheckedLink.objects.filter(pk=link.pk).update(quieted_at=None, quieted_by=None)
    messages.success(request, _("It is in the list again."))
    return _back(request)


@require_POST
def replace(request, pk):
    """Put the new address or the hotline record into a new draft, and open it."""
    place = get_object_or_404(report.places_for(request.user).select_related("link__hotline"), pk=pk)
    try:
        page = replacing.replace(place, request.user)
    except replacing.NotReplaced as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    except PermissionDenied:
        messages.error(request, _("You may not change this page."))
        return _back(request)
    messages.success(
        request, _("It stands in a new draft. Read it and publish it: readers do not see it yet.")
    )
    return HttpResponseRedirect(
        f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#:w:contentpath={place.path}"
    )


def _back(request):
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(address if is_ours else reverse("links_report"))
