"""`/admin/translations/words/`: the words that wait in each language, as a screen and as a table."""

import csv

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach_site.translation import coverage, desk, words


class CampaignForm(forms.Form):
    campaign = forms.TypedChoiceField(
        label=gettext_lazy("Campaign"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data, user):
        super().__init__(data)
        groups = coverage.groups(list(desk.originals_for(user)))
        self.fields["campaign"].choices = [("", _("all pages")), *((one.pk, one.title) for one in groups)]


@require_safe
@never_cache
def report(request):
    form = CampaignForm(request.GET, request.user)
    campaign = form.cleaned_data["campaign"] if form.is_valid() else None
    lines = words.report(request.user, campaign=campaign)
    if request.GET.get("as") == "csv":
        return _table(lines)
    context = {
        "form": form,
        "lines": lines,
        "query": request.GET.urlencode(),
        "header_title": _("Words to translate"),
        "page_title": _("Words to translate"),
        "header_icon": "globe",
    }
    return render(request, "outreach_site/translation/words.html", context)


def _table(lines):
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Cache-Control": "no-store"})
    response["Content-Disposition"] = 'attachment; filename="words.csv"'
    # Spreadsheets take UTF-8 for something else unless it begins with this mark.
    response.write("\ufeff")
    out = csv.writer(response)
    heads = (_("Language"), _("Pages"), _("Words"), _("Translated"), _("Machine draft"), _("Out of date"))
    out.writerow([*heads, _("Missing")])
    for line in lines:
        out.writerow(
            [line.code, line.pages, line.words, line.translated, line.machine, line.outdated, line.missing]
        )
    return response
