"""Write the texts of journeys whose hour has come, each once."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from campaigns.sms import outbox
from campaigns.sms.broadcasts.audience import reachable
from campaigns.sms.journeys import anchors
from campaigns.sms.journeys.anchors import Occasion
from campaigns.sms.journeys.models import JOINING, Fire, Journey
from campaigns.sms.models import OutboundMessage, SignUp

PART = 500
State = OutboundMessage.State
# It was written and has not left: there is still time to stop it.
WAITING = (State.HELD, State.QUEUED)


def run(limit=PART):
    """Called by the sweep: write at most `limit` texts a step and date. Returns how many were written."""
    number = 0
    for pk in Journey.objects.exclude(active_since=None).values_list("pk", flat=True):
        number += _run_one(pk, limit)
    return number


@transaction.atomic
def _run_one(pk, limit):
    # An edit holds the same row: what is written here is of one version, wholly.
    journey = Journey.objects.select_for_update().get(pk=pk)
    if journey.active_since is None or not _is_known(journey.anchor):
        return 0
    number, now = 0, timezone.now()
    _stop_moved(journey)
    for step in journey.steps.prefetch_related("texts"):
        for occasion, moment in _due(journey, step, now):
            sign_ups = _to_write(journey, step, occasion)[:limit]
            number += _write(journey, step, occasion, moment, sign_ups)
    return number


def _is_known(anchor):
    return anchor == JOINING or anchor in dict(anchors.choices())


def _due(journey, step, now):
    """Yield (occasion, moment) of the dates for which `step` is to be taken now.

    The moment lies in the past, by less than the step stays valid: what a long downtime left is not
    sent late. Nor is anything from before the journey was started.
    """
    oldest = now - timedelta(hours=step.hours_valid)
    first = timezone.localdate(oldest) - timedelta(days=step.days)
    last = timezone.localdate(now) - timedelta(days=step.days)
    for occasion in _occasions(journey, first, last):
        moment = _at(occasion.day + timedelta(days=step.days), step.hour)
        if max(oldest, journey.active_since) < moment <= now:
            yield occasion, moment


def _occasions(journey, first, last):
    if journey.anchor != JOINING:
        return anchors.get(journey.anchor).occasions(journey.campaign, first, last)
    days = (last - first).days + 1
    return [Occasion(JOINING, first + timedelta(days=n)) for n in range(days)]


def _to_write(journey, step, occasion):
    """Return the sign-ups for which this step of this date was not taken yet."""
    found = SignUp.objects.filter(campaign=journey.campaign, left_at=None)
    if journey.anchor == JOINING:
        start = _at(occasion.day, time.min)
        # Who joined after the hour of her day is not written to about it.
        end = _at(occasion.day + timedelta(days=min(step.days, 0)), step.hour) if step.days <= 0 else None
        found = found.filter(joined_at__gte=start, joined_at__lt=end or start + timedelta(days=1))
    taken = Fire.objects.filter(step=step, sign_up=OuterRef("pk"), occasion=occasion.key, day=occasion.day)
    return reachable(found).exclude(Exists(taken)).select_related("member").order_by("pk")


def _write(journey, step, occasion, moment, sign_ups):
    texts, drafts = step.texts_by_language(), {}
    for sign_up in sign_ups:
        language = sign_up.member.language if sign_up.member.language in texts else step.fallback
        if language in texts:
            drafts[sign_up] = _draft(journey, step, occasion, moment, sign_up, texts[language], language)
    if not drafts:
        return 0
    number = outbox.queue_many(drafts.values(), author=journey.author)
    written = OutboundMessage.objects.in_bulk(
        [draft["cause"] for draft in drafts.values()], field_name="cause"
    )
    fires = [
        Fire(
            step=step,
            sign_up=sign_up,
            occasion=occasion.key,
            day=occasion.day,
            version=journey.version,
            message=written[draft["cause"]],
        )
        for sign_up, draft in drafts.items()
    ]
    Fire.objects.bulk_create(fires, ignore_conflicts=True)
    return number


def _draft(journey, step, occasion, moment, sign_up, text, language):
    for name, words in occasion.facts.items():
        text = text.replace(f"{{{name}}}", words)
    too_late = moment + timedelta(hours=step.hours_valid)
    if journey.anchor != JOINING and step.days <= 0:
        # A reminder of what is over is dropped, not sent late.
        too_late = min(too_late, _at(occasion.day + timedelta(days=1), time.min))
    return {
        "to": sign_up.member,
        "gateway": journey.gateway,
        "text": text,
        "language": language,
        "kind": outbox.Kind.REMINDER,
        "cause": f"journey:{step.pk}:{journey.version}:{sign_up.pk}:{occasion.key}:{occasion.day}",
        "consent_purpose": journey.campaign.consent_key,
        "campaign": journey.campaign,
        "expires_at": too_late,
        "author": journey.author,
        "area": sign_up.area,
    }


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))


# --- stopping ------------------------------------------------------------------------------
@transaction.atomic
def edited(journey):
    """Call this after an edit of `journey`, in its transaction: texts of the older version never leave.

    Whoever did not get a step yet gets the newer one, if its hour is not over by then. Returns how
    many texts were stopped.
    """
    row = Journey.objects.select_for_update().get(pk=journey.pk)
    Journey.objects.filter(pk=row.pk).update(version=row.version + 1)
    journey.version = row.version + 1
    return _stop(Fire.objects.filter(step__journey=row))


@transaction.atomic
def start(journey):
    """Let a journey run from now on; nothing from before is made up for."""
    Journey.objects.filter(pk=journey.pk, active_since=None).update(active_since=timezone.now())


@transaction.atomic
def stop(journey):
    """Let a journey rest. Returns how many texts were stopped that had not left."""
    Journey.objects.select_for_update().get(pk=journey.pk)
    Journey.objects.filter(pk=journey.pk).update(active_since=None)
    return _stop(Fire.objects.filter(step__journey=journey))


def _stop_moved(journey):
    """Stop what waits for an occasion that was moved or called off."""
    if journey.anchor == JOINING:
        return
    waiting = Fire.objects.filter(step__journey=journey, message__state__in=WAITING)
    days = sorted(waiting.values_list("day", flat=True).distinct())
    if not days:
        return
    occasions = anchors.get(journey.anchor).occasions(journey.campaign, days[0], days[-1])
    holds = {(one.key, one.day) for one in occasions}
    gone = [fire.pk for fire in waiting if (fire.occasion, fire.day) not in holds]
    _stop(Fire.objects.filter(pk__in=gone))


def _stop(fires):
    """Cancel the texts of `fires` that have not left, and forget that these steps were taken."""
    waiting = fires.filter(message__state__in=WAITING)
    ids = list(waiting.values_list("message", flat=True))
    # A gateway may take one at this moment: only what was cancelled may be written anew.
    number = outbox.cancel(OutboundMessage.objects.filter(pk__in=ids))
    Fire.objects.filter(message__in=ids, message__state=State.CANCELLED).delete()
    return number
