"""Gathers the packages' models so that Django finds them."""

from campaigns.materials.covers import PdfCover
from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialFile, MaterialPage, Topic
from campaigns.pages.models import CampaignArea, CampaignPage, CampaignPartner
from campaigns.pages.targets import CampaignTarget
from campaigns.printing.models import Distribution, LinkCount, PrintJob, PrintRun, TrackedLink
from campaigns.reach.models import DailyCount, ReachEntry, ReachSource
from campaigns.sms.alarms import Alarm
from campaigns.sms.broadcasts.models import Broadcast, BroadcastText
from campaigns.sms.caps import DayUse, Hold
from campaigns.sms.conversation.models import Candidate, Question
from campaigns.sms.decisions import Decision
from campaigns.sms.discretion import DiscreetWord
from campaigns.sms.handling import Handling
from campaigns.sms.journeys.models import Fire, Journey, JourneyStep, JourneyText
from campaigns.sms.models import (
    DeliveryReport,
    Gateway,
    InboundMessage,
    Member,
    OutboundMessage,
    SignUp,
)
from campaigns.sms.urgent import Cry
from campaigns.sms.words.models import CommandWord, CryPhrase, ShortForm

__all__ = [
    "Alarm",
    "Broadcast",
    "Candidate",
    "BroadcastText",
    "CampaignArea",
    "CampaignPage",
    "CampaignPartner",
    "CampaignTarget",
    "CommandWord",
    "Cry",
    "CryPhrase",
    "DailyCount",
    "DayUse",
    "Decision",
    "DeliveryReport",
    "DiscreetWord",
    "Distribution",
    "Fire",
    "Gateway",
    "Handling",
    "Hold",
    "InboundMessage",
    "Journey",
    "JourneyStep",
    "JourneyText",
    "LinkCount",
    "MaterialFile",
    "MaterialIndexPage",
    "MaterialPage",
    "Member",
    "OutboundMessage",
    "PdfCover",
    "PrintJob",
    "PrintRun",
    "Question",
    "ReachEntry",
    "ReachSource",
    "ShortForm",
    "SignUp",
    "Topic",
    "TrackedLink",
]
