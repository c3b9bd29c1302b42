import uuid
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.reach import ledger
from campaigns.sms import segments
from campaigns.sms.pace import HasPace
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.privacy.models import HasPhone

# The longest text that is kept, in characters; what phones send is at most 1,600 or so.
LONGEST_TEXT = 2000


class Gateway(HasPace):
    """A way to the phone network. Its secrets stay in the environment: see `gateways/`."""

    class Kind(models.TextChoices):
        KANNEL = "kannel", "Kannel"
        HTTP = "http", _("Provider with an HTTP interface")
        TWILIO = "twilio", "Twilio"
        SIMULATOR = "simulator", _("Simulated handset")

    slug = models.SlugField(_("name in the address"), max_length=30, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    short_code = models.CharField(
        _("number people text to"),
        max_length=20,
        help_text=_("A short code or a number, for example “8088”."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Off: nothing is taken in, and texts to send wait.")
    )

    config = models.JSONField(
        _("configuration"),
        default=dict,
        blank=True,
        help_text=_("What the provider calls its fields, as JSON. No key and no password: see the manual."),
    )

    class Meta:
        verbose_name = _("gateway")
        verbose_name_plural = _("gateways")
        ordering = ["slug"]

    def __str__(self):
        return self.slug

    def clean(self):
        from campaigns.sms import gateways

        check = getattr(gateways.ADAPTERS.get(self.kind), "check", None)
        if check:
            try:
                check(self.config, self)
            except ValidationError as error:
                raise ValidationError({"config": error.error_list}) from None


class InboundQuerySet(models.QuerySet):
    def ready(self, now):
        """Texts that somebody should take up: new ones whose time has come, and dropped ones."""
        return self.filter(
            Q(state=InboundMessage.State.NEW, next_try_at__lte=now)
            | Q(state=InboundMessage.State.WORKING, lease_until__lt=now)
        )

    def claim(self, pk, now, lease_until):
        """Take text `pk` for this worker; true for exactly one of several workers."""
        taken = self.ready(now).filter(pk=pk)
        return (
            taken.update(
                state=InboundMessage.State.WORKING,
                attempts=models.F("attempts") + 1,
                lease_until=lease_until,
            )
            == 1
        )


class InboundMessage(HasPhone):
    """A text from a phone, kept as it came. Its row is the work: `state` says whether it is done."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("state of a text", "new")
        WORKING = "working", pgettext_lazy("state of a text", "being worked on")
        DONE = "done", pgettext_lazy("state of a text", "done")
        FAILED = "failed", pgettext_lazy("state of a text", "failed")

    class Outcome(models.TextChoices):
        JOINED = "joined", _("joined")
        REJOINED = "rejoined", _("came back")
        ALREADY_IN = "already_in", _("was in already")
        OUTDATED = "outdated", _("overtaken by a later text")
        LEFT = "left", pgettext_lazy("outcome", "left")
        HELP = "help", _("asked for help")
        CRY = "cry", _("cry for help")
        LANGUAGE = "language", _("chose a language")
        NOT_OPEN = "not_open", _("not open on that day")
        TO_CONFIRM = "to_confirm", _("asked to confirm")
        WAITING = "waiting", _("on the waiting list")
        ANSWERED = "answered", _("answered a question")
        SKIPPED = "skipped", _("skipped a question")
        UNKNOWN = "unknown", _("not understood")
        IGNORED = "ignored", _("not from a person, or not a text")

    gateway = models.ForeignKey(
        Gateway, on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    external_id = models.CharField(_("the gateway's id"), max_length=100)
    sender_name = models.CharField(
        _("sender"),
        max_length=30,
        blank=True,
        help_text=_("When it is no person's number: a short code, a name."),
    )
    recipient = models.CharField(_("recipient"), max_length=30, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    raw = models.BinaryField(_("as it came"), blank=True)
    was_cut = models.BooleanField(_("was cut"), default=False)
    is_binary = models.BooleanField(_("is no text"), default=False)
    looks_damaged = models.BooleanField(_("looks damaged"), default=False)
    sent_at = models.DateTimeField(_("sent at"), help_text=_("By the gateway's clock."))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    lease_until = models.DateTimeField(_("being worked on until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("campaign"),
    )

    objects = InboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("text received")
        verbose_name_plural = _("texts received")
        constraints = [
            # For good, not for a day: gateways repeat a call after minutes or after a restore.
            models.UniqueConstraint(fields=["gateway", "external_id"], name="one_row_a_call"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="inbound_to_do",
                condition=Q(state__in=["new", "working"]),
            ),
            models.Index(fields=["gateway", "received_at"], name="inbound_by_gateway"),
            models.Index(fields=["id"], name="inbound_unmatched", condition=Q(outcome="unknown")),
        ]

    def __str__(self):
        return f"{self.pk}: {self.masked_phone or self.sender_name}"


class MemberQuerySet(models.QuerySet):
    def locked(self, message, language):
        """Return the member who sent `message`, made in `language` when new, locked until commit.

        Everything a phone asks for goes through this lock, so that joining and leaving, which two
        workers may hold at the same time, follow each other.
        """
        member, _is_new = self.get_or_create(
            phone_index=message.phone_index,
            defaults={"phone_sealed": message.phone_sealed, "language": language},
        )
        return self.select_for_update().get(pk=member.pk)


class Member(HasPhone):
    """A phone that wrote to us or signed up."""

    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("known since"), default=timezone.now)
    # How she can be reached without anybody else learning of it: as she said it, in few words.
    safe_when = models.CharField(
        _("when it is safe"), max_length=200, blank=True, help_text=_("For example “weekdays after 20:00”.")
    )
    safe_how = models.CharField(
        _("how it is safe"), max_length=200, blank=True, help_text=_("For example “text only, never call”.")
    )
    safe_words = models.CharField(
        _("in which words"),
        max_length=200,
        blank=True,
        help_text=_("What a text or a call should say it is about, should somebody else see or hear it."),
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["phone_index"], name="one_member_a_phone"),
            models.CheckConstraint(condition=~Q(phone_index=""), name="member_has_a_phone"),
        ]

    def __str__(self):
        return self.masked_phone


class SignUp(models.Model):
    """A member of a campaign: once for good, whatever she joins, leaves and joins again."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="sign_ups", verbose_name=_("member")
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        on_delete=models.PROTECT,
        related_name="sign_ups",
        verbose_name=_("campaign"),
        help_text=_("The original page, not a translation."),
    )
    joined_at = models.DateTimeField(_("joined at"), help_text=_("By the sender's clock."))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12)
    area = AreaForeignKey(
        null=True, blank=True, related_name="+", help_text=_("Where she is, as far as she said.")
    )
    age_band = models.CharField(
        _("age group"),
        max_length=6,
        blank=True,
        choices=[choice for choice in ledger.AgeBand.choices if choice[0]],
        help_text=_("As far as she said."),
    )
    inbound = models.ForeignKey(
        InboundMessage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("text received"),
    )

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [models.UniqueConstraint(fields=["member", "campaign"], name="one_sign_up_a_campaign")]

    def __str__(self):
        return f"{self.member} · {self.campaign}"


class OutboundQuerySet(models.QuerySet):
    def due(self, now):
        """Texts that may leave now, answers first; of gateways that are in use and not paused."""
        queued = self.filter(
            state=OutboundMessage.State.QUEUED,
            next_try_at__lte=now,
            gateway__is_active=True,
            gateway__paused_at=None,
        )
        return queued.order_by("kind", "pk")

    def rise(self, state, now, **changes):
        """Set `state` where that is a step up; return how many rows rose."""
        lower = [other for other in OutboundMessage.State if other.rank < state.rank]
        return self.filter(state__in=lower).update(
            state=state, state_changed_at=now, lease_until=None, **changes
        )


class OutboundMessage(HasPhone):
    """A text to a phone. Its row is the queue."""

    class Kind(models.IntegerChoices):
        """Lower leaves first."""

        URGENT = 0, _("answer to a cry for help")
        REPLY = 1, _("answer")
        REMINDER = 2, _("reminder")
        BROADCAST = 3, _("broadcast")

    class Class(models.TextChoices):
        SERVICE = "service", _("service")
        PROMOTION = "promotion", _("promotion")

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("state of a text", "held back")
        QUEUED = "queued", pgettext_lazy("state of a text", "waiting")
        SENDING = "sending", pgettext_lazy("state of a text", "being sent")
        UNKNOWN = "unknown", pgettext_lazy("state of a text", "not known whether it was sent")
        SENT = "sent", pgettext_lazy("state of a text", "sent")
        UNCONFIRMED = "unconfirmed", pgettext_lazy("state of a text", "sent, never reported on")
        DELIVERED = "delivered", pgettext_lazy("state of a text", "delivered")
        FAILED = "failed", pgettext_lazy("state of a text", "not delivered")
        DROPPED = "dropped", pgettext_lazy("state of a text", "not sent: no consent")
        EXPIRED = "expired", pgettext_lazy("state of a text", "not sent: too late")
        CANCELLED = "cancelled", pgettext_lazy("state of a text", "not sent: cancelled")

        @property
        def rank(self):
            """States only rise; of the final ones, which share the top rank, the first stays."""
            order = ["held", "queued", "sending", "unknown", "sent", "unconfirmed"]
            return order.index(self.value) if self.value in order else len(order)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gateway = models.ForeignKey(
        Gateway, on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=12)
    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind.choices)
    cause = models.CharField(
        _("cause"),
        max_length=160,
        unique=True,
        help_text=_("What this text answers or belongs to: the same cause makes no second text."),
    )
    consent_purpose = models.CharField(
        _("consent needed"),
        max_length=100,
        blank=True,
        help_text=_("Empty for an answer to somebody who wrote."),
    )
    message_class = models.CharField(_("class"), max_length=10, choices=Class.choices, default=Class.SERVICE)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("campaign"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
        help_text=_("Nobody: the program."),
    )
    hold = models.ForeignKey(
        "campaigns.Hold",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
        verbose_name=_("above a cap"),
    )
    broadcast = models.ForeignKey(
        "campaigns.Broadcast",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
        # The index below serves it.
        db_index=False,
        verbose_name=_("broadcast"),
    )
    # Where its reader was when it was written, for the numbers: she herself may be erased.
    area = AreaForeignKey(null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.QUEUED)
    state_changed_at = models.DateTimeField(_("state changed at"), default=timezone.now)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    expires_at = models.DateTimeField(
        _("too late after"), null=True, blank=True, help_text=_("From then on it is dropped, not sent late.")
    )
    lease_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    external_id = models.CharField(_("the gateway's id"), max_length=100, blank=True)
    coding = models.CharField(
        _("coding"), max_length=4, choices=[(segments.GSM, "GSM 03.38"), (segments.UCS2, "UCS-2")]
    )
    parts = models.PositiveSmallIntegerField(_("parts"))
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, default=Decimal(0))
    last_error = models.CharField(_("last error"), max_length=60, blank=True)

    objects = OutboundQuerySet.as_manager()

    @property
    def is_answer(self):
        """Whether it answers somebody who wrote: no consent is needed, no hour or cap of a day holds it."""
        return self.kind <= self.Kind.REPLY

    class Meta:
        verbose_name = _("text to send")
        verbose_name_plural = _("texts to send")
        indexes = [
            models.Index(
                fields=["gateway", "kind", "id"], name="outbound_waiting", condition=Q(state="queued")
            ),
            models.Index(fields=["lease_until"], name="outbound_being_sent", condition=Q(state="sending")),
            models.Index(fields=["phone_index", "created_at"], name="outbound_by_phone"),
            models.Index(fields=["sent_at"], name="outbound_unreported", condition=Q(state="sent")),
            models.Index(fields=["id"], name="outbound_unknown", condition=Q(state="unknown")),
            models.Index(fields=["gateway", "created_at"], name="outbound_by_gateway"),
            models.Index(
                fields=["broadcast", "state"], name="outbound_by_broadcast", condition=Q(broadcast__gt=0)
            ),
            models.Index(
                fields=["gateway", "external_id"],
                name="outbound_by_external_id",
                condition=~Q(external_id=""),
            ),
        ]

    def __str__(self):
        return f"{self.uid}: {self.masked_phone}"


class DeliveryReport(models.Model):
    """What a gateway said about a text. Points to it by `uid`, because a report may overtake the row."""

    class Status(models.TextChoices):
        SENT = "sent", pgettext_lazy("state of a text", "sent")
        DELIVERED = "delivered", pgettext_lazy("state of a text", "delivered")
        FAILED = "failed", pgettext_lazy("state of a text", "not delivered")

    gateway = models.ForeignKey(
        Gateway, on_delete=models.PROTECT, related_name="+", verbose_name=_("gateway")
    )
    uid = models.UUIDField(_("text to send"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices)
    raw_type = models.CharField(_("in the gateway's words"), max_length=30, blank=True)
    external_id = models.CharField(_("the gateway's id"), max_length=100, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    is_applied = models.BooleanField(_("is applied"), default=False)

    class Meta:
        verbose_name = _("delivery report")
        verbose_name_plural = _("delivery reports")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["uid", "status"], name="one_report_a_state")]
        indexes = [
            models.Index(fields=["id"], name="report_to_apply", condition=Q(is_applied=False)),
            models.Index(fields=["gateway", "at"], name="report_by_gateway"),
        ]

    def __str__(self):
        return f"{self.uid}: {self.status}"
