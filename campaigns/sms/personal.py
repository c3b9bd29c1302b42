"""What texting holds about a phone: handed out, erased, let go after a time. See `privacy.holdings`."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.sms import outbox
from campaigns.sms.conversation.models import Candidate
from campaigns.sms.models import InboundMessage, Member, OutboundMessage, SignUp
from campaigns.sms.urgent import Cry
from outreach_site.privacy import holdings
from outreach_site.privacy.holdings import Holding

IN, OUT = InboundMessage.State, OutboundMessage.State
NOBODY = {"phone_sealed": "", "phone_index": ""}
# Rows of which something may still become.
ON_THE_WAY = (OUT.HELD, OUT.QUEUED, OUT.SENDING, OUT.UNKNOWN)


def register():
    """Called when the app is ready."""
    for holding in (
        Holding("texts-in", gettext_lazy("texts received"), _texts_in, _erase_in, _let_go_in, months=24),
        Holding("texts-out", gettext_lazy("texts sent"), _texts_out, _erase_out, _let_go_out, months=24),
        Holding("cries", gettext_lazy("cries for help"), _cries, _erase_cries, _let_go_cries, months=24),
        Holding("members", gettext_lazy("sign-ups"), _members, _erase_member, _let_go_members, months=24),
    ):
        holdings.register(holding)


# --- texts in ------------------------------------------------------------------------------
def _texts_in(index):
    texts = InboundMessage.objects.filter(phone_index=index).order_by("pk")
    return [
        {"at": one.sent_at.isoformat(), "text": one.text, "outcome": one.outcome} for one in texts.iterator()
    ]


def _empty_in(texts):
    # The gateway's id stays: a call that is repeated after this makes no new row.
    return texts.update(text="", raw=b"", sender_name="", **NOBODY)


def _erase_in(index):
    if InboundMessage.objects.filter(phone_index=index, state__in=[IN.NEW, IN.WORKING]).exists():
        raise holdings.Refused(_("A text of hers is being worked on. Try again in a minute."))
    return _empty_in(InboundMessage.objects.filter(phone_index=index))


def _let_go_in(before, most):
    old = InboundMessage.objects.filter(received_at__lt=before, state__in=[IN.DONE, IN.FAILED])
    ids = (
        old.exclude(phone_index="", text="", sender_name="")
        .order_by("received_at")
        .values_list("pk", flat=True)
    )
    return _empty_in(InboundMessage.objects.filter(pk__in=list(ids[:most])))


# --- texts out -----------------------------------------------------------------------------
def _texts_out(index):
    texts = OutboundMessage.objects.filter(phone_index=index).order_by("pk")
    return [
        {"at": one.created_at.isoformat(), "text": one.text, "state": one.state} for one in texts.iterator()
    ]


def _erase_out(index):
    texts = OutboundMessage.objects.filter(phone_index=index)
    outbox.cancel(texts)
    if texts.filter(state=OUT.SENDING).exists():
        raise holdings.Refused(_("A text to her is being sent. Try again in a minute."))
    return texts.update(text="", **NOBODY)


def _let_go_out(before, most):
    old = OutboundMessage.objects.filter(created_at__lt=before).exclude(state__in=ON_THE_WAY)
    ids = old.exclude(phone_index="").order_by("created_at").values_list("pk", flat=True)
    return OutboundMessage.objects.filter(pk__in=list(ids[:most])).update(text="", **NOBODY)


# --- cries ---------------------------------------------------------------------------------
def _cries(index):
    return [
        {"at": one.raised_at.isoformat(), "result": one.result}
        for one in Cry.objects.filter(phone_index=index)
    ]


def _erase_cries(index):
    cries = Cry.objects.filter(phone_index=index)
    if cries.filter(taken_at=None).exists():
        raise holdings.Refused(_("She cries for help, and nobody has taken it yet. Take it first."))
    return cries.update(**NOBODY)


def _let_go_cries(before, most):
    old = Cry.objects.filter(raised_at__lt=before).exclude(taken_at=None).exclude(phone_index="")
    ids = list(old.order_by("raised_at").values_list("pk", flat=True)[:most])
    return Cry.objects.filter(pk__in=ids).update(**NOBODY)


# --- members -------------------------------------------------------------------------------
def _members(index):
    found = []
    for member in Member.objects.filter(phone_index=index).prefetch_related(
        "sign_ups__campaign", "sign_ups__area", "candidates__campaign", "questions"
    ):
        found.append(
            {
                "known_since": member.created_at.isoformat(),
                "language": member.language,
                "safe_contact": [member.safe_when, member.safe_how, member.safe_words],
                "sign_ups": [
                    {
                        "campaign": one.campaign.title,
                        "area": one.area.name if one.area else None,
                        "age": one.age_band,
                        "joined": one.joined_at.isoformat(),
                        "left": one.left_at.isoformat() if one.left_at else None,
                    }
                    for one in member.sign_ups.all()
                ],
                "waits_for": [
                    {"campaign": one.campaign.title, "what": one.waits_for, "since": one.since.isoformat()}
                    for one in member.candidates.all()
                ],
                "questions": [
                    {"asked": one.asked_at.isoformat(), "what": one.what, "answer": one.value_in_words}
                    for one in member.questions.all()
                ],
            }
        )
    return found


def _erase_member(index):
    # Her sign-ups and answers go with her; what they counted stays, and names nobody.
    return Member.objects.filter(phone_index=index).delete()[0]


def _let_go_members(before, most):
    """Let members go who are in nothing any more and were not heard of since."""
    her_texts = InboundMessage.objects.filter(phone_index=OuterRef("phone_index"), received_at__gte=before)
    her_sign_ups = SignUp.objects.filter(member=OuterRef("pk"))
    in_or_lately_in = her_sign_ups.filter(Q(left_at=None) | Q(left_at__gte=before))
    waits = Candidate.objects.filter(member=OuterRef("pk"))
    gone = Member.objects.filter(
        ~Exists(her_texts), ~Exists(in_or_lately_in), ~Exists(waits), created_at__lt=before
    )
    ids = list(gone.order_by("created_at").values_list("pk", flat=True)[:most])
    Member.objects.filter(pk__in=ids).delete()
    return len(ids)
