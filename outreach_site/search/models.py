from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One thing in one language that readers can find: a live public page, a number, an organisation.

    kind     the page type's `search_kind`, or HELP
    subject  what it is in any language: "page:<translation key>", "hotline:<id>", "organisation:<id>"
    day      the day it is about or was published; None where it has none
    title, text              as written
    title_words, text_words  as found: `words.plain`
    """

    HELP = "help"

    # Short columns first: the database reads them without reading the texts.
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField(null=True, blank=True)
    title = models.TextField()
    title_words = models.TextField()
    text = models.TextField(blank=True)
    text_words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["subject", "language"], name="one_search_entry_a_language")
        ]

    def __str__(self):
        return f"{self.subject} ({self.language})"


class SearchWord(models.Model):
    """A word that stands in some entry: what a mistyped one may have been meant to be."""

    word = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")

    def __str__(self):
        return self.word
