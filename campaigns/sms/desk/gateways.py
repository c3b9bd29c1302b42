"""`/admin/sms/gateways/`: how each gateway is; pause it, resume it, change its pace and price."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.widgets import AdminTimeInput
from wagtail.log_actions import log

from campaigns.sms import pausing
from campaigns.sms.desk import health
from campaigns.sms.desk.rights import ACTS, SEES, needs
from campaigns.sms.models import Gateway
from outreach_site.editing import records

# More than any contract allows: a slip of the keyboard.
FASTEST = 1000
DEAREST = 100_000
QUIET = (("quiet_from", "quiet_until"), ("promotion_quiet_from", "promotion_quiet_until"))


class GatewayForm(forms.ModelForm):
    """What staff set of a gateway. Its secret and its kind are not theirs."""

    class Meta:
        model = Gateway
        fields = (
            *("is_active", "short_code", "per_second", "cost_per_part", "quiet_from", "quiet_until"),
            *("promotion_label", "promotion_opt_out", "promotion_quiet_from", "promotion_quiet_until"),
            "promotions_a_day",
        )
        widgets = {name: AdminTimeInput for pair in QUIET for name in pair}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if settings.SMS_CURRENCY:
            self.fields["cost_per_part"].help_text = settings.SMS_CURRENCY

    def clean_per_second(self):
        rate = self.cleaned_data["per_second"]
        if rate > FASTEST:
            raise ValidationError(_("More than %(most)d parts a second?") % {"most": FASTEST})
        return rate

    def clean_cost_per_part(self):
        cost = self.cleaned_data["cost_per_part"]
        if not 0 <= cost <= DEAREST:
            raise ValidationError(_("A part costs 0 or more, and not above %(most)d.") % {"most": DEAREST})
        return cost

    def clean_promotions_a_day(self):
        number = self.cleaned_data["promotions_a_day"]
        if number < 1:
            raise ValidationError(_("One at least. To send no promotion, leave its label empty."))
        return number

    def clean(self):
        data = super().clean()
        for start, end in QUIET:
            if (data.get(start) is None) != (data.get(end) is None) and not {start, end} & set(self.errors):
                self.add_error(end, _("Quiet hours need both times, or neither."))
        if bool(data.get("promotion_label")) != bool(data.get("promotion_opt_out")):
            self.add_error(
                "promotion_opt_out",
                _("Promotion needs its label and the way to refuse; else leave both empty."),
            )
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)


@require_safe
@never_cache
@needs(SEES)
def overview(request):
    context = {
        "lines": health.of_all(),
        "currency": settings.SMS_CURRENCY,
        "may_act": request.user.has_perm(ACTS),
        "page_title": _("Gateways"),
        "header_icon": "mobile-alt",
    }
    return render(request, "campaigns/sms/desk/gateways.html", context)


@require_POST
@needs(ACTS)
def pause(request, pk):
    gateway = get_object_or_404(Gateway, pk=pk)
    if pausing.pause(gateway.pk, by=request.user, reason=_reason(request)):
        messages.success(request, _("%(gateway)s is paused. Its texts wait.") % {"gateway": gateway})
    else:
        messages.info(request, _("%(gateway)s was paused already.") % {"gateway": gateway})
    return redirect("sms_gateways")


@require_POST
@needs(ACTS)
def resume(request, pk):
    gateway = get_object_or_404(Gateway, pk=pk)
    if pausing.resume(gateway.pk, by=request.user, reason=_reason(request)):
        messages.success(request, _("%(gateway)s sends again, what waits first.") % {"gateway": gateway})
    else:
        messages.info(request, _("%(gateway)s was sending already.") % {"gateway": gateway})
    return redirect("sms_gateways")


def _reason(request):
    form = ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


def _save(request, form):
    """Save the valid `form`, unless it is behind. Returns whether it was saved."""
    gateway = form.instance
    with transaction.atomic():
        newest = GatewayForm(instance=Gateway.objects.select_for_update().get(pk=gateway.pk))
        if records.is_behind(form, newest):
            messages.error(request, records.bring_back(form, newest, request.user))
            return False
        # Only what the form asks for: the outbox writes other columns of the row meanwhile.
        gateway.save(update_fields=form.Meta.fields)
        log(gateway, pausing.EDITED, user=request.user, data={"fields": form.changed_data})
    messages.success(request, _("Saved. Texts that leave from now on follow it."))
    return True


@never_cache
@needs(ACTS)
def edit(request, pk):
    gateway = get_object_or_404(Gateway, pk=pk)
    form = GatewayForm(request.POST or None, instance=gateway)
    records.carry(form)
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("sms_gateways")
    context = {
        "form": form,
        "gateway": gateway,
        "caps": (settings.SMS_PARTS_A_DAY, settings.SMS_PARTS_A_CAMPAIGN_A_DAY),
        "page_title": _("Gateway"),
        "page_subtitle": gateway.slug,
        "header_icon": "mobile-alt",
    }
    return render(request, "campaigns/sms/desk/gateway.html", context, status=400 if form.errors else 200)
