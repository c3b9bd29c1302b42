from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from outreach_site import languages


def language_choices():
    """Return (code, own name) of every language of the site."""
    return [(language.code, language.name) for language in languages.LANGUAGES]


def short_date(day):
    return formats.date_format(day, "SHORT_DATE_FORMAT")


class OfMaterialQuerySet(models.QuerySet):
    def of(self, material):
        """Rows of `material`, in whichever language it is given."""
        return self.filter(material_key=material.translation_key)


class OfMaterial(models.Model):
    """Something that was made of a material, and outlives it: what is printed stays in the field.

    material_key  the translation key of the material and of all its translations
    shelf         the page that the material lay below, with others of its kind
    """

    material = models.ForeignKey(
        "campaigns.MaterialPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("material"),
    )
    material_key = models.UUIDField(editable=False, db_index=True)
    material_title = models.CharField(_("material"), max_length=255, editable=False)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    shelf = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.material:
            self.material = self.material.original
            self.material_key = self.material.translation_key
            self.material_title = self.material.title
            self.campaign = self.material.campaign
            self.shelf = self.material.get_parent()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if not self.material and not self.material_key:
            raise ValidationError({"material": _("Choose the material.")})
