"""What campaigns add to the admin."""

from wagtail.snippets.models import register_snippet

from campaigns.materials.admin import TopicViewSet
from campaigns.printing import admin as printing_admin
from campaigns.reach import admin as reach_admin

__all__ = ["printing_admin", "reach_admin"]

register_snippet(TopicViewSet)
