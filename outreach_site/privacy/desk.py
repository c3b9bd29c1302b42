"""`/admin/privacy/`: a person asks what is held about her, or that it be erased; and what is kept how long."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from outreach_site.privacy import holdings, phones, retention
from outreach_site.privacy.models import RetentionRule, RetentionRun, RightsAnswer

ANSWERS = "outreach_site.add_rightsanswer"
SHOWN = 20


class PersonForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Whole phone number"), max_length=30)

    def clean_number(self):
        phone = phones.normalise(self.cleaned_data["number"])
        if not phone:
            raise forms.ValidationError(_("This is no whole phone number."))
        return phone


class ReasonForm(PersonForm):
    reason = forms.CharField(
        label=gettext_lazy("Who asked, and how you know that it is her number"),
        max_length=300,
        error_messages={"required": gettext_lazy("Please say who asked, and how you know.")},
    )


class MonthsForm(forms.ModelForm):
    class Meta:
        model = RetentionRule
        fields = ("months",)


def needs_right(view):
    """Decorate a view: only for those who answer people about their data."""

    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(ANSWERS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_right
def overview(request):
    """Ask for a number, by POST so that it stands in no address; then show what is held about it."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _person(request, form.cleaned_data["number"])
    context = {
        "form": form,
        "rules": [
            (holding, MonthsForm(instance=rule, prefix=rule.key)) for holding, rule in retention.rules()
        ],
        "runs": [(_label(run.key), run) for run in RetentionRun.objects.all()[:SHOWN]],
        "answers": RightsAnswer.objects.select_related("by")[:SHOWN],
        "page_title": _("People and their data"),
        "header_icon": "key",
    }
    return render(request, "outreach_site/privacy/overview.html", context)


def _label(key):
    return next((holding.label for holding in holdings.all_of_them() if holding.key == key), key)


def _person(request, phone, reason_form=None):
    held = holdings.held(phones.index(phone))
    context = {
        "held": [(holding, rows) for holding, rows in held if rows],
        "masked": phones.mask(phone),
        "form": reason_form or ReasonForm(initial={"number": phone}),
        "answers": RightsAnswer.objects.filter(phone_index=phones.index(phone)).select_related("by"),
        "page_title": _("What is held about one number"),
        "page_subtitle": phones.mask(phone),
        "header_icon": "key",
    }
    return render(request, "outreach_site/privacy/person.html", context)


@require_POST
@never_cache
@needs_right
def hand_out(request):
    """Give everything about a number as a file, to be passed on to the person."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    found = holdings.hand_out(
        phones.index(form.cleaned_data["number"]), by=request.user, reason=form.cleaned_data["reason"]
    )
    content = {"made_at": timezone.now().isoformat(), "number": form.cleaned_data["number"], **found}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="data.json"'
    return response


@require_POST
@never_cache
@needs_right
def erase(request):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    try:
        done = holdings.erase(
            phones.index(form.cleaned_data["number"]), by=request.user, reason=form.cleaned_data["reason"]
        )
    except holdings.Refused as refusal:
        messages.error(request, str(refusal))
        return _person(request, form.cleaned_data["number"], form)
    messages.success(
        request,
        _("Erased: %(number)d rows. The number gets no text from now on, unless she writes again.")
        % {"number": sum(done.values())},
    )
    return redirect("privacy")


def _again(request, form):
    phone = phones.normalise(request.POST.get("number", ""))
    if phone:
        return _person(request, phone, form)
    messages.error(request, _("This is no whole phone number."))
    return redirect("privacy")


@require_POST
@needs_right
def keep(request):
    """Set for how long each kind of thing is kept."""
    forms_ = [MonthsForm(request.POST, instance=rule, prefix=rule.key) for _h, rule in retention.rules()]
    if all(form.is_valid() for form in forms_):
        for form in forms_:
            form.save()
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Write a number of months, 0 for as long as she does not ask."))
    return redirect("privacy")


class PrivacyMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(ANSWERS)


@hooks.register("register_settings_menu_item")
def menu():
    return PrivacyMenuItem(_("People and their data"), reverse("privacy"), icon_name="key", order=900)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("privacy/", overview, name="privacy"),
        path("privacy/export/", hand_out, name="privacy_export"),
        path("privacy/erase/", erase, name="privacy_erase"),
        path("privacy/keep/", keep, name="privacy_keep"),
    ]
