"""Gathers the packages' models so that Django finds them."""

from outreach_site.privacy.models import ConsentEvent, PhoneLook
from outreach_site.staff.models import User

__all__ = ["ConsentEvent", "PhoneLook", "User"]
