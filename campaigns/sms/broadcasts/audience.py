"""Whom a text to many goes to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from outreach_site.areas.models import Area

# So many texts in a row that did not arrive, in so long a time without a sign of life: the number is
# dead, or somebody else's by now.
FAILURES = 3
FAILURES_SINCE = timedelta(days=90)


@dataclass(frozen=True)
class Group:
    """A way to choose people that another package knows of: who attended an event, say.

    key      names it in what is stored; no colon
    label    in words, lazily translated
    choices  () → [(id as text, in words)], the newest first
    members  (id as text) → query of `Member`s; an id that exists no more gives none
    """

    key: str
    label: str
    choices: Callable
    members: Callable


_groups = {}


def register(group):
    """Offer a `Group`; called when an app is ready."""
    _groups[group.key] = group


def groups():
    """Return the groups on offer."""
    return list(_groups.values())


def group_choices():
    """Return [(heading, [("key:id", in words)])] for a form."""
    return [
        (group.label, [(f"{group.key}:{pk}", words) for pk, words in group.choices()]) for group in groups()
    ]


def of(broadcast):
    """Return the sign-ups of those who would get `broadcast`, whatever their language, by id."""
    found = SignUp.objects.filter(campaign=broadcast.campaign, left_at=None)
    if broadcast.languages:
        found = found.filter(member__language__in=broadcast.languages)
    areas = list(broadcast.areas.all())
    if areas:
        lying_in = Q()
        for area in areas:
            lying_in |= Q(area__in=Area.objects.lying_in(area).values("pk"))
        found = found.filter(lying_in)
    if broadcast.joined_from:
        found = found.filter(joined_at__gte=_midnight(broadcast.joined_from))
    if broadcast.joined_until:
        found = found.filter(joined_at__lt=_midnight(broadcast.joined_until + timedelta(days=1)))
    if broadcast.group:
        found = found.filter(member__in=_members(broadcast.group))
    return found.order_by("pk")


def reachable(sign_ups):
    """Return those of `sign_ups` (a query) whose number seems to be theirs still; see `out_of_reach`."""
    return sign_ups.exclude(_is_out_of_reach())


def out_of_reach(sign_ups):
    """Return those of `sign_ups` whose number seems dead or somebody else's by now.

    Her last texts failed and nothing arrived for months, or she was silent for
    `SMS_SILENT_MONTHS`. They stay signed up, and whatever they write makes them reachable again.
    """
    return sign_ups.filter(_is_out_of_reach())


def _is_out_of_reach():
    now = timezone.now()
    of_hers = {"phone_index": OuterRef("member__phone_index")}
    wrote = InboundMessage.objects.filter(**of_hers)
    texts = OutboundMessage.objects.filter(**of_hers, created_at__gt=now - FAILURES_SINCE).order_by()
    failed = texts.filter(state=OutboundMessage.State.FAILED)
    arrived = texts.filter(state=OutboundMessage.State.DELIVERED)
    # The third of them: that there is one says that there are three.
    is_dead = (
        Exists(failed.order_by("pk")[FAILURES - 1 : FAILURES])
        & ~Exists(arrived)
        & ~Exists(wrote.filter(received_at__gt=now - FAILURES_SINCE))
    )
    silent_since = now - timedelta(days=settings.SMS_SILENT_MONTHS * 30)
    is_silent = Q(joined_at__lt=silent_since) & ~Exists(wrote.filter(received_at__gt=silent_since))
    return is_dead | is_silent


def by_language(sign_ups):
    """Return {code of the language they read: people}, the most first."""
    counted = sign_ups.order_by().values_list("member__language").annotate(number=Count("pk"))
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _members(stored):
    from campaigns.sms.models import Member

    key, _colon, pk = stored.partition(":")
    # What is no longer on offer goes to nobody, not to everybody.
    return _groups[key].members(pk) if key in _groups else Member.objects.none()


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
