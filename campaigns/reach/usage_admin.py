"""Accounts of use for staff: beside the page in its editor, on a page of their own, and as CSV."""

import csv

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from campaigns.pages.models import CampaignPage
from campaigns.reach import usage
from outreach_site.pages.models import SitePage

READ = "campaigns.view_reachentry"


class UseSidePanel(BaseSidePanel):
    """How the page was used, beside the editor."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle use")
        icon_name = "group"
        has_counter = False

    name = "use"
    title = pgettext_lazy("account", "Use")
    template_name = "campaigns/admin/use_side_panel.html"
    order = 250

    def get_context_data(self, parent_context):
        page = self.object
        return super().get_context_data(parent_context) | {
            "account": usage.account(page),
            "url": reverse("page_use", args=[page.pk]),
            "progress_url": isinstance(page, CampaignPage) and reverse("campaign_progress", args=[page.pk]),
        }


def add_side_panel(view_class):
    """Have the page editor show the panel. Wagtail has a hook for snippets' panels and none for pages'."""
    own = view_class.get_side_panels

    def get_side_panels(self):
        panels = own(self)
        if isinstance(self.page, SitePage) and not self.expects_json_response:
            panels.append(UseSidePanel(self.page, self.request))
        return panels

    view_class.get_side_panels = get_side_panels


add_side_panel(EditView)


def page_for(request, page_id):
    """Return the page if whoever asks may edit or publish it. Raises PermissionDenied or Http404."""
    page = get_object_or_404(Page, pk=page_id).specific
    rights = page.permissions_for_user(request.user)
    if not isinstance(page, SitePage) or not (rights.can_edit() or request.user.has_perm(READ)):
        raise PermissionDenied
    return page


def page_use(request, page_id):
    """`/admin/use/<page id>/`: the whole account of a page, all languages together."""
    page = page_for(request, page_id)
    return render(
        request,
        "campaigns/admin/page_use.html",
        {
            "account": usage.account(page),
            "page_title": gettext("How it was used"),
            "page_subtitle": page.get_admin_display_title(),
            "header_icon": "group",
        },
    )


def page_use_csv(request, page_id):
    """`/admin/use/<page id>/csv/`: the same, a line a day, kind and language."""
    page = page_for(request, page_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Cache-Control": "no-store"})
    response["Content-Disposition"] = f'attachment; filename="use-{page.slug}.csv"'
    # Spreadsheets take UTF-8 for something else unless it begins with this mark.
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow([gettext("day"), gettext("what"), gettext("language"), gettext("place"), gettext("number")])
    out.writerows([_plain(cell) for cell in row] for row in usage.rows(page))
    return response


def _plain(cell):
    """Return a cell that no spreadsheet runs as a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


@hooks.register("register_admin_urls")
def use_urls():
    return [
        path("use/<int:page_id>/", page_use, name="page_use"),
        path("use/<int:page_id>/csv/", page_use_csv, name="page_use_csv"),
    ]


@hooks.register("register_page_header_buttons")
def use_button(page, user, view_name, next_url=None):
    """In the menu beside a page's title."""
    if issubclass(page.specific_class or Page, SitePage) and page.permissions_for_user(user).can_edit():
        url = reverse("page_use", args=[page.pk])
        yield Button(_("How it was used"), url=url, icon_name="group", priority=56)
