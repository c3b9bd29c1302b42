"""The reach table for staff: by area and channel, direct and indirect apart, in any edition."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns.pages.models import CampaignPage
from campaigns.reach import totals, visits
from campaigns.reach.models import ReachEntry
from outreach_site.areas.models import AreaEdition

Channel = ReachEntry.Channel
PERMISSION = "campaigns.view_reachentry"


class ReachForm(forms.Form):
    """What the table shows. Everything has a default, and nonsense is said, not swallowed."""

    edition = forms.ModelChoiceField(
        label=_("Areas as of"), queryset=AreaEdition.objects.all(), required=False, empty_label=None
    )
    level = forms.TypedChoiceField(
        label=_("Down to level"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("the lowest")), (1, _("1: provinces")), (2, "2"), (3, "3")],
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=CampaignPage.objects.none(), required=False, empty_label=_("all")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = CampaignPage.objects.originals()

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The period ends before it starts."))
        return data


def reach_table(request):
    """`/admin/reach/`: contacts by area and channel."""
    visits.carry_to_ledger()
    current = AreaEdition.objects.current().first()
    form = ReachForm(request.GET or None, initial={"edition": current})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    edition = asked.get("edition") or current
    context = {"form": form, "edition": edition, "page_title": _("Reach"), "header_icon": "group"}
    if edition and not form.errors:
        level = asked.get("level") or totals.deepest_level(edition)
        narrowed = {key: asked.get(key) for key in ("since", "until", "campaign")}
        context |= table(totals.by_area(edition, level, **narrowed))
    return render(request, "campaigns/admin/reach_table.html", context)


def table(rows):
    """Return what the template needs of `rows`: the channels in two groups, cells, sums.

    An indirect channel that reached nobody has no column: there are many.
    """
    total = totals.grand_total(rows)
    direct = [Channel(channel) for channel in ReachEntry.DIRECT_CHANNELS]
    indirect = [channel for channel in Channel if channel not in direct and total.by_channel[channel]]
    lines = [(row, row.cells(direct), row.cells(indirect)) for row in rows]
    return {
        "direct": direct,
        "indirect": indirect,
        "lines": lines,
        "total": (total, total.cells(direct), total.cells(indirect)),
        "today": timezone.localdate(),
    }


@hooks.register("register_admin_urls")
def reach_urls():
    guarded = permission_required(PERMISSION, login_url="wagtailadmin_login")(reach_table)
    return [path("reach/", guarded, name="reach_table")]


class ReachMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def reach_menu_item():
    return ReachMenuItem(_("Reach"), reverse("reach_table"), icon_name="group", order=160)
