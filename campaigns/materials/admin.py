"""Staff screens beside the pages' own."""

from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import Topic
from outreach_site.editing.records import RecordViewSet


class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics of materials")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["__str__", "order"]
