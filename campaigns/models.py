"""Gathers the packages' models so that Django finds them."""

from campaigns.materials.covers import PdfCover
from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialFile, MaterialPage, Topic
from campaigns.pages.models import CampaignArea, CampaignPage, CampaignPartner
from campaigns.pages.targets import CampaignTarget
from campaigns.printing.models import Distribution, LinkCount, PrintJob, PrintRun, TrackedLink
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
    "CampaignPartner",
    "CampaignTarget",
    "DailyCount",
    "DeliveryReport",
    "Distribution",
    "Gateway",
    "InboundMessage",
    "LinkCount",
    "MaterialFile",
    "MaterialIndexPage",
    "MaterialPage",
    "Member",
    "OutboundMessage",
    "PdfCover",
    "PrintJob",
    "PrintRun",
    "ReachEntry",
    "ReachSource",
    "SignUp",
    "Topic",
    "TrackedLink",
]
