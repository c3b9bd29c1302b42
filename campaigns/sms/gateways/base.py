"""What every kind of gateway speaks: the events it brings, the answers it gives.

A gateway module has four functions. They read the `Gateway` row that they are given and touch no other row:
  authenticate(request, gateway) → bool           parse(request, gateway) → [Inbound | Status | OptOut]
  acknowledge(events, gateway) → HttpResponse
  send(Outgoing, gateway) → Accepted | Retry | Reject | OptedOut | NoCredit | Unknown
and, where staff configure it, check(config, gateway), which raises ValidationError with what to mend.
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
    """A delivery report. `status` is a `DeliveryReport.Status` value, `raw_type` the gateway's own word.

    `uid` is our id of the text; None where the provider tells only its own, `external_id`.
    """

    uid: UUID | None
    status: str
    external_id: str = ""
    raw_type: str = ""


@dataclass(frozen=True)
class OptOut:
    """The provider says that a phone wants no more texts. `sent_at` is aware, None when not told."""

    sender: str = field(repr=False)
    sent_at: datetime | None = None


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
class OptedOut:
    """Not sent: the provider holds an opt-out of this phone."""

    code: str


@dataclass(frozen=True)
class NoCredit:
    """Certainly not sent: the account with the provider is empty, and so it is for every other text."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """It may or may not have been sent: never sent again without somebody's say."""

    code: str
