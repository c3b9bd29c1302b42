"""`/admin/sms/texts/`: all texts in and out, newest first, and all of one number in a thread.

A number is looked for whole, by its keyed hash, and never stands in an address: the search is a POST, and
a thread is named by the hash. Pages follow each other by the rows' ids: a page costs the same however far
back it is.
"""

from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.sms import discretion, handling, segments
from campaigns.sms.desk.rights import HANDLES, SEES, SEES_MEMBERS, needs
from campaigns.sms.models import InboundMessage, Member, OutboundMessage
from outreach_site.privacy import phones
from outreach_site.privacy.models import PhoneLook
from outreach_site.text import nfc

A_PAGE = 30
IN, OUT = "in", "out"
# The longest id that a row can have.
NO_END = 2**63 - 1
LOOKS_SHOWN = 5
LOOKS = "outreach_site.look_at_phone"


class FilterForm(forms.Form):
    """Which texts: all, those of one direction, or in one state. The states are the rows' own."""

    state = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        received = [(f"{IN}:{value}", label) for value, label in InboundMessage.Outcome.choices]
        received.append((f"{IN}-state:failed", InboundMessage.State.FAILED.label))
        sent = [(f"{OUT}:{value}", label) for value, label in OutboundMessage.State.choices]
        self.fields["state"].choices = [
            ("", _("all texts")),
            (IN, _("all texts in")),
            (OUT, _("all texts out")),
            (_("Texts in"), received),
            (_("Texts out"), sent),
        ]


class NumberForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Whole phone number"), max_length=30)

    def clean_number(self):
        phone = phones.normalise(self.cleaned_data["number"])
        if not phone:
            raise forms.ValidationError(_("This is no whole phone number."))
        return phone


class AnswerForm(forms.Form):
    """A person's answer: words that betray nobody, in as few parts as it takes."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def clean_text(self):
        text = nfc(self.cleaned_data["text"]).strip()
        blocking = [problem for problem in discretion.check(text) if problem.blocks]
        if blocking:
            raise forms.ValidationError([str(problem) for problem in blocking])
        if segments.measure(text)[1] > segments.MOST_PARTS:
            raise forms.ValidationError(_("This is too long for a text."))
        return text


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why you need the number"), max_length=300)


@dataclass(frozen=True)
class Line:
    """One text on the screen; `state` in words."""

    row: object
    is_in: bool
    at: object
    state: str
    masked: str

    @property
    def text(self):
        return self.row.text

    @property
    def language(self):
        return "" if self.is_in else self.row.language


@dataclass(frozen=True)
class Screenful:
    """Texts, newest first, and the query that asks for the older ones ("" when there are none)."""

    lines: list
    older: str


def read(inbound, outbound, before):
    """Return the `Screenful` of two queries (None: none of them) that ends before `before`, two ids."""
    found = []
    for texts, pk, make, related in (
        (inbound, before[0], _from_phone, ("gateway", "campaign")),
        (outbound, before[1], _to_phone, ("gateway", "campaign")),
    ):
        if texts is not None:
            rows = texts.filter(pk__lt=pk).order_by("-pk").select_related(*related)[: A_PAGE + 1]
            found += [make(row) for row in rows]
    # Of two texts at one moment the answer comes after what it answers.
    found.sort(key=lambda line: (line.at, not line.is_in, line.row.pk), reverse=True)
    shown = found[:A_PAGE]
    ends = [
        min((line.row.pk for line in shown if line.is_in == is_in), default=before[0 if is_in else 1])
        for is_in in (True, False)
    ]
    return Screenful(shown, f"{ends[0]}-{ends[1]}" if len(found) > A_PAGE else "")


def _from_phone(row):
    words = row.get_outcome_display() if row.outcome else row.get_state_display()
    return Line(row, True, row.received_at, words, masked(row) or row.sender_name)


def _to_phone(row):
    return Line(row, False, row.created_at, row.get_state_display(), masked(row))


def masked(row):
    """Return a row's number as staff see it, also when its key is gone."""
    try:
        return row.masked_phone
    except ValueError:
        return "•••"


def _before(request):
    """Return the ids before which a page begins, from `?before=12-40`."""
    ends = request.GET.get("before", "").split("-")
    if len(ends) == 2 and all(end.isascii() and end.isdigit() and len(end) < 19 for end in ends):
        return int(ends[0]), int(ends[1])
    return NO_END, NO_END


@require_safe
@never_cache
@needs(SEES)
def overview(request):
    form = FilterForm(request.GET)
    wanted = form.cleaned_data["state"] if form.is_valid() else ""
    context = {
        "form": form,
        "number_form": NumberForm(),
        "wanted": wanted,
        "screen": read(*_chosen(wanted), _before(request)),
        "page_title": _("Texts"),
        "header_icon": "comment",
    }
    return render(request, "campaigns/sms/desk/texts.html", context)


def _chosen(wanted):
    """Return the queries (texts in, texts out) that a filter means; None for a side that it leaves out."""
    side, _colon, value = wanted.partition(":")
    inbound, outbound = InboundMessage.objects.all(), OutboundMessage.objects.all()
    if side == IN:
        return (inbound.filter(outcome=value) if value else inbound), None
    if side == f"{IN}-state":
        return inbound.filter(state=value), None
    if side == OUT:
        return None, (outbound.filter(state=value) if value else outbound)
    return inbound, outbound


@require_POST
@needs(SEES)
def find(request):
    """Lead to the thread of a number that was typed whole."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no whole phone number."))
        return redirect("sms_texts")
    index = phones.index(form.cleaned_data["number"])
    if not _rows_of(index)[0].exists() and not _rows_of(index)[1].exists():
        messages.info(request, _("No text came from this number and none went to it."))
        return redirect("sms_texts")
    return redirect("sms_thread", index)


def _rows_of(index):
    return (
        InboundMessage.objects.filter(phone_index=index),
        OutboundMessage.objects.filter(phone_index=index),
    )


@require_safe
@never_cache
@needs(SEES)
def thread(request, index):
    return _thread(request, index)


@require_POST
@never_cache
@needs(HANDLES)
def answer(request, index):
    """Write to a number that wrote to us; the text leaves as an answer."""
    message = InboundMessage.objects.filter(phone_index=index).select_related("gateway").last()
    if message is None:
        raise Http404
    form = AnswerForm(request.POST)
    token = request.POST.get("token", "")[:40]
    if not form.is_valid() or not token:
        return _thread(request, index, answer_form=form)
    # The form's own token: two clicks on the button send one text.
    is_new = handling.write(message, form.cleaned_data["text"], by=request.user, cause=f"by-hand:{token}")
    messages.success(request, _("It leaves now.") if is_new else _("It was sent already."))
    return redirect("sms_thread", index)


@require_POST
@never_cache
@needs(SEES)
def unmask(request, index):
    """The thread with its number in clear, once, for a reason that is written down."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why you need the number."))
        return redirect("sms_thread", index)
    inbound, outbound = _rows_of(index)
    row = inbound.first() or outbound.first()
    if row is None:
        raise Http404
    try:
        number = PhoneLook.objects.look(request.user, row, form.cleaned_data["reason"])
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect("sms_thread", index)
    except ValueError:
        messages.error(request, _("The number cannot be read: its key is missing."))
        return redirect("sms_thread", index)
    return _thread(request, index, number)


def _thread(request, index, number="", answer_form=None):
    screen = read(*_rows_of(index), _before(request))
    if not screen.lines:
        raise Http404
    member = None
    if request.user.has_perm(SEES_MEMBERS):
        member = Member.objects.filter(phone_index=index).first()
    may_answer = request.user.has_perm(HANDLES) and any(line.is_in for line in screen.lines)
    context = {
        "answer_form": (answer_form or AnswerForm()) if may_answer else None,
        "token": uuid4().hex,
        "index": index,
        "screen": screen,
        "number": number,
        "masked": masked(screen.lines[0].row),
        "member": member,
        "may_look": request.user.has_perm(LOOKS),
        "looks": PhoneLook.objects.filter(phone_index=index)
        .select_related("user")
        .order_by("-at")[:LOOKS_SHOWN],
        "page_title": _("Texts of one number"),
        "page_subtitle": masked(screen.lines[0].row),
        "header_icon": "comment",
    }
    return render(request, "campaigns/sms/desk/thread.html", context)
