"""What needs a person: one open alarm for a kind and a key, on the front page and by letter.

An alarm is raised as often as its cause is seen, and closed by the code that sees the cause gone.
Its words are a msgid: each reader gets them in her own language.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

logger = logging.getLogger(__name__)

# Who may act on an alarm, and so gets its letter.
ACTS = "campaigns.change_gateway"


class AlarmQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Alarm(models.Model):
    """Something that a person has to look at, from when it was seen first until it is over."""

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("about"), max_length=100, blank=True)
    words = models.CharField(_("words"), max_length=200)
    gateway = models.ForeignKey(
        "campaigns.Gateway",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="alarms",
        verbose_name=_("gateway"),
    )
    raised_at = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    closed_at = models.DateTimeField(_("over since"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("closed by"),
        help_text=_("Nobody: its cause was gone."),
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of the gateway", "alarm")
        verbose_name_plural = pgettext_lazy("of the gateway", "alarms")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(closed_at=None), name="one_open_alarm"
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.key}"

    @property
    def in_words(self):
        """The words in the language of whoever reads them."""
        return gettext(self.words)


def raise_alarm(kind, key, words, gateway=None, *, permission=ACTS, url_name="sms_alarms", tell_again=False):
    """Raise the alarm, or note that its cause is still there. Returns whether it is new.

    words       a msgid (mark it with `gettext_noop`), without anybody's number or text
    permission  who has it gets a letter
    url_name    the screen that the letter leads to
    tell_again  write the letter although the alarm is open already
    """
    now = timezone.now()
    open_ones = Alarm.objects.open().filter(kind=kind, key=key)
    if open_ones.update(seen_at=now):
        if tell_again:
            alarm = open_ones.first()
            transaction.on_commit(lambda: _write_to_staff(alarm, permission, url_name))
        return False
    try:
        with transaction.atomic():
            alarm = Alarm.objects.create(
                kind=kind, key=key, words=words, gateway=gateway, raised_at=now, seen_at=now
            )
    except IntegrityError:
        return False
    logger.warning("alarm %s %s", kind, key)
    transaction.on_commit(lambda: _write_to_staff(alarm, permission, url_name))
    return True


def close(kind, key, *, by=None):
    """Close the open alarm of `kind` about `key`, if there is one. Returns whether there was."""
    found = Alarm.objects.open().filter(kind=kind, key=key)
    return found.update(closed_at=timezone.now(), closed_by=by) == 1


def close_by_hand(alarm_id, *, by):
    """Let a person call an alarm seen to; it comes back when its cause is seen again. Returns whether it was open."""
    found = Alarm.objects.open().filter(pk=alarm_id)
    return found.update(closed_at=timezone.now(), closed_by=by) == 1


def close_unseen(kind, since=timedelta(minutes=10)):
    """Close the alarms of `kind` whose cause was not seen for that long."""
    now = timezone.now()
    return Alarm.objects.open().filter(kind=kind, seen_at__lt=now - since).update(closed_at=now)


def _write_to_staff(alarm, permission, url_name):
    address = settings.WAGTAILADMIN_BASE_URL + reverse(url_name)
    for person in get_user_model().objects.filter(is_active=True).exclude(email=""):
        if not person.has_perm(permission):
            continue
        with translation.override(UserProfile.get_for_user(person).get_preferred_language()):
            subject = gettext("Text messages: %(words)s") % {"words": alarm.in_words}
            body = gettext("%(words)s\n\nWhat to look at: %(address)s\n") % {
                "words": alarm.in_words,
                "address": address,
            }
        # One letter that cannot be stored must not undo what raised the alarm.
        try:
            send_mail(subject, body, None, [person.email])
        except Exception as error:
            logger.warning("letter about alarm %s not stored: %s", alarm.pk, type(error).__name__)
