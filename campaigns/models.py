"""Gathers the packages' models so that Django finds them."""

from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.pages.models import CampaignArea, CampaignPage
from campaigns.reach.models import DailyCount, ReachEntry, ReachSource
from campaigns.sms.models import (
    DeliveryReport,
    Gateway,
    InboundMessage,
    Member,
    OutboundMessage,
    SignUp,
)

__all__ = [
    "CampaignArea",
    "CampaignPage",
    "DailyCount",
    "DeliveryReport",
    "Gateway",
    "InboundMessage",
    "MaterialFile",
    "MaterialPage",
    "Member",
    "OutboundMessage",
    "ReachEntry",
    "ReachSource",
    "SignUp",
]
