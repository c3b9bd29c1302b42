"""Gathers the packages' models so that Django finds them."""

from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.pages.models import CampaignArea, CampaignPage
from campaigns.reach.models import DailyCount, ReachEntry, ReachSource

__all__ = [
    "CampaignArea",
    "CampaignPage",
    "DailyCount",
    "MaterialFile",
    "MaterialPage",
    "ReachEntry",
    "ReachSource",
]
