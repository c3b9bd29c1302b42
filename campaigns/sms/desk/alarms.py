"""`/admin/sms/alarms/`: what needs a person, what is over and who closed it; and a panel on the front page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component

from campaigns.sms import alarms
from campaigns.sms.desk.rights import ACTS, SEES, needs

A_PAGE = 30
SHOWN = 5


@require_safe
@never_cache
@needs(SEES)
def overview(request):
    over = alarms.Alarm.objects.exclude(closed_at=None).select_related("gateway", "closed_by")
    page = Paginator(over.order_by("-closed_at", "-pk"), A_PAGE).get_page(request.GET.get("p"))
    context = {
        "open": list(alarms.Alarm.objects.open().select_related("gateway")),
        "page_obj": page,
        "may_act": request.user.has_perm(ACTS),
        "page_title": _("Alarms"),
        "header_icon": "warning",
    }
    return render(request, "campaigns/sms/desk/alarms.html", context)


@require_POST
@needs(ACTS)
def close(request, pk):
    if alarms.close_by_hand(pk, by=request.user):
        messages.success(request, _("Closed. It comes back if its cause is seen again."))
    else:
        messages.info(request, _("It was closed already."))
    return redirect("sms_alarms")


class OpenAlarms(Component):
    """On the admin's front page: open alarms, the oldest first; nothing when all is well."""

    order = 40
    template_name = "campaigns/sms/desk/open_alarms.html"

    def get_context_data(self, parent_context):
        found = list(alarms.Alarm.objects.open()[: SHOWN + 1])
        return {"alarms": found[:SHOWN], "has_more": len(found) > SHOWN}
