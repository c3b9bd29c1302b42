"""The list of words that texts should not contain, kept by staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from campaigns.sms.discretion import DiscreetWord
from outreach_site.editing.records import RecordViewSet

SEES = "campaigns.view_discreetword"


class DiscreetWordViewSet(RecordViewSet):
    model = DiscreetWord
    icon = "view"
    menu_label = _("Words that betray")
    list_display = list_export = ["word", "language", "weight"]
    list_filter = ["language", "weight"]
    search_fields = ["word"]
    copy_view_enabled = False


register_snippet(DiscreetWordViewSet)
