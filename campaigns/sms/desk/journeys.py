"""`/admin/sms/journeys/`: texts that follow a date; written, started, stopped."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.forms import inlineformset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.widgets import AdminTimeInput
from wagtail.log_actions import log

from campaigns.pages.models import CampaignPage
from campaigns.sms import composing
from campaigns.sms.broadcasts.models import LANGUAGE_CHOICES, LONGEST_TEXT
from campaigns.sms.desk.rights import SENDS, WRITES_BROADCASTS, needs
from campaigns.sms.journeys import anchors, firing
from campaigns.sms.journeys.models import MOST_DAYS, Fire, Journey, JourneyStep, JourneyText
from campaigns.sms.models import Gateway, OutboundMessage
from campaigns.sms.widgets import SmsTextInput

STARTED, STOPPED, EDITED = "campaigns.journey.start", "campaigns.journey.stop", "campaigns.journey.edit"
# Empty rows for steps to come; saved, there are as many again.
EXTRA = 2


class JourneyForm(forms.ModelForm):
    anchor = forms.ChoiceField(label=gettext_lazy("Counted from"))
    # What was opened: a save on top of another version is refused.
    opened = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Journey
        fields = ("name", "campaign", "anchor", "gateway")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = CampaignPage.objects.originals().order_by("-starts_on", "title")
        self.fields["gateway"].queryset = Gateway.objects.filter(is_active=True)
        self.fields["anchor"].choices = anchors.choices()
        self.initial["opened"] = self.instance.version if self.instance.pk else ""


class StepForm(forms.ModelForm):
    """One text: so many days before or after, at an hour, in each language."""

    number = forms.IntegerField(label=gettext_lazy("Days"), min_value=0, max_value=MOST_DAYS)
    side = forms.ChoiceField(
        label=gettext_lazy("Before or after"),
        choices=[("1", gettext_lazy("after the date")), ("-1", gettext_lazy("before the date"))],
    )
    fallback = forms.ChoiceField(label=gettext_lazy("Readers of other languages"), required=False)

    class Meta:
        model = JourneyStep
        fields = ("hour", "hours_valid", "fallback")
        widgets = {"hour": AdminTimeInput}

    def __init__(self, *args, price=0, **kwargs):
        super().__init__(*args, **kwargs)
        written = self.instance.texts_by_language() if self.instance.pk else {}
        for code, name in LANGUAGE_CHOICES:
            box = SmsTextInput(attrs={"lang": code, "rows": 2})
            box.price = price
            self.fields[f"text_{code}"] = forms.CharField(
                label=name, required=False, max_length=LONGEST_TEXT, widget=box, initial=written.get(code, "")
            )
        self.fields["fallback"].choices = [
            ("", _("get nothing")),
            *(
                (code, _("get the text in %(language)s") % {"language": name})
                for code, name in LANGUAGE_CHOICES
            ),
        ]
        if self.instance.pk:
            self.initial |= {
                "number": abs(self.instance.days),
                "side": "-1" if self.instance.days < 0 else "1",
            }

    def when_fields(self):
        return [self[name] for name in ("number", "side", "hour", "hours_valid")]

    def text_fields(self):
        return [self[f"text_{code}"] for code, _name in LANGUAGE_CHOICES]

    def clean(self):
        data = super().clean()
        texts = {code: data.get(f"text_{code}", "") for code, _name in LANGUAGE_CHOICES}
        for code, text in texts.items():
            for refusal in composing.refusals(text, code):
                self.add_error(f"text_{code}", refusal)
        if not any(texts.values()) and not self.errors:
            self.add_error(f"text_{LANGUAGE_CHOICES[0][0]}", _("Write the text in at least one language."))
        if data.get("fallback") and not texts[data["fallback"]]:
            self.add_error("fallback", _("Nothing is written in this language."))
        return data

    def save(self, commit=True):
        step = self.instance
        step.days = self.cleaned_data["number"] * int(self.cleaned_data["side"])
        step.save()
        written = {code: self.cleaned_data[f"text_{code}"] for code, _name in LANGUAGE_CHOICES}
        step.texts.exclude(language__in=[code for code, text in written.items() if text]).delete()
        for code, text in written.items():
            if text:
                JourneyText.objects.update_or_create(step=step, language=code, defaults={"text": text})
        return step


StepFormSet = inlineformset_factory(Journey, JourneyStep, form=StepForm, extra=EXTRA, can_delete=True)


@require_safe
@never_cache
@needs(WRITES_BROADCASTS)
def overview(request):
    journeys = Journey.objects.select_related("campaign").prefetch_related("steps__texts")
    left = Q(message__state__in=[OutboundMessage.State.SENT, OutboundMessage.State.DELIVERED])
    counted = (
        Fire.objects.order_by().values_list("step").annotate(texts=Count("pk"), left=Count("pk", filter=left))
    )
    sums = {step: (texts, left) for step, texts, left in counted}
    context = {
        "lines": [
            (
                one,
                dict(anchors.choices()).get(one.anchor, one.anchor),
                [(step, *sums.get(step.pk, (0, 0))) for step in one.steps.all()],
            )
            for one in journeys
        ],
        "may_send": request.user.has_perm(SENDS),
        "page_title": _("Journeys"),
        "header_icon": "date",
    }
    return render(request, "campaigns/sms/desk/journeys.html", context)


@never_cache
@needs(WRITES_BROADCASTS)
def add(request):
    gateway = Gateway.objects.filter(is_active=True).exclude(kind=Gateway.Kind.SIMULATOR).first()
    return _edit(request, Journey(author=request.user, gateway=gateway), _("New journey"))


@never_cache
@needs(WRITES_BROADCASTS)
def edit(request, pk):
    return _edit(request, get_object_or_404(Journey, pk=pk), _("Journey"))


def _edit(request, journey, title):
    form = JourneyForm(request.POST or None, instance=journey)
    steps = StepFormSet(
        request.POST or None, instance=journey, form_kwargs={"price": composing.price_of_a_part()}
    )
    is_fine = request.method == "POST" and form.is_valid() & steps.is_valid()
    if is_fine and _save(request, form, steps):
        return redirect("sms_journeys")
    context = {
        "form": form,
        "steps": steps,
        "facts": {name for one in anchors.offered() for name in one.facts},
        "page_title": title,
        "page_subtitle": journey.name if journey.pk else "",
        "header_icon": "date",
    }
    status = 400 if form.errors or any(steps.errors) else 200
    return render(request, "campaigns/sms/desk/journey.html", context, status=status)


@transaction.atomic
def _save(request, form, steps):
    """Save the journey with its steps, unless somebody saved another version. Returns whether it was saved."""
    journey = form.instance
    number = 0
    if journey.pk:
        newest = Journey.objects.select_for_update().get(pk=journey.pk)
        if form.cleaned_data["opened"] not in (None, newest.version):
            form.add_error(
                None,
                _(
                    "Somebody saved a newer version meanwhile. Nothing was saved: copy what you wrote, and open it again."
                ),
            )
            return False
        # First: a step that is deleted takes with it which of its texts still wait.
        number = firing.edited(journey)
    journey.save()
    steps.save()
    log(journey, EDITED, user=request.user)
    messages.success(request, _("Saved."))
    if number:
        words = ngettext(
            "%(number)d text of the older version is stopped.",
            "%(number)d texts of the older version are stopped.",
            number,
        )
        messages.info(request, words % {"number": number})
    return True


@require_POST
@needs(SENDS)
def start(request, pk):
    journey = get_object_or_404(Journey, pk=pk)
    if not journey.steps.exists():
        messages.error(request, _("It has no step yet."))
        return redirect("sms_journeys")
    firing.start(journey)
    log(journey, STARTED, user=request.user)
    messages.success(request, _("It runs. What was due before now is not made up for."))
    return redirect("sms_journeys")


@require_POST
@needs(SENDS)
def stop(request, pk):
    journey = get_object_or_404(Journey, pk=pk)
    number = firing.stop(journey)
    log(journey, STOPPED, user=request.user)
    words = ngettext(
        "It rests. %(number)d text that had not left is stopped.",
        "It rests. %(number)d texts that had not left are stopped.",
        number,
    )
    messages.success(request, words % {"number": number})
    return redirect("sms_journeys")
