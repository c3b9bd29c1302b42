"""The text that people are asked to write, spelt as the inbox reads it."""

from campaigns.sms import verbs
from outreach_site.text import fold


def to_join(campaign, language):
    """Return what to text to join `campaign`: "DANGKY HAGIANG"."""
    return f"{verbs.shown(verbs.JOIN, language)} {campaign.keyword_folded.upper()}"


def to_join_from(campaign, language):
    """Return the same with a commune behind it, "DANGKY HAGIANG DONG VAN"; "" when there is no choice."""
    areas = campaign.areas()
    return f"{to_join(campaign, language)} {fold(areas[0].name).upper()}" if len(areas) > 1 else ""
