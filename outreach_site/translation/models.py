from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LanguageTeam(models.Model):
    """Who translates into a language, and who reviews what was translated into it."""

    locale = models.OneToOneField(
        Locale, on_delete=models.CASCADE, related_name="team", verbose_name=_("language")
    )
    translators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="translates", verbose_name=_("translators")
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="reviews", verbose_name=_("reviewers")
    )

    class Meta:
        verbose_name = _("language team")
        verbose_name_plural = _("language teams")

    def __str__(self):
        return str(self.locale)


class TranslationWork(models.Model):
    """How far one page is in one language. The page in that language itself may not exist yet.

    translation_key  that of the page and of all its translations
    state            what the people of the language team did last
    is_machine_made  the text holds strings of a machine that no person has gone over
    outdated_since   when the source changed after this translation was approved; None: up to date
    source_revision  the source page's revision that was translated last, to show what changed since
    approved_text    mark of the text that the reviewer approved (`gates.mark`), "" while none is
    told_at          when the language team was told that the translation is out of date
    """

    class State(models.TextChoices):
        IN_TRANSLATION = "translation", _("In translation")
        IN_REVIEW = "review", _("In review")
        APPROVED = "approved", _("Approved")

    translation_key = models.UUIDField(_("translation key"))
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.IN_TRANSLATION, db_index=True
    )
    is_machine_made = models.BooleanField(_("machine draft"), default=False)
    outdated_since = models.DateTimeField(_("out of date since"), null=True, blank=True)
    source_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    approved_text = models.CharField(max_length=64, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("translation in work")
        verbose_name_plural = _("translations in work")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="one_work_a_page_and_language")
        ]

    def __str__(self):
        return f"{self.translation_key} → {self.locale}"


class SourceChange(models.Model):
    """A publication of a page that has translations. The row is the queue: it waits to be taken up.

    is_minor      staff said that the translations stay valid; set before the revision is published
    published_at  None while the revision waits for approval or for its day
    taken_up_at   when the translations had learned of it
    """

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    is_minor = models.BooleanField(_("minor edit"), default=False)
    published_at = models.DateTimeField(null=True)
    taken_up_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.page_id} ← {self.revision_id}"


class LanguageNotice(models.Model):
    """The one e-mail of a day to the translators of a language. The row is the queue."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "day"], name="one_notice_a_language_and_day")
        ]

    def __str__(self):
        return f"{self.locale} {self.day}"
