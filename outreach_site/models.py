"""Gathers the packages' models so that Django finds them."""

from outreach_site.areas.models import (
    Area,
    AreaEdition,
    Classification,
    Counterpart,
    Population,
    Succession,
)
from outreach_site.consent.models import ConsentRecord, Removal
from outreach_site.hotline.models import (
    HelpCard,
    HelpRecording,
    Hotline,
    Need,
    Organisation,
    OrganisationArea,
    PhraseList,
)
from outreach_site.links.models import CheckedLink, ContentChange, LinkPlace
from outreach_site.pages.files import Picture, PictureRendition, Recording, SiteDocument
from outreach_site.pages.models import ArticlePage, HomePage, PlainPage
from outreach_site.privacy.models import (
    ConsentEvent,
    PhoneLook,
    RetentionRule,
    RetentionRun,
    RightsAnswer,
)
from outreach_site.search.models import SearchEntry, SearchWord
from outreach_site.staff.models import Letter, Review, Section, User
from outreach_site.translation.models import LanguageNotice, LanguageTeam, SourceChange, TranslationWork

__all__ = [
    "Area",
    "AreaEdition",
    "ArticlePage",
    "Classification",
    "CheckedLink",
    "ConsentEvent",
    "ConsentRecord",
    "ContentChange",
    "Counterpart",
    "HelpCard",
    "HelpRecording",
    "HomePage",
    "Hotline",
    "LanguageNotice",
    "LanguageTeam",
    "Letter",
    "LinkPlace",
    "Need",
    "Organisation",
    "OrganisationArea",
    "PhoneLook",
    "PhraseList",
    "Picture",
    "PictureRendition",
    "PlainPage",
    "Population",
    "Recording",
    "Removal",
    "RetentionRule",
    "RetentionRun",
    "Review",
    "RightsAnswer",
    "SearchEntry",
    "SearchWord",
    "Section",
    "SiteDocument",
    "SourceChange",
    "Succession",
    "TranslationWork",
    "User",
]
