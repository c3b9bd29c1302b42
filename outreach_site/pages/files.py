"""What staff upload: pictures, documents, recordings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import AbstractMedia

from outreach_site.consent import rules
from outreach_site.languages import LANGUAGES
from outreach_site.pages import captions, originals, uploads


class Picture(AbstractImage):
    """An uploaded picture. Whoever shows people names the record of their consent."""

    description_required = True
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made the picture."))
    shows_people = models.BooleanField(
        _("people can be recognised"),
        default=False,
        help_text=_("Never show somebody whom the picture could put at risk."),
    )
    consent = models.ForeignKey(
        "outreach_site.ConsentRecord",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pictures",
        verbose_name=_("consent record"),
        help_text=_("The record of the signed paper on which the people shown agreed."),
    )
    # Name in the storage that readers cannot reach, while the consent has ended; "" otherwise.
    withheld = models.CharField(max_length=255, blank=True, default="", editable=False)
    # Name of the file of which all sizes were made, and how often it was tried since.
    sizes_made_of = models.CharField(max_length=255, blank=True, default="", editable=False)
    sizes_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "shows_people",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self._tidy()
        return super().save(*args, **kwargs)

    def _tidy(self):
        kept = originals.tidy(self.file.file)
        if kept:
            self.file = kept
            self.file_size = kept.size
            self._set_file_hash()
        self.sizes_tries = 0


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(AbstractDocument):
    """An uploaded document, whose content is what its name says."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            uploads.check(self.file.file, self.file.name)


def spoken_languages():
    """Return (code, own name) of every language of the site."""
    return [(language.code, language.name) for language in LANGUAGES]


class Recording(AbstractMedia):
    """Audio or video, with the words in it for those who cannot hear or cannot load it."""

    language = models.CharField(_("language"), max_length=12, blank=True, choices=spoken_languages)
    transcript = models.TextField(_("transcript"), blank=True, help_text=_("What is said, word for word."))
    captions = models.FileField(
        _("captions"),
        upload_to="captions",
        blank=True,
        help_text=_("For films: a .vtt file (WebVTT) in the language spoken."),
    )
    # A still shows people as any other picture does: with their consent, in sizes, gone when that is withdrawn.
    thumbnail = None
    still = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("still"),
        help_text=_("For films: the picture that stands there until somebody plays it."),
    )
    file_size = models.PositiveBigIntegerField(null=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "language",
        "transcript",
        "captions",
        "collection",
        "duration",
        "width",
        "height",
        "still",
        "tags",
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def clean(self):
        super().clean()
        if self.file and not self.file._committed:
            uploads.check(self.file.file, self.file.name)
        if self.captions and not self.captions._committed:
            captions.check(self.captions.file, self.captions.name)
        if self.still and (problem := rules.problem_with(self.still)):
            raise ValidationError({"still": problem})

    def save(self, *args, **kwargs):
        if self.file and (self.file_size is None or not self.file._committed):
            self.file_size = self.file.size
        return super().save(*args, **kwargs)
