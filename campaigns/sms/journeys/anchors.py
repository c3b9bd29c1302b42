"""The dates that journeys hang on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from campaigns.sms.journeys.models import JOINING


@dataclass(frozen=True)
class Occasion:
    """One date that concerns everybody in a campaign: an event, say.

    key    names it among its kind: "event/12"
    day    the date
    facts  {name: words} that a text may hold as {name}
    """

    key: str
    day: date
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Anchor:
    """A kind of date that another package knows.

    occasions  (campaign, first day, last day) → [`Occasion`] in these days, cancelled ones left out
    facts      {name: a long example} that its occasions have
    """

    key: str
    label: str
    occasions: Callable
    facts: dict = field(default_factory=dict)


_anchors = {}


def register(anchor):
    """Offer an `Anchor`; called when an app is ready."""
    _anchors[anchor.key] = anchor


def get(key):
    """Return the `Anchor`, None for joining, which every member has for herself. Raises KeyError."""
    return None if key == JOINING else _anchors[key]


def offered():
    """Return the `Anchor`s on offer."""
    return list(_anchors.values())


def choices():
    """Return [(key, in words)]."""
    return [(JOINING, _("the day of joining")), *((one.key, one.label) for one in _anchors.values())]
