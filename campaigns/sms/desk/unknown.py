"""`/admin/sms/unknown/`: texts of which nobody knows whether they were sent; a person decides about each."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.utils import get_user_display_name

from campaigns.sms import decisions
from campaigns.sms.desk.rights import DECIDES, SEES, needs

A_PAGE = 50
SHOWN = 10
DECIDE = {
    "sent": decisions.was_sent,
    "again": decisions.send_again,
    "leave": decisions.leave,
}
# What stands in a text's row, in words; other codes are the provider's own.
WHY = {
    "worker_lost": gettext_lazy("The program stopped while it was sending."),
    "no_answer": gettext_lazy("The gateway did not answer in time."),
}


class DecisionForm(forms.Form):
    texts = forms.TypedMultipleChoiceField(coerce=int)
    choice = forms.ChoiceField(choices=[(one, one) for one in DECIDE])
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, data, ids):
        super().__init__(data)
        self.fields["texts"].choices = [(pk, pk) for pk in ids]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(SEES)
def overview(request):
    if request.method == "POST":
        return decide(request)
    page = Paginator(decisions.undecided(), A_PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    lines = [
        (message, WHY.get(message.last_error, message.last_error), _is_too_late(message, now))
        for message in page.object_list
    ]
    context = {
        "lines": lines,
        "page_obj": page,
        "may_decide": request.user.has_perm(DECIDES),
        "decided": decisions.Decision.objects.select_related("by", "message")[:SHOWN],
        "page_title": _("Was it sent?"),
        "header_icon": "help",
    }
    return render(request, "campaigns/sms/desk/unknown.html", context)


def _is_too_late(message, now):
    """Return whether the text, sent again, would only be dropped; an answer that a person sends is not."""
    return not message.is_answer and message.expires_at is not None and message.expires_at <= now


@needs(DECIDES)
def decide(request):
    """Decide about the texts that were ticked, or about the one whose own button was pressed."""
    ids = [text for text in request.POST.getlist("texts") if text.isascii() and text.isdigit()][:A_PAGE]
    form = DecisionForm(request.POST, ids)
    if not form.is_valid():
        messages.error(request, _("Tick the texts first, then say what became of them."))
        return redirect("sms_unknown")
    asked, act = form.cleaned_data["texts"], DECIDE[form.cleaned_data["choice"]]
    done = [act(pk, by=request.user, reason=form.cleaned_data["reason"]) for pk in asked]
    if number := sum(done):
        words = ngettext("%(number)d text decided.", "%(number)d texts decided.", number)
        messages.success(request, words % {"number": number})
    if late := [pk for pk, was_mine in zip(asked, done, strict=True) if not was_mine]:
        messages.warning(request, _what_happened(late))
    return redirect("sms_unknown")


def _what_happened(ids):
    """Return who decided about texts before this person could, in words."""
    others = decisions.Decision.objects.filter(message__in=ids).select_related("by")
    names = sorted({get_user_display_name(one.by) for one in others if one.by})
    words = ngettext(
        "%(number)d text was decided in the meantime.",
        "%(number)d texts were decided in the meantime.",
        len(ids),
    ) % {"number": len(ids)}
    return f"{words} ({', '.join(names)})" if names else words
