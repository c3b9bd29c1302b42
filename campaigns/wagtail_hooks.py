"""What campaigns add to the admin."""

from wagtail.snippets.models import register_snippet

from campaigns.materials.admin import TopicViewSet
from campaigns.reach import admin as reach_admin

__all__ = ["reach_admin"]

register_snippet(TopicViewSet)
