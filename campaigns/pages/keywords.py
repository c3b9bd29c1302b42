"""Keywords: which campaign a text means. Compared squashed: folded, and without the spaces."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outreach_site.text import fold


def squash(text):
    """Return `text` folded, without spaces: "Hà Giang" → "hagiang"."""
    return fold(text).replace(" ", "")


def validate(keyword):
    """Refuse a keyword of which hardly anything is left once it is squashed, and the words of commands."""
    # Here, because the verbs are squashed by this module.
    from campaigns.sms import cries
    from campaigns.sms.words import vocabulary

    squashed = squash(keyword)
    if keyword and len(squashed) < 3:
        raise ValidationError(_("A keyword needs three letters or digits at least."))
    if keyword and cries.find(keyword):
        raise ValidationError(
            _("“%(keyword)s” would be taken for a cry for help. Choose another word.") % {"keyword": keyword}
        )
    if squashed in {verb.squashed for verb in vocabulary.current().verbs}:
        raise ValidationError(
            _("“%(keyword)s” already means something in a text, such as leaving. Choose another word.")
            % {"keyword": keyword}
        )


def collision(keyword, starts_on, ends_on, *, except_key):
    """Return a campaign that is open on some day of the period and has the same keyword, or None.

    `except_key` is the translation key of the campaign itself, whose translations share its keyword.
    """
    campaigns = apps.get_model("campaigns.CampaignPage").objects
    same = campaigns.filter(keyword_folded=squash(keyword), starts_on__lte=ends_on, ends_on__gte=starts_on)
    return same.exclude(translation_key=except_key).first()


def in_use():
    """Return every campaign's keyword, as it is printed."""
    campaigns = apps.get_model("campaigns.CampaignPage").objects.exclude(keyword="")
    return campaigns.values_list("keyword", flat=True).distinct()
