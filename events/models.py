"""Gathers the packages' models so that Django finds them."""

from events.fieldwork.models import HeadCount, HeadCountCell
from events.pages.models import EventPage

__all__ = ["EventPage", "HeadCount", "HeadCountCell"]
