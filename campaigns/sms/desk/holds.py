"""`/admin/sms/holds/`: texts above a cap; a second person lets them go, or they are cancelled."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.utils import get_user_display_name

from campaigns.sms import caps
from campaigns.sms.desk.rights import RELEASES, SEES, needs
from campaigns.sms.models import OutboundMessage

Decision = caps.Hold.Decision
SHOWN = 20


@require_safe
@never_cache
@needs(SEES)
def overview(request):
    first = OutboundMessage.objects.filter(hold=OuterRef("pk")).order_by("pk")
    waiting = caps.waiting().annotate(
        sample=Subquery(first.values("text")[:1]), sample_language=Subquery(first.values("language")[:1])
    )
    decided = caps.Hold.objects.exclude(decision="").select_related(
        "author", "campaign", "gateway", "decided_by"
    )
    context = {
        "waiting": waiting,
        "decided": decided.order_by("-decided_at")[:SHOWN],
        "currency": settings.SMS_CURRENCY,
        "caps": (settings.SMS_PARTS_A_DAY, settings.SMS_PARTS_A_CAMPAIGN_A_DAY),
        "may_release": request.user.has_perm(RELEASES),
        "page_title": _("Above a cap"),
        "header_icon": "lock",
    }
    return render(request, "campaigns/sms/desk/holds.html", context)


@require_POST
@needs(RELEASES)
def release(request, pk):
    return _decide(request, pk, Decision.RELEASED)


@require_POST
@needs(RELEASES)
def cancel(request, pk):
    return _decide(request, pk, Decision.CANCELLED)


def _decide(request, pk, decision):
    hold = get_object_or_404(caps.Hold, pk=pk)
    try:
        number = caps.decide(pk, decision, by=request.user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect("sms_holds")
    if number is None:
        hold.refresh_from_db()
        what = {"decision": hold.get_decision_display(), "name": get_user_display_name(hold.decided_by)}
        messages.warning(request, _("That was decided already: %(decision)s, by %(name)s.") % what)
    elif decision == Decision.RELEASED:
        words = ngettext("%(number)d text may leave.", "%(number)d texts may leave.", number)
        messages.success(request, words % {"number": number})
    else:
        words = ngettext("%(number)d text is cancelled.", "%(number)d texts are cancelled.", number)
        messages.success(request, words % {"number": number})
    return redirect("sms_holds")
