"""What campaigns add to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from campaigns.materials.admin import TopicViewSet
from campaigns.pages import admin as campaign_admin
from campaigns.pages.models import CampaignPage
from campaigns.printing import admin as printing_admin
from campaigns.reach import admin as reach_admin
from campaigns.reach import usage_admin
from outreach_site.translation import coverage

__all__ = ["campaign_admin", "printing_admin", "reach_admin", "usage_admin"]

register_snippet(TopicViewSet)


@hooks.register(coverage.HOOK)
def campaigns_have_a_coverage():
    return CampaignPage
