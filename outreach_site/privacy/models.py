from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach_site.privacy import phones


class HasPhone(models.Model):
    """The two columns of a phone number: sealed, and findable. Set both with `set_phone`."""

    phone_sealed = models.TextField(_("phone number, encrypted"), blank=True, editable=False)
    phone_index = models.CharField(_("phone index"), max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True

    def set_phone(self, phone):
        """Seal `phone` (E.164, or "" for a sender that is no person's number)."""
        self.phone_sealed = phones.seal(phone) if phone else ""
        self.phone_index = phones.index(phone) if phone else ""

    @property
    def masked_phone(self):
        """The number with its middle hidden, as staff see it."""
        return phones.mask(self.reveal_phone()) if self.phone_sealed else ""

    def reveal_phone(self):
        """Return the number in clear, for a gateway. People go through `PhoneLook.objects.look`."""
        return phones.unseal(self.phone_sealed) if self.phone_sealed else ""


class PhoneLookQuerySet(models.QuerySet):
    def look(self, user, record, reason):
        """Return the number of `record` in clear to `user`, and write down that she looked.

        `record` is a `HasPhone`; `reason` her words. Raises PermissionDenied without the
        permission `outreach_site.look_at_phone`, ValueError without a reason.
        """
        if not user.has_perm("outreach_site.look_at_phone"):
            raise PermissionDenied(_("You may not see phone numbers."))
        if not reason.strip():
            raise ValueError(_("Please say why you need the number."))
        self.create(user=user, phone_index=record.phone_index, reason=reason.strip())
        return record.reveal_phone()


class PhoneLook(models.Model):
    """Somebody saw a phone number in clear: who, whose (by index), when, why."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("staff"))
    phone_index = models.CharField(_("phone index"), max_length=64, db_index=True)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = PhoneLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a phone number")
        verbose_name_plural = _("looks at phone numbers")
        permissions = [("look_at_phone", _("Can see phone numbers in clear"))]

    def __str__(self):
        return f"{self.user} {self.at:%d/%m/%Y}"


class ConsentEvent(models.Model):
    """One line of the consent ledger: given or withdrawn, never changed afterwards.

    The wording, its language and the channel are kept as they were, because consent is to those
    words. `at` is the sender's own clock: that decides the order of two events.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        WEB = "web", _("web form")
        STAFF = "staff", _("noted by staff")
        PROVIDER = "provider", _("told by the provider of text messages")

    phone_index = models.CharField(_("phone index"), max_length=64)
    purpose = models.CharField(_("purpose"), max_length=100, help_text=_("“all”, or one campaign's key."))
    given = models.BooleanField(_("given"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    wording = models.TextField(_("wording"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    at = models.DateTimeField(_("at"))
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    source = models.CharField(_("source"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consent ledger")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["phone_index", "purpose", "-at"], name="consent_by_phone")]

    def __str__(self):
        return f"{self.purpose}: {'+' if self.given else '−'} {self.at:%d/%m/%Y}"


class RightsAnswer(models.Model):
    """What was done when a person asked for her data: handed out or erased, by whom, why, how much."""

    class What(models.TextChoices):
        EXPORT = "export", _("handed out")
        ERASURE = "erasure", _("erased")

    what = models.CharField(_("what was done"), max_length=10, choices=What.choices)
    phone_index = models.CharField(_("phone index"), max_length=64, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=300)
    numbers = models.JSONField(_("rows"), default=dict)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("answer to a person about her data")
        verbose_name_plural = _("answers to people about their data")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.what} {self.at:%d/%m/%Y}"


class RetentionRule(models.Model):
    """For how long one kind of thing is kept before it is made to say nothing of anybody."""

    key = models.SlugField(_("what"), unique=True)
    months = models.PositiveSmallIntegerField(
        _("months"), help_text=_("0: as long as the person does not ask for its erasure.")
    )

    class Meta:
        verbose_name = _("time to keep data")
        verbose_name_plural = _("times to keep data")
        ordering = ["key"]

    def __str__(self):
        return f"{self.key}: {self.months}"


class RetentionRun(models.Model):
    """One night's letting go of one kind of thing."""

    key = models.SlugField(_("what"))
    before = models.DateTimeField(_("older than"))
    number = models.PositiveIntegerField(_("rows"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("data let go")
        verbose_name_plural = _("data let go")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.key}: {self.number}"
