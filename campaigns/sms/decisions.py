"""What a person, or the rule for answers, decided about a text of which nobody knows whether it was sent.

A text is never sent again by itself, with one exception: an answer, once, while the conversation lasts.
Sent again means a new row with an id of its own; the old one stays what it is, and a late report
still raises it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.sms import outbox
from campaigns.sms.models import OutboundMessage

# A report usually tells within minutes; only then is an answer sent again.
PATIENCE = timedelta(minutes=10)
AGAIN = "again:"
BATCH = 100


class Decision(models.Model):
    """The end of not knowing: it was sent after all, it is sent again as a new text, or it is left."""

    class Choice(models.TextChoices):
        WAS_SENT = "sent", pgettext_lazy("decision", "was sent")
        SEND_AGAIN = "again", _("sent again")
        LEAVE = "leave", pgettext_lazy("decision", "left as it is")

    message = models.OneToOneField(
        "campaigns.OutboundMessage",
        on_delete=models.CASCADE,
        related_name="decision",
        verbose_name=_("text to send"),
    )
    choice = models.CharField(_("decision"), max_length=10, choices=Choice.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
        help_text=_("Nobody: an answer, which is sent again once by itself."),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision about a text")
        verbose_name_plural = _("decisions about texts")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.message_id}: {self.choice}"


def undecided():
    """Return the texts of which nobody knows whether they were sent, oldest first."""
    unknown = OutboundMessage.objects.filter(state=OutboundMessage.State.UNKNOWN, decision=None)
    return unknown.select_related("gateway", "campaign").order_by("pk")


def _to_decide(message_id):
    """Return the text, locked until commit, when nobody has decided about it; else None."""
    unknown = OutboundMessage.objects.filter(state=OutboundMessage.State.UNKNOWN)
    message = unknown.select_for_update().filter(pk=message_id).first()
    # Asked once the lock is ours: a join in the query above may have been read before a colleague decided.
    if message is None or Decision.objects.filter(message=message).exists():
        return None
    return message


@transaction.atomic
def was_sent(message_id, *, by, reason=""):
    """Note that a text was sent: somebody saw it arrive. Returns whether that was still to be decided."""
    message = _to_decide(message_id)
    if message is None:
        return False
    Decision.objects.create(message=message, choice=Decision.Choice.WAS_SENT, by=by, reason=reason[:200])
    left_at = message.sent_at or message.state_changed_at
    row = OutboundMessage.objects.filter(pk=message.pk)
    row.rise(OutboundMessage.State.SENT, timezone.now(), sent_at=left_at)
    return True


@transaction.atomic
def send_again(message_id, *, by, reason):
    """Send a text once more, as a new row. Returns whether that was still to be decided.

    A reminder or broadcast keeps the moment after which it is too late.
    """
    message = _to_decide(message_id)
    if message is None:
        return False
    Decision.objects.create(message=message, choice=Decision.Choice.SEND_AGAIN, by=by, reason=reason[:200])
    again = OutboundMessage(
        **{name: getattr(message, name) for name in COPIED},
        cause=f"{AGAIN}{message.uid}",
        expires_at=None if by and message.is_answer else message.expires_at,
    )
    again.save(force_insert=True)
    outbox.nudge_gateway(message.gateway_id)
    return True


COPIED = (
    *("phone_sealed", "phone_index", "gateway", "text", "language", "kind", "consent_purpose"),
    *("message_class", "campaign", "author", "broadcast", "area", "coding", "parts", "cost"),
)


@transaction.atomic
def leave(message_id, *, by, reason=""):
    """Let a text be, sent or not. Returns whether that was still to be decided."""
    message = _to_decide(message_id)
    if message is None:
        return False
    Decision.objects.create(message=message, choice=Decision.Choice.LEAVE, by=by, reason=reason[:200])
    return True


def send_answers_again():
    """Send answers once more of which nothing was heard; broadcasts and reminders wait for a person."""
    now = timezone.now()
    answers = undecided().filter(
        models.Q(expires_at=None) | models.Q(expires_at__gt=now),
        kind__lte=OutboundMessage.Kind.REPLY,
        message_class=OutboundMessage.Class.SERVICE,
        state_changed_at__lt=now - PATIENCE,
    )
    # What was sent again already, and is unknown again, is not sent a third time.
    for message_id in answers.exclude(cause__startswith=AGAIN).values_list("pk", flat=True)[:BATCH]:
        send_again(message_id, by=None, reason="")
