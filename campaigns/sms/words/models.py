from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.pages.keywords import squash
from outreach_site import languages

LANGUAGES = [(language.code, language.name) for language in languages.LANGUAGES]


class CommandWord(models.Model):
    """A word, or a few, with which a text asks for something."""

    class AsksFor(models.TextChoices):
        JOIN = "join", _("to join")
        LEAVE = "leave", _("to leave")
        HELP = "help", _("whom to call")
        LANGUAGE = "language", _("texts in this language")
        SKIP = "skip", _("to skip a question")
        CONFIRM = "confirm", _("to confirm that she joins")
        COURTESY = "courtesy", _("nothing: politeness around the others")

    word = models.CharField(
        _("word"), max_length=40, help_text=_("As a careful writer writes it, with its marks.")
    )
    squashed = models.CharField(max_length=40, editable=False, unique=True)
    asks_for = models.CharField(_("asks for"), max_length=10, choices=AsksFor.choices)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=LANGUAGES,
        help_text=_("What whoever uses the word reads. Empty: people of any language use it."),
    )
    alone = models.BooleanField(
        _("only as the whole text"),
        default=False,
        help_text=_("For a word that without its marks is another word too: “dung” is “dừng” and “đúng”."),
    )

    class Meta:
        verbose_name = _("command word")
        verbose_name_plural = _("command words")
        ordering = ["asks_for", "language", "squashed"]

    def __str__(self):
        return self.word

    def save(self, **how):
        self.squashed = squash(self.word)
        super().save(**how)

    def clean(self):
        from campaigns.pages.models import CampaignPage

        self.squashed = squash(self.word)
        if not self.squashed:
            raise ValidationError({"word": _("Write letters or digits.")})
        if CommandWord.objects.filter(squashed=self.squashed).exclude(pk=self.pk).exists():
            raise ValidationError({"word": _("This word is on the list already, perhaps spelt otherwise.")})
        if CampaignPage.objects.filter(keyword_folded=self.squashed).exists():
            raise ValidationError({"word": _("A campaign has this keyword.")})
        if self.asks_for == self.AsksFor.LANGUAGE and not self.language:
            raise ValidationError({"language": _("Choose the language that is asked for.")})


class CryPhrase(models.Model):
    """Words by which a text is known as a cry for help, wherever in the text they stand.

    `phrase` is written as in "bị lừa … sang/qua": a slash between words of which one is enough, three
    dots for up to three words that do not matter, and so on for more. A hint needs another hint in the text; what stands
    within a harmless phrase is passed over: "đói muốn chết".
    """

    class Weight(models.TextChoices):
        CRY = "cry", _("a cry by itself")
        HINT = "hint", _("a cry together with another hint")
        HARMLESS = "harmless", _("ordinary: what stands in it is no cry")

    phrase = models.CharField(
        _("phrase"),
        max_length=120,
        unique=True,
        help_text=_(
            "With its marks. A slash stands between words of which one is enough, three dots for up to"
            " three words that do not matter: “not/never let … leave/go”."
        ),
    )
    weight = models.CharField(_("what it means"), max_length=8, choices=Weight.choices, default=Weight.CRY)
    language = models.CharField(_("language"), max_length=12, blank=True, choices=LANGUAGES)

    class Meta:
        verbose_name = _("cry for help")
        verbose_name_plural = _("cries for help: phrases")
        ordering = ["language", "phrase"]

    def __str__(self):
        return self.phrase

    def clean(self):
        from campaigns.sms import cries

        cries.check(self.phrase)


class ShortForm(models.Model):
    """How people shorten a word in texts: "ko" for "không"."""

    short = models.CharField(_("short form"), max_length=20, unique=True)
    word = models.CharField(_("word"), max_length=40)
    language = models.CharField(_("language"), max_length=12, blank=True, choices=LANGUAGES)

    class Meta:
        verbose_name = _("short form")
        verbose_name_plural = _("short forms")
        ordering = ["language", "short"]

    def __str__(self):
        return f"{self.short}: {self.word}"
