"""What whoever writes a text is told about it: parts and cost, the same without accents, words that betray.

`static/campaigns/sms/parts.js` counts the same way while she writes.
"""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.sms import discretion, segments
from outreach_site.text import UNDECOMPOSED, nfc

# Marks that word processors put in place of what phones have in their own alphabet.
TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)


@dataclass(frozen=True)
class Measure:
    """How a text travels: its coding (`segments`' two), parts and characters; parts without its accents."""

    coding: str
    parts: int
    characters: int
    plain_parts: int

    @property
    def is_accented(self):
        """Whether an accent or a sign makes it travel in the costlier coding."""
        return self.coding == segments.UCS2


def measure(text):
    """Return the `Measure` of `text` as the outbox would send it."""
    text = nfc(text or "").replace("\r\n", "\n").strip()
    coding, parts = segments.measure(text)
    return Measure(coding, parts, len(text), segments.measure(without_accents(text))[1])


def without_accents(text):
    """Return `text` as people write it to save parts: "Đăng ký “Hà Giang”" → 'Dang ky "Ha Giang"'."""
    decomposed = unicodedata.normalize("NFD", text).translate(UNDECOMPOSED).translate(TYPOGRAPHY)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))


def price_of_a_part():
    """Return what a part costs at the dearest gateway in use; 0 when nobody entered a price."""
    gateways = apps.get_model("campaigns.Gateway").objects.filter(is_active=True)
    return gateways.aggregate(dearest=Max("cost_per_part"))["dearest"] or Decimal(0)


def refusals(text, language):
    """Return why `text`, in `language`, must not be kept: sentences, none when it may."""
    choose = _("Choose other words.")
    found = [f"{problem} {choose}" for problem in _betraying(text, language, True)]
    parts = measure(text).parts
    if parts > segments.MOST_PARTS:
        too_long = _("This makes %(parts)d parts; gateways carry %(most)d at most.")
        found.append(too_long % {"parts": parts, "most": segments.MOST_PARTS})
    return found


def warnings(text, language):
    """Return what the writer should think over: sentences."""
    return [str(problem) for problem in _betraying(text, language, False)]


def _betraying(text, language, blocks):
    return [problem for problem in discretion.check(text or "", language) if problem.blocks == blocks]
