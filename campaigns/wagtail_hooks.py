"""What campaigns add to the admin."""

from django.http import Http404
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from campaigns.materials import offers
from campaigns.materials.admin import TopicViewSet
from campaigns.pages import admin as campaign_admin
from campaigns.pages.models import CampaignPage
from campaigns.printing import admin as printing_admin
from campaigns.reach import admin as reach_admin
from campaigns.reach import usage_admin
from campaigns.sms.desk import menu as sms_menu
from outreach_site.consent.rules import may_be_shown
from outreach_site.translation import coverage

__all__ = ["campaign_admin", "printing_admin", "reach_admin", "sms_menu", "usage_admin"]

register_snippet(TopicViewSet)


@hooks.register(coverage.HOOK)
def campaigns_have_a_coverage():
    return CampaignPage


@hooks.register("before_serve_document")
def keep_back_people_who_did_not_agree(document, request):
    picture = offers.drawn_from(document)
    if picture and not may_be_shown(picture):
        raise Http404
