"""Campaigns for staff: all of them with their state, and one with its targets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import page_permission_policy

from campaigns.pages import progress
from campaigns.pages.models import CampaignPage
from campaigns.reach import totals, visits
from campaigns.sms import composing

REACH = "campaigns.view_reachentry"
STATES = {
    "coming": pgettext_lazy("campaign", "not begun"),
    "running": pgettext_lazy("campaign", "running"),
    "over": pgettext_lazy("campaign", "over"),
}
A_PAGE = 20


def may_see(user):
    """Return whether `user` works with campaigns: writes or approves pages, or reads the numbers."""
    return user.has_perm(REACH) or page_permission_policy.user_has_any_permission(user, {"add", "publish"})


def visible(user):
    """Return the original campaigns that `user` may see: all with the numbers, else those of her sections."""
    campaigns = CampaignPage.objects.originals()
    if user.has_perm(REACH):
        return campaigns
    own = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    return campaigns.filter(pk__in=own.values("pk"))


def for_campaign_staff(view):
    def guarded(request, **where):
        if not may_see(request.user):
            raise PermissionDenied
        return view(request, **where)

    return guarded


@for_campaign_staff
def campaign_list(request):
    """`/admin/campaigns/`: every campaign, the latest first."""
    visits.carry_to_ledger()
    campaigns = visible(request.user).defer_streamfields().select_related("locale").order_by("-ends_on", "pk")
    page = Paginator(campaigns, A_PAGE).get_page(request.GET.get("p"))
    found = progress.of(page.object_list)
    lines = [
        (campaign, STATES[campaign.state()], found[campaign.pk], summary(found[campaign.pk]))
        for campaign in page.object_list
    ]
    return render(
        request,
        "campaigns/admin/campaign_list.html",
        {"lines": lines, "page_obj": page, "page_title": _("Campaigns"), "header_icon": "calendar-alt"},
    )


def summary(found):
    """Return [(state in words, number of targets in it)], in the order of `progress.STATES`."""
    states = [one.state for one in found]
    return [(words, states.count(state)) for state, words in progress.STATES.items() if state in states]


@for_campaign_staff
def campaign_progress(request, campaign_id):
    """`/admin/campaigns/<id>/progress/`: one campaign's targets, what it reached, what that rests on."""
    campaign = get_object_or_404(CampaignPage.objects.select_related("locale"), pk=campaign_id)
    if campaign.original != campaign:
        return redirect("campaign_progress", campaign_id=campaign.original.pk)
    if not visible(request.user).filter(pk=campaign.pk).exists():
        raise PermissionDenied
    visits.carry_to_ledger()
    reached = totals.by_channel(campaign=campaign)
    return render(
        request,
        "campaigns/admin/campaign_progress.html",
        {
            "campaign": campaign,
            "state": STATES[campaign.state()],
            "lines": progress.of([campaign])[campaign.pk],
            "direct": [line for line in reached if line.is_direct],
            "indirect": [line for line in reached if not line.is_direct],
            "may_edit": campaign.permissions_for_user(request.user).can_edit(),
            "page_title": _("Progress"),
            "page_subtitle": campaign.title,
            "header_icon": "calendar-alt",
        },
    )


@hooks.register("register_admin_urls")
def campaign_urls():
    return [
        path("campaigns/", campaign_list, name="campaign_list"),
        path("campaigns/<int:campaign_id>/progress/", campaign_progress, name="campaign_progress"),
    ]


class CampaignMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see(request.user)


@hooks.register("register_admin_menu_item")
def campaign_menu_item():
    return CampaignMenuItem(_("Campaigns"), reverse("campaign_list"), icon_name="calendar-alt", order=155)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_about_texts(request, page):
    """After a campaign was saved by hand: what its texts cost, and words to think over."""
    # Wagtail's editor saves by itself every few seconds: the box itself counts meanwhile.
    if not isinstance(page, CampaignPage) or not request.accepts("text/html"):
        return
    for name, text in page.texts():
        for warning in composing.warnings(text, page.locale.language_code):
            messages.warning(request, f"{name}: {warning}")
        measured = composing.measure(text)
        if measured.parts > 1:
            words = _("%(name)s: %(parts)d parts; without accents and signs %(plain)d.")
            counts = {"name": name, "parts": measured.parts, "plain": measured.plain_parts}
            messages.info(request, words % counts)


@hooks.register("register_page_header_buttons")
def progress_button(page, user, view_name, next_url=None):
    """In the menu beside a campaign's title."""
    if page.specific_class is CampaignPage and may_see(user):
        url = reverse("campaign_progress", args=[page.pk])
        yield Button(_("Progress against targets"), url=url, icon_name="calendar-check", priority=55)
