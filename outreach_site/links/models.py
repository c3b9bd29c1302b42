import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CheckedLinkQuerySet(models.QuerySet):
    def due(self, now=None):
        """Links to other sites that it is time to ask."""
        return self.filter(kind=CheckedLink.Kind.SITE, next_try_at__lte=now or timezone.now())

    def troubling(self):
        """What somebody should look at and nobody has called fine."""
        State = CheckedLink.State
        wrong = models.Q(state__in=[State.BROKEN, State.MOVED, State.TYPED])
        failing = models.Q(state=State.UNSURE)
        return self.filter(wrong | failing, quieted_at=None)


class CheckedLink(models.Model):
    """One address, or one phone number, that published texts lead to. The row is the queue of the checks."""

    class Kind(models.TextChoices):
        SITE = "site", pgettext_lazy("kind of link", "other site")
        PAGE = "page", pgettext_lazy("kind of link", "page")
        DOCUMENT = "document", pgettext_lazy("kind of link", "document")
        OWN = "own", pgettext_lazy("kind of link", "address of this site")
        HOTLINE = "hotline", pgettext_lazy("kind of link", "hotline record")
        NUMBER = "number", pgettext_lazy("kind of link", "phone number")
        MAIL = "mail", pgettext_lazy("kind of link", "e-mail")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("link", "not checked yet")
        OK = "ok", pgettext_lazy("link", "works")
        MOVED = "moved", pgettext_lazy("link", "moved")
        BROKEN = "broken", pgettext_lazy("link", "broken")
        UNSURE = "unsure", pgettext_lazy("link", "cannot tell")
        TYPED = "typed", pgettext_lazy("link", "typed number")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # An address; "12 km" for page 12 as readers of km get it; the id of a document or record; +84…, 111.
    address = models.TextField(_("address"))
    address_hash = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    # A key of `words.REASONS`.
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    http_status = models.PositiveSmallIntegerField(_("answer of the site"), null=True, blank=True)
    new_address = models.TextField(_("new address"), blank=True)
    # The record that has this number, or that is to take the place of one no longer answered.
    hotline = models.ForeignKey(
        "outreach_site.Hotline", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    failed_days = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(_("first failed"), null=True, blank=True)
    last_failed_on = models.DateField(null=True, blank=True)
    last_checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True, db_index=True)
    quieted_at = models.DateTimeField(null=True, blank=True)
    quieted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [models.UniqueConstraint(fields=["kind", "address_hash"], name="one_row_an_address")]
        indexes = [models.Index(fields=["state", "kind"], name="links_by_state")]

    def __str__(self):
        return f"{self.kind} {self.address}"

    def save(self, *args, **kwargs):
        self.address_hash = hash_of(self.address)
        super().save(*args, **kwargs)


def hash_of(address):
    """Return what stands for an address in unique keys; addresses may be longer than an index takes."""
    return hashlib.sha256(address.encode()).hexdigest()


class LinkPlace(models.Model):
    """Where a link stands: which object, language, field and block, and the words there."""

    link = models.ForeignKey(CheckedLink, on_delete=models.CASCADE, related_name="places")
    # "wagtailcore.page:12", "outreach_site.organisation:3".
    owner = models.CharField(max_length=100, db_index=True)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    # As in Wagtail's reference index: "body.<id of the block>.url" and "body.call_to_action.url".
    path = models.CharField(max_length=250)
    model_path = models.CharField(max_length=250)
    words = models.CharField(_("words"), max_length=200, blank=True)
    # In formatted text, where a link can be put in the number's place.
    is_rich = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("place of a link")
        verbose_name_plural = _("places of links")
        constraints = [
            models.UniqueConstraint(
                fields=["link", "owner", "language", "path"], name="one_row_a_place_of_a_link"
            )
        ]

    def __str__(self):
        return f"{self.owner} {self.path}"


class ContentChange(models.Model):
    """An object whose links have to be collected anew. Gone once that is done."""

    owner = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("changes of content")

    def __str__(self):
        return self.owner
