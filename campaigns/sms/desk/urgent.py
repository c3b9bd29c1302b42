"""`/admin/sms/urgent/`: cries for help, and the banner about them on every screen of the admin."""

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name

from campaigns.sms import urgent
from campaigns.sms.desk.rights import TAKES_CRIES, needs
from campaigns.sms.desk.texts import masked
from campaigns.sms.models import InboundMessage, OutboundMessage

SHOWN = 30


class ResultForm(forms.Form):
    result = forms.ChoiceField(choices=urgent.Cry.Result.choices)


@require_safe
@never_cache
@needs(TAKES_CRIES)
def overview(request):
    taken = urgent.Cry.objects.exclude(taken_at=None).select_related("inbound", "taken_by")
    context = {
        "waiting": _lines(urgent.Cry.objects.waiting().select_related("inbound")),
        "taken": _lines(taken.order_by("-taken_at")[:SHOWN]),
        "results": urgent.Cry.Result.choices,
        "median": urgent.median_minutes(),
        "page_title": _("Cries for help"),
        "header_icon": "warning",
    }
    return render(request, "campaigns/sms/desk/urgent.html", context)


def _lines(cries):
    """Return [(cry, masked number, its texts since then, state of our answer in words)], two queries."""
    cries = list(cries)
    indexes = {cry.phone_index for cry in cries}
    texts = InboundMessage.objects.filter(phone_index__in=indexes, outcome=InboundMessage.Outcome.CRY)
    texts = list(texts.order_by("pk").only("phone_index", "text", "received_at"))
    answers = OutboundMessage.objects.filter(phone_index__in=indexes, kind=OutboundMessage.Kind.URGENT)
    answers = list(answers.order_by("pk").only("phone_index", "state", "created_at"))
    lines = []
    for cry in cries:
        first = cry.inbound_id or 0
        own = [one for one in texts if one.phone_index == cry.phone_index and one.pk >= first]
        if cry.taken_at:
            own = [one for one in own if one.received_at <= cry.taken_at]
        if cry.inbound and cry.inbound not in own:
            own.insert(0, cry.inbound)
        answered = [
            one for one in answers if one.phone_index == cry.phone_index and one.created_at >= cry.raised_at
        ]
        state = answered[0].get_state_display() if answered else ""
        lines.append((cry, masked(cry), own[:10], state))
    return lines


@require_POST
@needs(TAKES_CRIES)
def take(request, pk):
    if urgent.take(pk, by=request.user):
        messages.success(request, _("You have taken it. Nobody else is called any more."))
    else:
        other = urgent.Cry.objects.filter(pk=pk).select_related("taken_by").first()
        name = get_user_display_name(other.taken_by) if other else ""
        messages.info(request, _("%(name)s has taken it already.") % {"name": name})
    return redirect("sms_urgent")


@require_POST
@needs(TAKES_CRIES)
def result(request, pk):
    form = ResultForm(request.POST)
    if form.is_valid() and urgent.note_result(pk, form.cleaned_data["result"], by=request.user):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose what came of it."))
    return redirect("sms_urgent")


# --- on every screen -------------------------------------------------------------------------
@require_safe
@never_cache
def state(request):
    """What the banner says: how many wait and for how long; nothing for those who may not take them."""
    oldest, number = None, 0
    if request.user.has_perm(TAKES_CRIES):
        moments = list(urgent.Cry.objects.waiting().values_list("raised_at", flat=True)[:100])
        oldest, number = (moments[0] if moments else None), len(moments)
    if not number:
        return JsonResponse({"waiting": 0})
    minutes = int((timezone.now() - oldest).total_seconds() // 60)
    words = ngettext(
        "%(number)d cry for help waits, since %(minutes)d min.",
        "%(number)d cries for help wait, the oldest since %(minutes)d min.",
        number,
    ) % {"number": number, "minutes": minutes}
    return JsonResponse({"waiting": number, "words": words, "look": _("Look now")})


def banner_script():
    return format_html(
        '<script type="module" src="{}" data-look="{}" data-state="{}"></script>',
        static("campaigns/sms/urgent.mjs"),
        reverse("sms_urgent"),
        reverse("sms_urgent_state"),
    )


def banner_style():
    return format_html('<link rel="stylesheet" href="{}">', static("campaigns/sms/urgent.css"))


class WaitingCries(Component):
    """On the admin's front page, before all else: the cries that nobody has taken."""

    order = 1
    template_name = "campaigns/sms/desk/waiting_cries.html"

    def get_context_data(self, parent_context):
        return {"cries": list(urgent.Cry.objects.waiting()[:5])}
