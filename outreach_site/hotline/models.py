import re
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import register_setting

from outreach_site import languages
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.text import LocalizedTextField, in_language, nfc

CHECK_GROWS_OLD = timedelta(days=90)


def language_choices():
    """Return (code, own name) of every language of the site."""
    return [(language.code, language.name) for language in languages.LANGUAGES]


class Need(models.Model):
    """Something people look for help with: "violence at home", "somebody is missing"."""

    name = LocalizedTextField(_("name"), text_max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["order", "pk"]

    def __str__(self):
        return str(in_language(self.name, languages.FALLBACK))


class Organisation(ClusterableModel):
    """One entry of the referral directory: who helps, with what, whom, where."""

    class AddressRule(models.TextChoices):
        PUBLIC = "public", _("may be published")
        ASK = "ask", _("given by phone only")
        NEVER = "never", _("secret: a shelter")

    name = LocalizedTextField(_("name"))
    services = LocalizedTextField(_("services"), rows=2, text_max_length=500, blank=True)
    serves = LocalizedTextField(_("who it serves"), rows=2, blank=True)
    needs = models.ManyToManyField(Need, blank=True, verbose_name=_("needs"), related_name="organisations")
    website = models.URLField(_("website"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    address_rule = models.CharField(
        _("the address"), max_length=10, choices=AddressRule.choices, default=AddressRule.ASK
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    # Texts that no reader sees.
    staff_only = ("address", "source")

    panels = [
        FieldPanel("name"),
        FieldPanel("services"),
        FieldPanel("serves"),
        FieldPanel("needs", widget=forms.CheckboxSelectMultiple),
        InlinePanel("coverage", label=_("Area"), help_text=_("None: the whole country.")),
        FieldPanel("website"),
        FieldRowPanel([FieldPanel("address"), FieldPanel("address_rule")]),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return str(in_language(self.name, languages.FALLBACK))

    @property
    def public_address(self):
        """The address where it may be published, else "": the only way a public page gets at it."""
        return self.address if self.address_rule == self.AddressRule.PUBLIC else ""


class OrganisationArea(models.Model):
    """An organisation works in an area."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="coverage")
    area = AreaForeignKey(related_name="+")

    panels = [FieldPanel("area")]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "area"], name="organisation_area_once")
        ]

    def __str__(self):
        return str(self.area)


class HotlineQuerySet(models.QuerySet):
    def in_use(self, on=None):
        """Numbers valid on day `on` (default: today, site time). Others are never shown as callable."""
        day = on or timezone.localdate()
        begun = models.Q(valid_from=None) | models.Q(valid_from__lte=day)
        not_over = models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        return self.filter(begun & not_over)

    def check_due(self, on=None):
        """Numbers in use that nobody has checked for 90 days, or ever."""
        limit = (on or timezone.localdate()) - CHECK_GROWS_OLD
        return self.in_use(on).filter(models.Q(last_checked=None) | models.Q(last_checked__lt=limit))


class Hotline(models.Model):
    """A number to call or to text. It lives here and nowhere else."""

    class Kind(models.TextChoices):
        CALL = "call", pgettext_lazy("kind of hotline", "for calls")
        TEXT = "text", pgettext_lazy("kind of hotline", "for texts")

    class Tariff(models.TextChoices):
        FREE = "free", _("Free")
        NORMAL = "normal", _("Usual cost")
        PAID = "paid", _("More than the usual cost")
        UNKNOWN = "unknown", _("Cost not known")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.CALL)
    number = models.CharField(
        _("number"),
        max_length=30,
        help_text=_("As people should read it, for example “111” or “1900 96 96 80”."),
    )
    name = LocalizedTextField(_("name"), text_max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hotlines",
        verbose_name=_("organisation"),
    )
    is_main = models.BooleanField(
        _("main number"), default=False, help_text=_("Shown in the call bar of every page.")
    )
    tariff = models.CharField(_("tariff"), max_length=10, choices=Tariff.choices, default=Tariff.UNKNOWN)
    all_hours = models.BooleanField(_("day and night"), default=False)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    spoken = models.CharField(
        _("languages spoken"),
        max_length=100,
        blank=True,
        help_text=_("Language codes with commas, for example “vi, hmn”. Empty: not recorded."),
    )
    note = LocalizedTextField(_("note"), rows=2, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, help_text=_("Where the number is published."))
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = HotlineQuerySet.as_manager()
    # Texts that no reader sees, and the number itself: it is what typed ones are compared with.
    staff_only = ("number", "source", "checked_by", "spoken")

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("is_main")]),
        FieldPanel("name"),
        FieldPanel("organisation"),
        MultiFieldPanel(
            [
                FieldPanel("tariff"),
                FieldRowPanel([FieldPanel("all_hours"), FieldPanel("opens"), FieldPanel("closes")]),
                FieldPanel("spoken"),
                FieldPanel("note"),
                FieldPanel("order"),
            ],
            heading=_("For the caller"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("last_checked"), FieldPanel("checked_by")]),
            ],
            heading=_("What it rests on"),
        ),
    ]

    class Meta:
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(is_main=True),
                name="one_main_number_of_a_kind",
                violation_error_message=_("There is a main number of this kind already."),
            )
        ]

    def __str__(self):
        return f"{self.number} · {in_language(self.name, languages.FALLBACK)}"

    def clean(self):
        self.number = nfc(self.number).strip()
        # The phone library calls national short codes (111) invalid, so digits are all we ask for.
        if not re.fullmatch(r"\+?\d{3,15}", self.dialled):
            raise ValidationError(
                {"number": _("Write the number with digits, spaces and at most one plus sign.")}
            )
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("This is before the number becomes valid.")})
        if not self.all_hours and bool(self.opens) != bool(self.closes):
            raise ValidationError({"closes": _("Say when it opens and when it closes, or neither.")})
        if not re.fullmatch(r"(\s*[a-z]{2,3}(-[A-Za-z0-9]+)*\s*(,|$))*", self.spoken):
            raise ValidationError({"spoken": _("Write language codes with commas, for example “vi, hmn”.")})

    @property
    def dialled(self):
        """The number as a phone dials it: "+84981848484", "1900969680", "111"."""
        return re.sub(r"[\s().\-\u00a0]", "", self.number)

    @property
    def link(self):
        """`tel:` or `sms:` link. Short codes and national numbers stay as they are: no country code."""
        return f"{'sms' if self.kind == self.Kind.TEXT else 'tel'}:{self.dialled}"

    @property
    def languages_spoken(self):
        """The `Language`s or bare codes spoken, in the order given; empty when not recorded."""
        codes = [code.strip() for code in self.spoken.split(",") if code.strip()]
        return [languages.BY_CODE.get(code, code) for code in codes]

    def is_in_use(self, on=None):
        """Return whether the number is valid on day `on` (default: today, site time)."""
        day = on or timezone.localdate()
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to)

    def has_ended(self, on=None):
        """Return whether the number's last day is before `on` (default: today, site time)."""
        return bool(self.valid_to) and self.valid_to < (on or timezone.localdate())

    def is_open(self, now=None):
        """Return whether somebody answers at `now` (aware; default: now); None when hours are not known."""
        if self.all_hours:
            return True
        if not (self.opens and self.closes):
            return None
        clock = timezone.localtime(now).time()
        if self.opens <= self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes


PHRASES = {
    "call": pgettext_lazy("button", "Call"),
    "text": pgettext_lazy("button", "Text"),
    "free": _("Free"),
    "all_hours": _("Day and night"),
    "leave": _("Leave this page"),
    "not_yet": _("This page is not yet in this language"),
    "read_in": _("Read it in"),
    "help": pgettext_lazy("heading", "Help"),
    "listen": _("Listen"),
    "hours": _("Hours"),
    "spoken": _("Languages"),
    "languages": _("Other languages"),
}


class PhrasesWidget(forms.MultiWidget):
    template_name = "outreach_site/widgets/phrases.html"

    def __init__(self, attrs=None):
        super().__init__({key: forms.TextInput() for key in PHRASES}, attrs)

    def decompress(self, value):
        return [(value or {}).get(key, "") for key in PHRASES]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for subwidget, phrase in zip(context["widget"]["subwidgets"], PHRASES.values(), strict=True):
            subwidget["phrase"] = phrase
        return context


class PhrasesFormField(forms.MultiValueField):
    def __init__(self, **kwargs):
        for name in ("encoder", "decoder", "required"):
            kwargs.pop(name, None)
        fields = [forms.CharField(required=False, max_length=80) for _key in PHRASES]
        super().__init__(fields, widget=PhrasesWidget(), required=False, **kwargs)

    def compress(self, values):
        return {key: nfc(text.strip()) for key, text in zip(PHRASES, values, strict=False) if text}


class PhrasesField(models.JSONField):
    """{"call": "…"}: the dozen words, by their key in `PHRASES`."""

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": PhrasesFormField, **kwargs})


class PhraseListForm(WagtailAdminModelForm):
    """The phrases, and the speaker's word for them."""

    vouch = forms.BooleanField(
        label=_("I speak this language well and vouch for these words."),
        required=False,
        help_text=_("Only then do readers see them. Changing a word later takes your signature off."),
    )

    def save(self, commit=True):
        if self.cleaned_data.get("vouch") and self.for_user:
            self.instance.sign(self.for_user)
        return super().save(commit)


class PhraseList(models.Model):
    """The dozen words that the site needs in a language before it has anything else in it.

    A native speaker fills them in and signs for them. Until then nobody sees them: pictograms, the
    number, and the words in the site's own languages stand there instead.
    """

    language = models.CharField(_("language"), max_length=12, unique=True)
    texts = PhrasesField(_("phrases"), default=dict, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        editable=False,
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True, editable=False)

    base_form_class = PhraseListForm
    panels = [FieldPanel("language"), FieldPanel("texts"), FieldPanel("vouch")]

    class Meta:
        verbose_name = _("phrases of a language")
        verbose_name_plural = _("phrases by language")

    def __str__(self):
        return languages.get(self.language).name

    def save(self, *args, **kwargs):
        # A signature is to these words: changing one takes it off.
        stored = PhraseList.objects.filter(pk=self.pk).first()
        if stored and stored.texts != self.texts and stored.signed_at == self.signed_at:
            self.signed_by = self.signed_at = None
        super().save(*args, **kwargs)

    def clean(self):
        if self.language not in languages.BY_CODE:
            raise ValidationError({"language": _("The site has no such language.")})

    def sign(self, user):
        """Vouch for the texts as they stand now."""
        self.signed_by, self.signed_at = user, timezone.now()


@register_setting(icon="help", order=100)
class HelpCard(BaseSiteSetting, ClusterableModel):
    """What the help page says besides the numbers."""

    what_happens = LocalizedTextField(
        _("what happens when you call"),
        rows=4,
        text_max_length=600,
        blank=True,
        help_text=_("Three short sentences."),
    )

    panels = [
        FieldPanel("what_happens"),
        InlinePanel("recordings", label=_("Read aloud")),
        HelpPanel(template="outreach_site/admin/help_plays.html"),
    ]

    class Meta:
        verbose_name = _("help page")


class HelpRecording(models.Model):
    """The help page read aloud in one language."""

    card = ParentalKey(HelpCard, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    recording = models.ForeignKey(
        "outreach_site.Recording", on_delete=models.CASCADE, related_name="+", verbose_name=_("recording")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "language"], name="one_recording_a_language")]

    def __str__(self):
        return self.language
