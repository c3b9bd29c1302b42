"""The choice between two versions of a page, and taking a lock over."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from outreach_site.editing import locks, versions
from outreach_site.translation import gates, rights


def editable(user, page_id):
    """Return the page, as its own type. Raises Http404, and PermissionDenied unless `user` may edit it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if gates.translation_of(page) and not rights.may_handle(user, page.locale):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request, page_id, kept_id):
    """Show both versions; a POST puts the one that was kept over the newest that was shown."""
    page = editable(request.user, page_id)
    kept = get_object_or_404(page.revisions, pk=kept_id)
    if request.method == "POST" and _put_on_top(request, page, kept):
        return redirect("wagtailadmin_pages:edit", page.pk)
    page.refresh_from_db()
    if page.latest_revision_id in (None, kept.pk):
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "outreach_site/editing/choose.html", _context(request, page, kept))


def _put_on_top(request, page, kept):
    lock = page.get_lock()
    if lock and lock.for_user(request.user):
        messages.error(request, _("The page is locked: nothing was saved. Your text stays in the history."))
        return False
    try:
        versions.put_on_top(kept, request.user, versions.Version.parse(request.POST.get(versions.FIELD, "")))
    except versions.Behind:
        messages.warning(request, _("There is an even newer version by now. Look at it first."))
        return False
    messages.success(
        request, _("Your version is the newest now. The other one stays in the history of the page.")
    )
    return True


def _context(request, page, kept):
    theirs = page.latest_revision
    return {
        "page": page,
        "kept": kept,
        "told": what_happened(theirs, request.user),
        "differences": versions.differences(theirs, kept, request),
        "newest": versions.newest(page),
        "field": versions.FIELD,
        "compare_url": reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, theirs.pk, kept.pk]),
        "history_url": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def what_happened(theirs, user):
    """Return the sentence that says who saved the newer revision, and when."""
    return versions.in_a_sentence(theirs.user, theirs.created_at, user)


@require_POST
def take_over(request, page_id):
    page = editable(request.user, page_id)
    holder = locks.take_over(page, request.user)
    if holder:
        done = _("The lock is yours now. %(name)s is told.") % {"name": locks.name_of(holder)}
        messages.success(request, done)
    else:
        messages.info(request, _("Nobody else holds this page any more."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
