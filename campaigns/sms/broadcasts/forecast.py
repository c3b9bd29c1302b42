"""What a broadcast would do, before anybody confirms it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.sms import composing, outbox, pace
from campaigns.sms.broadcasts import audience
from campaigns.sms.broadcasts.models import Broadcast
from campaigns.sms.models import OutboundMessage
from outreach_site import languages

SAMPLES = 3
# The same campaign was written to within this time: perhaps a colleague was faster.
LATELY = timedelta(hours=24)


@dataclass(frozen=True)
class Line:
    """What readers of one language would get.

    language     the language they read, in its own name
    people       how many they are
    text         as it would leave, label and way to refuse included; "" when they get nothing
    written_in   code of the language of the text
    parts, cost  of all these texts together
    """

    language: str
    people: int
    text: str = ""
    written_in: str = ""
    coding: str = ""
    parts_each: int = 0
    parts: int = 0
    cost: Decimal = Decimal(0)

    @property
    def written_in_name(self):
        return languages.get(self.written_in).name

    @property
    def is_fallback(self):
        """Whether the text is in another language than theirs."""
        return bool(self.written_in) and self.written_in_name != self.language


@dataclass
class Forecast:
    """Counted now; the audience is counted again when it begins.

    problems   sentences: with any of them it cannot be confirmed
    warnings   sentences: to think over
    begins_at, ends_at  at the gateway's rate and within its hours; None when nobody would get it
    """

    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    out_of_reach: int = 0
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def people(self):
        return sum(line.people for line in self.lines if line.text)

    @property
    def left_out(self):
        return sum(line.people for line in self.lines if not line.text)

    @property
    def parts(self):
        return sum(line.parts for line in self.lines)

    @property
    def cost(self):
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def samples(self):
        """The texts that most people would get: at most three different ones."""
        seen = {line.text: line for line in reversed(self.lines) if line.text}
        return [line for line in self.lines if seen.get(line.text) is line][:SAMPLES]


def of(broadcast, now=None):
    """Return the `Forecast` of a broadcast that has not begun; a fixed number of queries a language."""
    now = now or timezone.now()
    found = Forecast()
    sign_ups = audience.of(broadcast)
    counted = audience.by_language(audience.reachable(sign_ups))
    found.out_of_reach = audience.out_of_reach(sign_ups).count()
    texts = as_sent(broadcast, found.problems)
    found.lines = [_line(code, people, broadcast, texts) for code, people in counted.items()]
    _say_what_is_wrong(found, broadcast, texts)
    if found.people:
        _say_when(found, broadcast, now)
        _say_caps(found, broadcast)
    _say_doubles(found, broadcast, now)
    return found


def as_sent(broadcast, problems=None):
    """Return {language: text} of a broadcast as its texts would leave; what cannot is told in `problems`."""
    texts, problems = {}, [] if problems is None else problems
    for code, text in broadcast.texts_by_language().items():
        try:
            texts[code] = outbox.as_sent(
                text, broadcast.gateway, code, broadcast.message_class, broadcast.campaign.consent_key
            )
        except ValueError:
            problems.append(_no_promotion(broadcast, code))
    return texts


def language_of_text(code, broadcast, texts):
    """Return in which of `texts` ({language: text}) readers of `code` get it; "" when they get none."""
    if code in texts:
        return code
    return broadcast.fallback if broadcast.fallback in texts else ""


def _no_promotion(broadcast, code):
    return _(
        "%(gateway)s carries no promotion in %(language)s: its label or its way to refuse is missing."
    ) % {"gateway": broadcast.gateway, "language": languages.get(code).name}


def _line(code, people, broadcast, texts):
    name = languages.get(code).name
    written_in = language_of_text(code, broadcast, texts)
    if not written_in:
        return Line(name, people)
    text = texts[written_in]
    measured = composing.measure(text)
    parts = people * measured.parts
    return Line(
        language=name,
        people=people,
        text=text,
        written_in=written_in,
        coding=measured.coding,
        parts_each=measured.parts,
        parts=parts,
        cost=parts * broadcast.gateway.cost_per_part,
    )


def _say_what_is_wrong(found, broadcast, texts):
    if not texts and not found.problems:
        found.problems.append(_("Write the text in at least one language."))
    for code, text in texts.items():
        name = languages.get(code).name
        found.problems += [f"{name}: {one}" for one in composing.refusals(text, code)]
        found.warnings += [f"{name}: {one}" for one in composing.warnings(text, code)]
    missing = [line for line in found.lines if not line.text]
    if texts and missing and broadcast.fallback != Broadcast.LEAVE_OUT:
        said = ", ".join(f"{line.language} ({line.people})" for line in missing)
        words = _("Nothing is written for readers of %(languages)s. Write it, or say what they get instead.")
        found.problems.append(words % {"languages": said})
    if texts and not found.people and not missing:
        found.problems.append(_("Nobody would get it."))
    if not broadcast.gateway.is_active:
        found.problems.append(_("The gateway %(gateway)s is not in use.") % {"gateway": broadcast.gateway})
    if found.out_of_reach:
        words = ngettext(
            "%(number)d person is left out: the number did not answer for a long time.",
            "%(number)d people are left out: their numbers did not answer for a long time.",
            found.out_of_reach,
        )
        found.warnings.append(words % {"number": found.out_of_reach})


def _say_when(found, broadcast, now):
    asked = max(broadcast.send_at or now, now)
    hours = broadcast.gateway.quiet_hours(broadcast.message_class == OutboundMessage.Class.PROMOTION)
    found.begins_at = pace.opens_at(hours, asked) or asked
    found.ends_at = pace.finish(broadcast.gateway.per_second, hours, found.begins_at, found.parts)
    too_late = asked + timedelta(hours=broadcast.hours_valid)
    if broadcast.send_at and broadcast.send_at < now - timedelta(minutes=5):
        found.problems.append(_("The time to send it lies in the past."))
    if found.begins_at >= too_late:
        found.problems.append(_("At that hour nothing is sent, and afterwards it is too late for this text."))
        return
    if found.begins_at > asked:
        words = _("At that hour nothing is sent: it begins at %(moment)s.")
        found.warnings.append(words % {"moment": _moment(found.begins_at)})
    if found.ends_at > too_late:
        words = _("At this gateway's pace not everybody gets it before %(moment)s. The rest gets nothing.")
        found.warnings.append(words % {"moment": _moment(too_late)})
    if broadcast.gateway.paused_at:
        words = _("The gateway %(gateway)s is paused: texts wait until somebody resumes it.")
        found.warnings.append(words % {"gateway": broadcast.gateway})


def _say_caps(found, broadcast):
    caps = [settings.SMS_PARTS_A_DAY, settings.SMS_PARTS_A_CAMPAIGN_A_DAY]
    if found.parts > min(caps):
        words = _("This is more than the cap of a day (%(parts)d parts): a second person has to let it go.")
        found.warnings.append(words % {"parts": min(caps)})


def _say_doubles(found, broadcast, now):
    others = Broadcast.objects.filter(campaign=broadcast.campaign, confirmed_at__gt=now - LATELY)
    for other in others.exclude(pk=broadcast.pk).exclude(state=Broadcast.State.CANCELLED):
        words = _("“%(title)s” went to people of this campaign lately, or is about to: %(moment)s.")
        moment = _moment(other.started_at or other.send_at or other.confirmed_at)
        found.warnings.append(words % {"title": other.title, "moment": moment})


def _moment(at):
    return date_format(timezone.localtime(at), "H:i j/n/Y")
