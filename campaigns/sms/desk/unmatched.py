"""`/admin/sms/unmatched/`: texts that the program did not understand; a person says what becomes of each."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.pages.models import CampaignPage
from campaigns.sms import handling
from campaigns.sms.desk.rights import HANDLES, needs
from campaigns.sms.desk.texts import AnswerForm, masked
from campaigns.sms.models import InboundMessage

A_PAGE = 25
SHOWN = 10


class CampaignForm(forms.Form):
    campaign = forms.ModelChoiceField(CampaignPage.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = running()


def running():
    """Return the campaigns that a text may be assigned to today."""
    open_now = CampaignPage.objects.running(timezone.localdate()).originals().exclude(keyword_folded="")
    return open_now.select_related("locale").order_by("title")


@require_safe
@never_cache
@needs(HANDLES)
def overview(request):
    return _screen(request)


def _screen(request, failed=0, answer_form=None):
    page = Paginator(handling.unmatched(), A_PAGE).get_page(request.GET.get("p"))
    lines = [
        (
            message,
            masked(message) or message.sender_name,
            answer_form if message.pk == failed else AnswerForm(),
        )
        for message in page.object_list
    ]
    context = {
        "lines": lines,
        "page_obj": page,
        "campaigns": list(running()),
        "handled": handling.Handling.objects.select_related("by", "message", "message__campaign")[:SHOWN],
        "page_title": _("Not understood"),
        "header_icon": "mail",
    }
    return render(request, "campaigns/sms/desk/unmatched.html", context)


@require_POST
@never_cache
@needs(HANDLES)
def handle(request, pk, act):
    """Do to text `pk` what was pressed: join, answer, cry, seen."""
    if act not in ("join", "answer", "cry", "seen"):
        raise Http404
    if act == "join":
        form = CampaignForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a campaign that is running."))
            return redirect("sms_unmatched")
        outcome = handling.assign(pk, form.cleaned_data["campaign"], by=request.user)
        if outcome == InboundMessage.Outcome.OUTDATED:
            messages.warning(request, _("She has left since she wrote that: she was not signed up."))
            return redirect("sms_unmatched")
        done, words = outcome is not None, _("Signed up, and welcomed.")
    elif act == "answer":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return _screen(request, failed=pk, answer_form=form)
        done, words = (
            handling.answer(pk, form.cleaned_data["text"], by=request.user),
            _("The answer leaves now."),
        )
    elif act == "cry":
        done = handling.is_cry(pk, by=request.user)
        words = _("The hotline's number goes out now, and the text waits among the cries for help.")
    else:
        done, words = handling.seen(pk, by=request.user), _("Put aside.")
    if done:
        messages.success(request, words)
    else:
        messages.info(request, _("A colleague was first: this text is handled."))
    return redirect("sms_unmatched")
