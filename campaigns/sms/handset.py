"""A simulated handset for demo and training: its texts go through the same inbox and outbox as any others.

Its numbers are of a range kept for films, which no operator gives out. Nothing leaves the machine.
"""

import functools
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.pages.models import CampaignPage
from campaigns.sms import inbox, invitation, verbs
from campaigns.sms.models import Gateway, InboundMessage, OutboundMessage
from outreach_site import languages
from outreach_site.privacy import phones

NUMBERS = {str(n): f"+44770090000{n}" for n in range(1, 6)}
# What phones let people write, roughly; the inbox itself takes more.
LONGEST = 1000
SHOWN = 40
PATIENCE = timedelta(minutes=1)

IN, OUT = InboundMessage.State, OutboundMessage.State


class TextForm(forms.Form):
    n = forms.ChoiceField(choices=[(n, n) for n in NUMBERS])
    text = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is too long for a text: %(limit_value)d characters at most."),
        },
    )

    def clean_text(self):
        text = self.cleaned_data["text"]
        if "\ufffd" in text:
            raise ValidationError(_("Some letters could not be read. Please write the text again."))
        return text


@dataclass(frozen=True)
class Bubble:
    """A text on the screen of the handset; `state` in words."""

    text: str
    at: datetime
    is_mine: bool
    state: str
    language: str = ""


def simulated(view):
    """Answer 404 unless this site has the simulated handset; give the view its gateway."""

    @functools.wraps(view)
    @never_cache
    def wrapped(request):
        if not settings.PHONE_SIMULATOR:
            raise Http404
        gateway = get_object_or_404(Gateway, kind=Gateway.Kind.SIMULATOR, is_active=True)
        return view(request, gateway)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@simulated
def handset(request, gateway):
    """The handset; a POST sends a text with it."""
    if request.method != "POST":
        return _screen(request, gateway, n=_which(request), text=request.GET.get("text", "")[:LONGEST])
    form = TextForm(request.POST)
    if not form.is_valid():
        n = form.data.get("n")
        return _screen(
            request,
            gateway,
            n=n if n in NUMBERS else "1",
            text=form.data.get("text", "")[:LONGEST],
            errors=[error for errors in form.errors.values() for error in errors],
        )
    text, n = form.cleaned_data["text"], form.cleaned_data["n"]
    inbox.receive(
        gateway=gateway,
        external_id=uuid.uuid4().hex,
        sender=NUMBERS[n],
        recipient=gateway.short_code,
        text=text,
        raw=text.encode(),
        sent_at=None,
    )
    return redirect(f"{reverse('phone')}?{urlencode({'n': n})}#write")


@require_safe
@simulated
def thread(request, gateway):
    """The texts of one handset alone, for the page's script."""
    return render(request, "campaigns/sms/thread.html", _thread(gateway, _which(request)))


def _which(request):
    n = request.GET.get("n", "1")
    if n not in NUMBERS:
        raise Http404
    return n


def _screen(request, gateway, *, n, text, errors=()):
    context = {
        **_thread(gateway, n),
        "n": n,
        "handsets": NUMBERS,
        "gateway": gateway,
        "text": text,
        "errors": errors,
        "longest": LONGEST,
        "suggestions": _suggestions(),
    }
    return render(request, "campaigns/sms/handset.html", context, status=400 if errors else 200)


def _suggestions():
    """Return words to try: how to join each running campaign, how to leave, how to get help."""
    code = languages.interface_code(get_language())
    running = CampaignPage.objects.running().originals().exclude(keyword="")
    campaigns = list(running[:4])
    joining = [invitation.to_join(campaign, code) for campaign in campaigns]
    joining += [invitation.to_join_from(campaign, code) for campaign in campaigns[:2]]
    return [*filter(None, joining), verbs.shown(verbs.LEAVE, code), verbs.shown(verbs.HELP, code)]


def _thread(gateway, n):
    """Return the newest texts from and to handset `n`, oldest first, and whether an answer is awaited."""
    on_it = {"gateway": gateway, "phone_index": phones.index(NUMBERS[n])}
    mine = list(InboundMessage.objects.filter(**on_it).order_by("-pk")[:SHOWN])
    theirs = list(OutboundMessage.objects.filter(**on_it).order_by("-pk")[:SHOWN])
    bubbles = [_from_me(message) for message in mine] + [_to_me(message) for message in theirs]
    recent = timezone.now() - PATIENCE
    under_way = [message.received_at for message in mine if message.state in (IN.NEW, IN.WORKING)]
    under_way += [message.created_at for message in theirs if message.state in (OUT.QUEUED, OUT.SENDING)]
    return {
        "bubbles": sorted(bubbles, key=lambda bubble: bubble.at)[-SHOWN:],
        "is_waiting": any(at > recent for at in under_way),
        "sender": gateway.short_code,
    }


def _from_me(message):
    state = _("on its way") if message.state in (IN.NEW, IN.WORKING) else _("arrived")
    return Bubble(message.text, message.received_at, True, state)


def _to_me(message):
    return Bubble(message.text, message.created_at, False, message.get_state_display(), message.language)
