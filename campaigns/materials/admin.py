"""Staff screens beside the pages' own."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.materials.models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics of materials")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["__str__", "order"]
