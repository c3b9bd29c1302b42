"""What every kind of gateway speaks: the events it brings, the answers it gives.

A gateway module has four functions that know nothing of our rows:
  authenticate(request) → bool          parse(request) → [Inbound | Status]
  acknowledge() → HttpResponse          send(Outgoing) → Accepted | Retry | Reject | Unknown
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


class Malformed(ValueError):
    """A call that makes no sense. Its message goes back to the caller: no number, no text in it."""


@dataclass(frozen=True)
class Inbound:
    """A text from a phone. `raw` are the bytes as sent; `sent_at` is aware, None when not told."""

    external_id: str
    sender: str = field(repr=False)
    recipient: str
    text: str = field(repr=False)
    raw: bytes = field(repr=False)
    sent_at: datetime | None = None
    binary: bool = False
    damaged: bool = False


@dataclass(frozen=True)
class Status:
    """A delivery report. `status` is a `DeliveryReport.Status` value, `raw_type` the gateway's own word."""

    uid: UUID
    status: str
    external_id: str = ""
    raw_type: str = ""


@dataclass(frozen=True)
class Outgoing:
    """A text to send. `to` is E.164, `coding` one of `segments`' two."""

    uid: UUID
    sender: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    coding: str


@dataclass(frozen=True)
class Accepted:
    """The gateway has it; `delivered` when it knows at once that the phone has it too."""

    external_id: str = ""
    delivered: bool = False


@dataclass(frozen=True)
class Retry:
    """It was certainly not sent. `after` seconds at least, 0 for our own back-off."""

    code: str
    after: int = 0


@dataclass(frozen=True)
class Reject:
    """The gateway will never send it."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """It may or may not have been sent: never sent again without somebody's say."""

    code: str
