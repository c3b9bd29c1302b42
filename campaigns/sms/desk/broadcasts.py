"""`/admin/sms/broadcasts/`: write one, look at what it would do, send it, watch it, stop it."""

import uuid
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput
from wagtail.log_actions import log

from campaigns.pages.models import CampaignPage
from campaigns.sms import composing
from campaigns.sms.broadcasts import audience, forecast, progress, running
from campaigns.sms.broadcasts.models import LANGUAGE_CHOICES, LONGEST_TEXT, Broadcast, BroadcastText
from campaigns.sms.desk.rights import SENDS, WRITES_BROADCASTS, needs
from campaigns.sms.models import Gateway
from campaigns.sms.widgets import SmsTextInput
from outreach_site import languages
from outreach_site.areas.forms import AreaField
from outreach_site.editing import records

CONFIRMED, PAUSED = "campaigns.broadcast.confirm", "campaigns.broadcast.pause"
RESUMED, CANCELLED = "campaigns.broadcast.resume", "campaigns.broadcast.cancel"
SHOWN = 30
MOST_AREAS = 3

State = Broadcast.State
REFUSALS = {
    "taken": gettext_lazy("It was confirmed already: it is not sent a second time."),
    "changed": gettext_lazy("It was changed since you looked at it. This is how it is now."),
    "unfit": gettext_lazy("It cannot be sent like this: see below."),
    "grew": gettext_lazy("It would go to many more people than you saw. This is how it is now."),
}


class BroadcastForm(forms.ModelForm):
    """A draft: what it says in each language, to whom, when."""

    day = forms.DateField(
        label=gettext_lazy("Day to send"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Both empty: as soon as it is confirmed."),
    )
    time = forms.TimeField(label=gettext_lazy("Hour to send"), required=False, widget=AdminTimeInput)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Only readers of"),
        required=False,
        choices=LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: readers of every language."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Only people who"), required=False)
    fallback = forms.ChoiceField(label=gettext_lazy("Readers of other languages"), required=False)

    class Meta:
        model = Broadcast
        fields = (
            *("title", "campaign", "gateway", "message_class", "fallback", "languages", "group"),
            *("joined_from", "joined_until", "hours_valid"),
        )
        widgets = {"joined_from": AdminDateInput, "joined_until": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = CampaignPage.objects.originals().order_by("-starts_on", "title")
        self.fields["gateway"].queryset = Gateway.objects.filter(is_active=True)
        self._offer_groups()
        written = self.instance.texts_by_language() if self.instance.pk else {}
        price = composing.price_of_a_part()
        for code, name in LANGUAGE_CHOICES:
            box = SmsTextInput(attrs={"lang": code, "rows": 3})
            box.price = price
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                required=False,
                max_length=LONGEST_TEXT,
                widget=box,
                initial=written.get(code, ""),
            )
        self._offer_areas()
        self.fields["fallback"].choices = [
            ("", _("not decided")),
            *(
                (code, _("get the text in %(language)s") % {"language": name})
                for code, name in LANGUAGE_CHOICES
            ),
            (Broadcast.LEAVE_OUT, _("get nothing")),
        ]
        if self.instance.send_at:
            local = timezone.localtime(self.instance.send_at)
            self.initial.setdefault("day", local.date())
            self.initial.setdefault("time", local.time())

    def _offer_groups(self):
        offered = audience.group_choices()
        if offered:
            self.fields["group"].choices = [("", _("everybody")), *offered]
        else:
            del self.fields["group"]

    def _offer_areas(self):
        chosen = list(self.instance.areas.all()) if self.instance.pk else []
        for number in range(MOST_AREAS):
            self.fields[f"area_{number}"] = AreaField(
                label=_("Only in") if number == 0 else _("or in"),
                required=False,
                initial=chosen[number] if number < len(chosen) else None,
            )

    def text_fields(self):
        """The boxes for texts, in the order of the languages."""
        return [self[f"text_{code}"] for code, _name in LANGUAGE_CHOICES]

    def area_fields(self):
        return [self[f"area_{number}"] for number in range(MOST_AREAS)]

    def clean(self):
        data = super().clean()
        self._clean_texts(data)
        start, end = data.get("joined_from"), data.get("joined_until")
        if start and end and end < start:
            self.add_error("joined_until", _("This day lies before the first."))
        self.send_at = self._moment(data)
        return data

    def _clean_texts(self, data):
        for code, _name in LANGUAGE_CHOICES:
            for refusal in composing.refusals(data.get(f"text_{code}", ""), code):
                self.add_error(f"text_{code}", refusal)
        fallback = data.get("fallback")
        if fallback not in ("", None, Broadcast.LEAVE_OUT) and not data.get(f"text_{fallback}"):
            self.add_error("fallback", _("Nothing is written in this language."))

    def _moment(self, data):
        day, clock = data.get("day"), data.get("time")
        if {"day", "time"} & set(self.errors) or not (day or clock):
            return None
        if not (day and clock):
            self.add_error("time" if day else "day", _("A time needs both: the day and the hour."))
            return None
        moment = timezone.make_aware(datetime.combine(day, clock))
        if moment < timezone.now():
            self.add_error("day", _("This moment is over."))
        return moment

    @transaction.atomic
    def save(self, author=None):
        broadcast = self.instance
        if author and not broadcast.author_id:
            broadcast.author = author
        broadcast.send_at = self.send_at
        broadcast.token = uuid.uuid4()
        broadcast.save()
        broadcast.areas.set(filter(None, (self.cleaned_data[f"area_{n}"] for n in range(MOST_AREAS))))
        written = {code: self.cleaned_data[f"text_{code}"] for code, _name in LANGUAGE_CHOICES}
        broadcast.texts.exclude(language__in=[code for code, text in written.items() if text]).delete()
        for code, text in written.items():
            if text:
                BroadcastText.objects.update_or_create(
                    broadcast=broadcast, language=code, defaults={"text": text}
                )
        return broadcast


# --- the list ------------------------------------------------------------------------------
@require_safe
@never_cache
@needs(WRITES_BROADCASTS)
def overview(request):
    found = Broadcast.objects.select_related("campaign", "author", "confirmed_by")
    page = Paginator(found, SHOWN).get_page(request.GET.get("p"))
    sums = progress.sums(page.object_list)
    context = {
        "page": page,
        "lines": [(one, *sums.get(one.pk, (0, 0, 0))) for one in page],
        "page_title": _("Broadcasts"),
        "header_icon": "mail",
    }
    return render(request, "campaigns/sms/desk/broadcasts.html", context)


# --- writing -------------------------------------------------------------------------------
@never_cache
@needs(WRITES_BROADCASTS)
def add(request):
    first = Gateway.objects.filter(is_active=True).exclude(kind=Gateway.Kind.SIMULATOR).first()
    source = Broadcast.objects.filter(pk=_number(request.GET.get("like"))).first()
    initial = _like(source) if source else {"gateway": first}
    form = BroadcastForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("sms_broadcast", form.save(author=request.user).pk)
    return _form(request, form, _("New broadcast"))


def _number(text):
    return int(text) if (text or "").isdecimal() and len(text) < 18 else None


def _like(source):
    """Return what a new draft begins with that is written like `source`."""
    names = [name for name in BroadcastForm.Meta.fields if name != "title"]
    initial = {"title": source.title, **{name: getattr(source, name) for name in names}}
    initial |= {f"text_{code}": text for code, text in source.texts_by_language().items()}
    return initial | {f"area_{n}": area for n, area in enumerate(source.areas.all()[:MOST_AREAS])}


@never_cache
@needs(WRITES_BROADCASTS)
def edit(request, pk):
    broadcast = get_object_or_404(Broadcast, pk=pk)
    if not broadcast.is_draft:
        messages.warning(request, _("It was confirmed already and can no longer be changed."))
        return redirect("sms_broadcast", pk)
    form = BroadcastForm(request.POST or None, instance=broadcast)
    records.carry(form)
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("sms_broadcast", pk)
    return _form(request, form, _("Broadcast"), broadcast.title)


def _save(request, form):
    """Save the draft unless somebody saved a newer one, or had it sent. Returns whether it was saved."""
    with transaction.atomic():
        newest = Broadcast.objects.select_for_update().get(pk=form.instance.pk)
        if not newest.is_draft:
            form.add_error(None, REFUSALS["taken"])
            return False
        there = BroadcastForm(instance=newest)
        if records.is_behind(form, there):
            messages.error(request, records.bring_back(form, there, request.user))
            return False
        form.save()
    return True


def _form(request, form, title, subtitle=""):
    context = {
        "form": form,
        "page_title": title,
        "page_subtitle": subtitle,
        "header_icon": "mail",
        "media": form.media,
    }
    status = 400 if form.errors else 200
    return render(request, "campaigns/sms/desk/broadcast_form.html", context, status=status)


# --- looking and sending -------------------------------------------------------------------
@require_safe
@never_cache
@needs(WRITES_BROADCASTS)
def page(request, pk):
    broadcast = _found(pk)
    return _preview(request, broadcast) if broadcast.is_draft else _watch(request, broadcast)


def _found(pk):
    related = Broadcast.objects.select_related(
        "campaign", "gateway", "author", "confirmed_by", "stopped_by", "hold"
    )
    return get_object_or_404(related.prefetch_related("texts", Prefetch("areas")), pk=pk)


def _preview(request, broadcast, status=200):
    context = {
        "broadcast": broadcast,
        "forecast": forecast.of(broadcast),
        "currency": settings.SMS_CURRENCY,
        "may_send": request.user.has_perm(SENDS),
        "who": _audience_in_words(broadcast),
        "page_title": _("Broadcast"),
        "page_subtitle": broadcast.title,
        "header_icon": "mail",
    }
    return render(request, "campaigns/sms/desk/broadcast_preview.html", context, status=status)


def _watch(request, broadcast):
    context = {
        "broadcast": broadcast,
        "found": progress.of(broadcast),
        "rows": _rows(broadcast),
        "texts": [(languages.get(code), text) for code, text in broadcast.texts_by_language().items()],
        "who": _audience_in_words(broadcast),
        "currency": settings.SMS_CURRENCY,
        "may_send": request.user.has_perm(SENDS),
        "page_title": _("Broadcast"),
        "page_subtitle": broadcast.title,
        "header_icon": "mail",
    }
    return render(request, "campaigns/sms/desk/broadcast.html", context)


def _rows(broadcast):
    found = progress.of(broadcast)
    return [(state.value, state.label, number) for state, number in found.rows]


def _audience_in_words(broadcast):
    """Return sentences: whom it goes to."""
    said = [_("Whoever joined “%(campaign)s” and has not left.") % {"campaign": broadcast.campaign.title}]
    if broadcast.languages:
        names = ", ".join(languages.get(code).name for code in broadcast.languages)
        said.append(_("Only readers of: %(names)s.") % {"names": names})
    areas = list(broadcast.areas.all())
    if areas:
        said.append(_("Only in: %(names)s.") % {"names": "; ".join(area.label for area in areas)})
    if broadcast.joined_from:
        said.append(_("Joined from %(day)s on.") % {"day": date_format(broadcast.joined_from, "j/n/Y")})
    if broadcast.joined_until:
        said.append(_("Joined until %(day)s.") % {"day": date_format(broadcast.joined_until, "j/n/Y")})
    for heading, choices in audience.group_choices():
        said += [f"{heading}: {words}" for key, words in choices if key == broadcast.group]
    return said


@require_safe
@never_cache
@needs(WRITES_BROADCASTS)
def state(request, pk):
    """What the page of a broadcast asks for while it is open: numbers in words."""
    broadcast = _found(pk)
    found = progress.of(broadcast)
    ends = date_format(timezone.localtime(found.ends_at), "H:i j/n/Y") if found.ends_at else ""
    return JsonResponse(
        {
            "state": broadcast.get_state_display(),
            "is_over": broadcast.is_over,
            "is_paused": broadcast.paused_at is not None,
            "percent": found.percent,
            "texts": number_format(found.texts, force_grouping=True),
            "settled": number_format(found.settled, force_grouping=True),
            "parts": number_format(found.parts, force_grouping=True),
            "cost": number_format(found.cost, force_grouping=True),
            "ends": ends,
            "rows": [
                [value, str(label), number_format(number, force_grouping=True)]
                for value, label, number in _rows(broadcast)
            ],
        }
    )


@require_POST
@needs(SENDS)
def confirm(request, pk):
    broadcast = _found(pk)
    try:
        running.confirm(
            pk,
            token=request.POST.get("token", ""),
            people=_number(request.POST.get("people")) or 0,
            by=request.user,
        )
    except running.Refused as refusal:
        # Words now: the message is written down after this view, when another language may be on.
        messages.error(request, str(REFUSALS[refusal.reason]))
        return redirect("sms_broadcast", pk)
    log(broadcast, CONFIRMED, user=request.user)
    messages.success(request, _("Confirmed. You can pause or cancel it here at any time."))
    return redirect("sms_broadcast", pk)


@require_POST
@needs(SENDS)
def pause(request, pk):
    broadcast = _found(pk)
    number = running.pause(pk, by=request.user)
    if number is None:
        messages.info(request, _("There is nothing to pause."))
    else:
        log(broadcast, PAUSED, user=request.user)
        words = ngettext("Paused. %(number)d text waits.", "Paused. %(number)d texts wait.", number)
        messages.success(request, words % {"number": number})
    return redirect("sms_broadcast", pk)


@require_POST
@needs(SENDS)
def resume(request, pk):
    broadcast = _found(pk)
    try:
        number = running.resume(pk, by=request.user)
    except running.Refused:
        messages.error(request, _("It cannot go on: it is too late, or it can no longer be sent like this."))
        return redirect("sms_broadcast", pk)
    if number is None:
        messages.info(request, _("It was not paused."))
    else:
        log(broadcast, RESUMED, user=request.user)
        messages.success(request, _("It goes on where it was paused."))
    return redirect("sms_broadcast", pk)


@require_POST
@needs(SENDS)
def cancel(request, pk):
    broadcast = _found(pk)
    number = running.cancel(pk, by=request.user)
    if number is None:
        messages.info(request, _("There is nothing to cancel."))
    else:
        log(broadcast, CANCELLED, user=request.user)
        words = ngettext(
            "Cancelled. %(number)d text was not sent.", "Cancelled. %(number)d texts were not sent.", number
        )
        messages.success(request, words % {"number": number})
    return redirect("sms_broadcast", pk)


@require_POST
@needs(WRITES_BROADCASTS)
def throw_away(request, pk):
    """Delete a draft. What was confirmed stays for good."""
    with transaction.atomic():
        broadcast = get_object_or_404(Broadcast.objects.select_for_update(), pk=pk)
        if not broadcast.is_draft:
            messages.warning(request, _("It was confirmed already and can no longer be changed."))
            return redirect("sms_broadcast", pk)
        broadcast.delete()
    messages.success(request, _("The draft is deleted."))
    return redirect("sms_broadcasts")
