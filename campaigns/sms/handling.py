"""Texts that the program did not understand: a person says what becomes of each."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.sms import inbox, outbox
from campaigns.sms.models import InboundMessage, Member, OutboundMessage

Outcome = InboundMessage.Outcome


class Handling(models.Model):
    """What a person did about a text: each text is handled once."""

    class Choice(models.TextChoices):
        ASSIGNED = "assigned", _("meant to join a campaign")
        ANSWERED = "answered", _("answered")
        CRY = "cry", _("is a cry for help")
        SEEN = "seen", _("needs nothing")

    message = models.OneToOneField(
        "campaigns.InboundMessage",
        on_delete=models.CASCADE,
        related_name="handling",
        verbose_name=_("text received"),
    )
    choice = models.CharField(_("what was done"), max_length=10, choices=Choice.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(pgettext_lazy("moment", "at"), default=timezone.now)

    class Meta:
        verbose_name = _("handled text")
        verbose_name_plural = _("handled texts")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.message_id}: {self.choice}"


def unmatched():
    """Return the texts that nobody understood and nobody has handled, oldest first."""
    texts = InboundMessage.objects.filter(outcome=Outcome.UNKNOWN, handling=None)
    # Old texts were let go, and nobody can be answered any more.
    texts = texts.exclude(phone_index="")
    return texts.select_related("gateway").order_by("pk")


def _to_handle(message_id, choice, by):
    """Return the text, locked until commit and noted as handled; None when a colleague was first."""
    texts = InboundMessage.objects.filter(outcome=Outcome.UNKNOWN).select_for_update()
    message = texts.filter(pk=message_id).first()
    # Asked once the lock is ours: a colleague may have been at it in the meantime.
    if message is None or Handling.objects.filter(message=message).exists():
        return None
    Handling.objects.create(message=message, choice=choice, by=by)
    return message


@transaction.atomic
def assign(message_id, campaign, *, by):
    """Take a text for a wish to join `campaign` (the original page). Returns the `Outcome`, None if handled."""
    message = _to_handle(message_id, Handling.Choice.ASSIGNED, by)
    if message is None:
        return None
    member = Member.objects.locked(message, campaign.locale.language_code)
    outcome = inbox.join(message, member, campaign)
    InboundMessage.objects.filter(pk=message.pk).update(outcome=outcome, campaign=campaign)
    return outcome


@transaction.atomic
def answer(message_id, text, *, by):
    """Answer a text by hand. Returns whether it was still to be handled; ValueError as `outbox.queue`."""
    message = _to_handle(message_id, Handling.Choice.ANSWERED, by)
    if message is None:
        return False
    write(message, text, by=by, cause=f"by-hand:{message.pk}")
    return True


@transaction.atomic
def is_cry(message_id, *, by):
    """Treat a text as the cry for help that the program did not see. Returns whether it was to be handled."""
    message = _to_handle(message_id, Handling.Choice.CRY, by)
    if message is None:
        return False
    member = Member.objects.locked(message, inbox.language_for(message))
    inbox.answer_cry(message, member)
    InboundMessage.objects.filter(pk=message.pk).update(outcome=Outcome.CRY)
    return True


@transaction.atomic
def seen(message_id, *, by):
    """Note that a text needs nothing. Returns whether it was still to be handled."""
    return _to_handle(message_id, Handling.Choice.SEEN, by) is not None


def write(message, text, *, by, cause):
    """Queue a person's answer to whoever sent `message`. Raises ValueError as `outbox.queue` does."""
    member = Member.objects.filter(phone_index=message.phone_index).first()
    return outbox.queue(
        to=message,
        gateway=message.gateway,
        text=text,
        language=member.language if member else inbox.language_for(message),
        kind=OutboundMessage.Kind.REPLY,
        cause=cause,
        lasting=True,
        author=by,
    )
