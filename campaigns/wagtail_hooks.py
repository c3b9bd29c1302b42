"""What campaigns add to the admin."""

from wagtail.snippets.models import register_snippet

from campaigns.materials.admin import TopicViewSet
from campaigns.pages import admin as campaign_admin
from campaigns.reach import admin as reach_admin
from campaigns.reach import usage_admin

__all__ = ["campaign_admin", "reach_admin", "usage_admin"]

register_snippet(TopicViewSet)
