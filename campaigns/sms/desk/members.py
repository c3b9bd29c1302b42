"""`/admin/sms/members/<id>/`: one phone: what it signed up for, what it agreed to, how it is reached safely."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.log_actions import log

from campaigns.sms.desk.rights import SEES_MEMBERS, WRITES_MEMBERS, needs
from campaigns.sms.desk.texts import masked
from campaigns.sms.models import Member
from outreach_site import languages
from outreach_site.privacy import consent
from outreach_site.privacy.models import ConsentEvent

NOTED = "campaigns.member.note"
NAMES = {language.code: language.name for language in languages.LANGUAGES}


class SafeContactForm(forms.ModelForm):
    language = forms.ChoiceField(label=gettext_lazy("Language of our texts"), choices=list(NAMES.items()))

    class Meta:
        model = Member
        fields = ("language", "safe_when", "safe_how", "safe_words")


@never_cache
@needs(SEES_MEMBERS)
def page(request, pk):
    member = get_object_or_404(Member, pk=pk)
    may_write = request.user.has_perm(WRITES_MEMBERS)
    form = SafeContactForm(request.POST or None, instance=member)
    if request.method == "POST" and may_write and form.is_valid():
        member.save(update_fields=form.Meta.fields)
        # That it was changed and by whom; the words stay with the member.
        log(member, NOTED, user=request.user, title=masked(member))
        messages.success(request, _("Saved."))
        return redirect("sms_member", pk)
    sign_ups = list(member.sign_ups.select_related("campaign", "area__edition").order_by("-joined_at"))
    events = list(ConsentEvent.objects.filter(phone_index=member.phone_index).order_by("-at", "-pk"))
    titles = {f"campaign:{sign_up.campaign_id}": sign_up.campaign.title for sign_up in sign_ups}
    titles[consent.ALL] = _("everything")
    context = {
        "member": member,
        "masked": masked(member),
        "language": NAMES.get(member.language, member.language),
        "form": form,
        "may_write": may_write,
        "sign_ups": sign_ups,
        "candidates": member.candidates.select_related("campaign"),
        "questions": member.questions.select_related("campaign"),
        "events": [(event, titles.get(event.purpose, event.purpose)) for event in events],
        "page_title": _("Member"),
        "page_subtitle": masked(member),
        "header_icon": "user",
    }
    return render(request, "campaigns/sms/desk/member.html", context)
