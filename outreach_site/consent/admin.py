"""Staff screens of the consent records."""

from datetime import datetime

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from outreach_site.consent import removal, rules
from outreach_site.consent.models import ConsentRecord, Removal
from outreach_site.editing.records import RecordViewSet

WARN_DAYS = 30


class ConsentRecordViewSet(RecordViewSet):
    model = ConsentRecord
    icon = "clipboard-list"
    menu_label = gettext_lazy("Consent records")
    menu_order = 160
    add_to_admin_menu = True
    list_display = [
        "reference",
        BooleanColumn("for_web", label=gettext_lazy("on this site")),
        BooleanColumn("for_print", label=gettext_lazy("in print")),
        "valid_from",
        "valid_until",
        DateColumn("withdrawn_at", label=gettext_lazy("withdrawn at")),
    ]
    list_export = [
        "reference",
        "uses",
        "for_web",
        "for_print",
        "for_social",
        "shows_child",
        "valid_from",
        "valid_until",
        "withdrawn_at",
    ]
    list_filter = ["for_web", "for_print", "for_social", "shows_child"]
    search_fields = ["reference", "uses"]
    panels = [
        HelpPanel(template="outreach_site/admin/consent_state.html"),
        MultiFieldPanel([FieldPanel("reference"), FieldPanel("paper")], heading=gettext_lazy("The paper")),
        MultiFieldPanel(
            [
                FieldPanel("uses"),
                FieldRowPanel([FieldPanel("for_web"), FieldPanel("for_print"), FieldPanel("for_social")]),
                FieldRowPanel([FieldPanel("shows_child"), FieldPanel("guardian_signed")]),
            ],
            heading=gettext_lazy("What was agreed"),
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    ]


may_withdraw = permission_required("outreach_site.change_consentrecord", raise_exception=True)


@may_withdraw
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Ask once more, naming every place; then take the pictures down."""
    record = get_object_or_404(ConsentRecord, pk=pk)
    if request.method == "POST":
        return redirect("consent_report", removal.withdraw(record, request.user).pk)
    pictures = [
        (picture, [place for place, _references in ReferenceIndex.get_grouped_references_to(picture)])
        for picture in get_image_model().objects.filter(consent=record)
    ]
    context = {
        "record": record,
        "pictures": pictures,
        "back_url": reverse(ConsentRecord.snippet_viewset.get_url_name("edit"), args=[pk]),
        "page_title": _("Withdraw consent"),
    }
    return render(request, "outreach_site/admin/consent_withdraw.html", context)


@may_withdraw
@require_safe
def report(request, pk):
    """What was taken down, when, and what remains outside of our reach."""
    removal = get_object_or_404(Removal.objects.select_related("record", "asked_by"), pk=pk)
    context = {
        "removal": removal,
        "pictures": [
            {
                **found,
                "files": [{**file, "at": datetime.fromisoformat(file["at"])} for file in found["files"]],
            }
            for found in removal.report.get("pictures", [])
        ],
        "page_title": _("Report of the removal"),
    }
    return render(request, "outreach_site/admin/consent_report.html", context)


def stop_publishing(request, page):
    """Before a page is published: when a picture on it has no valid consent, keep the draft and say so."""
    problems = rules.problems_of(page)
    if not problems:
        return None
    for _path, picture, problem in problems:
        messages.error(request, f"{picture.title}: {problem}")
    return redirect("wagtailadmin_pages:edit", page.pk)


urlpatterns = [
    path("consent/<int:pk>/withdraw/", withdraw, name="consent_withdraw"),
    path("consent/removals/<int:pk>/", report, name="consent_report"),
]


class ConsentsEnding(Component):
    """On the admin's front page: consents that end within 30 days and have pictures."""

    order = 55
    template_name = "outreach_site/admin/consents_ending.html"

    def get_context_data(self, parent_context):
        ending = ConsentRecord.objects.ending_within(WARN_DAYS).filter(pictures__isnull=False).distinct()
        address = ConsentRecord.snippet_viewset.get_url_name("edit")
        return {"records": [(record, reverse(address, args=[record.pk])) for record in ending]}
