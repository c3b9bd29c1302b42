"""Words that would betray a reader when somebody else looks at her phone."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outreach_site import languages
from outreach_site.text import fold


class DiscreetWord(models.Model):
    """A word or phrase that texts should not contain; staff keep the list."""

    class Weight(models.TextChoices):
        WARN = "warn", _("warn")
        BLOCK = "block", _("do not send")

    word = models.CharField(_("word or phrase"), max_length=60)
    folded = models.CharField(max_length=60, editable=False)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=[(language.code, language.name) for language in languages.LANGUAGES],
        help_text=_("Empty: in texts of every language."),
    )
    weight = models.CharField(_("what happens"), max_length=5, choices=Weight.choices, default=Weight.WARN)

    class Meta:
        verbose_name = _("word that betrays")
        verbose_name_plural = _("words that betray")
        ordering = ["language", "folded"]
        constraints = [models.UniqueConstraint(fields=["folded", "language"], name="one_row_a_word")]

    def __str__(self):
        return self.word

    def save(self, **how):
        self.folded = fold(self.word)
        super().save(**how)

    def clean(self):
        self.folded = fold(self.word)
        if self.word and not self.folded:
            raise ValidationError({"word": _("Write letters or digits.")})
        same = DiscreetWord.objects.filter(folded=self.folded, language=self.language)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"word": _("This word is on the list already, perhaps spelt otherwise.")})


@dataclass(frozen=True)
class Problem:
    """A word of the list that stands in a text."""

    word: str
    blocks: bool

    def __str__(self):
        return gettext("“%(word)s” may betray the reader to whoever looks at her phone.") % {
            "word": self.word
        }


def check(text, language=""):
    """Return the `Problem`s of `text`, which is in `language` ("": any), those that block first.

    Words count however they are spelled: with or without marks, in capitals, with other spaces. Only
    whole words count, or "an" would be found in every text.
    """
    words = DiscreetWord.objects.exclude(folded="")
    if language:
        words = words.filter(language__in=["", language])
    folded = f" {fold(text)} "
    found = [word for word in words if f" {word.folded} " in folded]
    problems = [Problem(word.word, word.weight == DiscreetWord.Weight.BLOCK) for word in found]
    return sorted(problems, key=lambda problem: (not problem.blocks, problem.word))
