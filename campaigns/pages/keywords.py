"""Keywords: which campaign a text means. Compared squashed: folded, and without the spaces."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outreach_site.text import fold


def squash(text):
    """Return `text` folded, without spaces: "Hà Giang" → "hagiang"."""
    return fold(text).replace(" ", "")


def validate(keyword):
    """Refuse a keyword that nothing, or hardly anything, is left of once it is squashed."""
    if keyword and len(squash(keyword)) < 3:
        raise ValidationError(_("A keyword needs three letters or digits at least."))


def collision(keyword, starts_on, ends_on, *, except_key):
    """Return a campaign that is open on some day of the period and has the same keyword, or None.

    `except_key` is the translation key of the campaign itself, whose translations share its keyword.
    """
    campaigns = apps.get_model("campaigns.CampaignPage").objects
    same = campaigns.filter(keyword_folded=squash(keyword), starts_on__lte=ends_on, ends_on__gte=starts_on)
    return same.exclude(translation_key=except_key).first()
