"""The rows follow what stands in the published texts.

Whatever changes leaves a `ContentChange`; a worker walks the object anew. The daily sweep leaves one for
every object, so that what slipped through is found too.
"""

import logging
import time
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page

from outreach_site.hotline.models import HelpCard, Hotline, Organisation
from outreach_site.links import judging
from outreach_site.links.finding import found_in
from outreach_site.links.models import CheckedLink, ContentChange, LinkPlace, hash_of
from outreach_site.links.numbers import Records
from outreach_site.pages.files import Recording
from outreach_site.queue import nudge

logger = logging.getLogger(__name__)

# Records with texts for readers, besides pages.
RECORDS = (Organisation, Hotline, HelpCard, Recording)
BATCH = 100
# A run ends before the queue would end it; the next run goes on.
RUN_SECONDS = 40
MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class Owner:
    """What a text belongs to: "wagtailcore.page:12"."""

    label: str
    pk: str

    @classmethod
    def of(cls, thing):
        model = Page if isinstance(thing, Page) else type(thing)
        return cls(model._meta.label_lower, str(thing.pk))

    @classmethod
    def read(cls, text):
        return cls(*text.split(":", 1))

    def __str__(self):
        return f"{self.label}:{self.pk}"


# --- what has to be walked -----------------------------------------------------------------
def changed(thing):
    """Have the links of `thing`, whatever became of it, collected in the queue."""
    change, _new = ContentChange.objects.update_or_create(
        owner=str(Owner.of(thing)), defaults={"made_at": timezone.now(), "attempts": 0}
    )
    nudge(take_up, change.pk)


def take_up(change_id):
    """Task: walk the object of one change. Safe to run twice and to lose."""
    changes = list(ContentChange.objects.filter(pk=change_id))
    if changes:
        _walk(changes)


def sweep():
    """Schedule: walk what lost nudges left, then judge anew what days alone change."""
    end = time.monotonic() + RUN_SECONDS
    while time.monotonic() < end:
        changes = ContentChange.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("attempts", "pk")[:BATCH]
        if not changes:
            break
        _walk(list(changes))
    judging.judge_all()


def ask_for_everything():
    """Schedule, daily: have every object walked, and forget what stands nowhere any more."""
    pages = Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True)
    owners = [Owner(Page._meta.label_lower, str(pk)) for pk in pages.iterator()]
    for model in RECORDS:
        owners += [
            Owner(model._meta.label_lower, str(pk)) for pk in model.objects.values_list("pk", flat=True)
        ]
    owners += map(Owner.read, LinkPlace.objects.values_list("owner", flat=True).distinct())
    now = timezone.now()
    rows = [ContentChange(owner=str(owner), made_at=now) for owner in dict.fromkeys(owners)]
    ContentChange.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    CheckedLink.objects.filter(places=None).delete()


def _walk(changes):
    try:
        with transaction.atomic():
            _collect([Owner.read(change.owner) for change in changes])
            # What changed again meanwhile is walked again.
            by_time = {}
            for change in changes:
                by_time.setdefault(change.made_at, []).append(change.pk)
            for made_at, pks in by_time.items():
                ContentChange.objects.filter(pk__in=pks, made_at=made_at).delete()
    except Exception as error:
        ContentChange.objects.filter(pk__in=[one.pk for one in changes]).update(attempts=F("attempts") + 1)
        if len(changes) == 1:
            logger.error("links of %s not collected: %s", changes[0].owner, type(error).__name__)
            return
        # One text that cannot be read must not keep the others waiting.
        for change in changes:
            _walk([change])


# --- the rows ------------------------------------------------------------------------------
def collect(things):
    """Write the links and places of these live objects, now."""
    _collect([Owner.of(thing) for thing in things])


def _collect(owners):
    records = Records()
    wanted = {
        str(owner): set(found_in(thing, records)) if thing is not None else set()
        for owner, thing in _load(owners).items()
    }
    links = _links({(one.kind, one.address) for found in wanted.values() for one in found})
    _write_places(wanted, links)
    judging.judge(CheckedLink.objects.filter(pk__in=links.values()), records)


def _load(owners):
    """Return {owner: the object, or None when readers do not see it (any more)}."""
    by_label = {}
    for owner in owners:
        by_label.setdefault(owner.label, []).append(owner.pk)
    loaded, locales = dict.fromkeys(owners), Locale.objects.in_bulk()
    for label, pks in by_label.items():
        model = apps.get_model(label)
        things = model.objects.filter(pk__in=pks)
        if model is Page:
            things = things.live().filter(depth__gt=1).specific()
        for thing in things:
            if isinstance(thing, Page):
                thing.locale = locales[thing.locale_id]
            loaded[Owner(label, str(thing.pk))] = thing
    return loaded


def _links(wanted):
    """Return {(kind, address): id of its row}, made where it was missing."""
    now = timezone.now()
    rows = [
        CheckedLink(
            kind=kind,
            address=address,
            address_hash=hash_of(address),
            next_try_at=now if kind == CheckedLink.Kind.SITE else None,
        )
        for kind, address in sorted(wanted)
    ]
    hashes = [row.address_hash for row in rows]
    known = _known(hashes)
    new = [row for row in rows if (row.kind, row.address_hash) not in known]
    if new:
        CheckedLink.objects.bulk_create(new, ignore_conflicts=True)
        known = _known(hashes)
    return {(row.kind, row.address): known[row.kind, row.address_hash] for row in rows}


def _known(hashes):
    rows = []
    for start in range(0, len(hashes), 500):
        part = CheckedLink.objects.filter(address_hash__in=hashes[start : start + 500])
        rows += part.values_list("kind", "address_hash", "pk")
    return {(kind, digest): pk for kind, digest, pk in rows}


def _write_places(wanted, links):
    existing = {}
    for place in LinkPlace.objects.filter(owner__in=wanted):
        existing[place.link_id, place.owner, place.language, place.path] = place
    new, mended, seen = [], [], set()
    for owner, found in wanted.items():
        page_id = int(Owner.read(owner).pk) if owner.startswith(f"{Page._meta.label_lower}:") else None
        for one in sorted(found, key=lambda one: (one.path, one.words)):
            key = (links[one.kind, one.address], owner, one.language, one.path)
            if key in seen:
                continue
            seen.add(key)
            facts = {"model_path": one.model_path, "words": one.words, "is_rich": one.is_rich}
            place = existing.get(key)
            if place is None:
                new.append(
                    LinkPlace(
                        link_id=key[0],
                        owner=owner,
                        language=one.language,
                        path=one.path,
                        page_id=page_id,
                        **facts,
                    )
                )
            elif any(getattr(place, name) != value for name, value in facts.items()):
                for name, value in facts.items():
                    setattr(place, name, value)
                mended.append(place)
    gone = [place.pk for key, place in existing.items() if key not in seen]
    LinkPlace.objects.filter(pk__in=gone).delete()
    LinkPlace.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    LinkPlace.objects.bulk_update(mended, ["model_path", "words", "is_rich"], batch_size=200)
