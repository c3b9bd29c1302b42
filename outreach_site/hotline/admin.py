"""Staff screens for the numbers and the directory, and the warning about numbers not checked for long."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from outreach_site.editing.records import RecordViewSet
from outreach_site.hotline.models import Hotline, Need, Organisation, PhraseList


class HotlineViewSet(RecordViewSet):
    model = Hotline
    icon = "mobile-alt"
    menu_label = _("Hotlines")
    list_display = [
        "__str__",
        "kind",
        BooleanColumn("is_main", label=_("main number")),
        "tariff",
        "valid_to",
        "last_checked",
    ]
    list_export = [
        "number",
        "kind",
        "tariff",
        "valid_from",
        "valid_to",
        "source",
        "last_checked",
        "checked_by",
    ]
    list_filter = ["kind", "tariff", "is_main"]
    search_fields = ["number", "source"]


class OrganisationViewSet(RecordViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Referral directory")
    list_display = ["__str__", "website", "address_rule"]


class NeedViewSet(RecordViewSet):
    model = Need
    icon = "help"
    menu_label = _("Needs")
    list_display = ["__str__", "order"]


class PhraseListViewSet(RecordViewSet):
    model = PhraseList
    icon = "globe"
    menu_label = _("Phrases by language")
    list_display = ["__str__", "signed_by", "signed_at"]


class HelpGroup(SnippetViewSetGroup):
    items = [HotlineViewSet, OrganisationViewSet, NeedViewSet, PhraseListViewSet]
    menu_label = _("Help and numbers")
    menu_icon = "mobile-alt"
    menu_order = 150
    add_to_admin_menu = True


class NumbersToCheck(Component):
    """On the admin's front page: the numbers that nobody has checked for 90 days."""

    order = 50
    template_name = "outreach_site/admin/numbers_to_check.html"

    def get_context_data(self, parent_context):
        due = Hotline.objects.check_due()
        return {
            "hotlines": [
                (hotline, reverse(hotline.snippet_viewset.get_url_name("edit"), args=[hotline.pk]))
                for hotline in due
            ]
        }
