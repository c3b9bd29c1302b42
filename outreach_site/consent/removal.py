"""A picture leaves the site: its sizes, its file, what was made of it; a report says what and when.

The row `Removal` is the queue: whatever was left half done is taken up again by the sweep.
"""

import logging

from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from outreach_site.consent.models import ConsentRecord, Removal
from outreach_site.consent.signals import picture_withdrawn
from outreach_site.pages.cache import forget_pages
from outreach_site.queue import nudge

logger = logging.getLogger(__name__)


def withheld():
    """Return the storage, out of the public's reach, of pictures whose consent has ended but may be renewed."""
    from django.conf import settings

    return FileSystemStorage(location=settings.VAR_DIR / "withheld")


@transaction.atomic
def withdraw(record, user):
    """Note that consent was withdrawn; from this moment no page shows its pictures. Returns the Removal."""
    if record.withdrawn_at is None:
        record.withdrawn_at, record.withdrawn_by = timezone.now(), user
        record.save()
    _join_twins(record)
    removal, _new = Removal.objects.get_or_create(
        record=record, reason=Removal.Reason.WITHDRAWN, last_day=None, defaults={"asked_by": user}
    )
    nudge(carry_out, removal.pk)
    return removal


def _join_twins(record):
    """Put pictures that are the same file, uploaded once more without a record, under `record`."""
    Picture = get_image_model()
    hashes = [one for one in record.pictures.values_list("file_hash", flat=True) if one]
    twins = Picture.objects.filter(file_hash__in=hashes, consent=None)
    twins.update(consent=record, shows_people=True)


def carry_out(removal_id):
    """Take down the pictures of one removal. Safe to run twice; unfinished, the sweep runs it again."""
    with transaction.atomic():
        removal = Removal.objects.select_for_update().filter(pk=removal_id, done_at=None).first()
        if removal is None:
            return
        before = {found["id"]: found for found in removal.report.get("pictures", [])}
        found = [
            _take_down(picture, removal, before.get(picture.pk)) for picture in removal.record.pictures.all()
        ]
        removal.report = {"pictures": found}
        if all(file["gone"] for picture in found for file in picture["files"]):
            removal.done_at = timezone.now()
        removal.save()
    forget_pages()


def _take_down(picture, removal, before):
    files = {file["path"]: file for file in (before or {}).get("files", [])}
    places = (before or {}).get("places") or _places(picture)
    renditions = list(picture.renditions.all())
    for rendition in renditions:
        files[rendition.file.name] = _delete(rendition.file.storage, rendition.file.name)
    picture.renditions.all().delete()
    if removal.reason == Removal.Reason.ENDED:
        files[picture.file.name] = _put_aside(picture)
    elif picture.withheld:
        # It ended before it was withdrawn: the file already lies where no reader gets at it.
        files[picture.withheld] = _delete(withheld(), picture.withheld)
        type(picture).objects.filter(pk=picture.pk).update(withheld="")
    else:
        files[picture.file.name] = _delete(
            picture.file.storage, picture.file.name, files.get(picture.file.name)
        )
    for receiver, answer in picture_withdrawn.send_robust(sender=type(picture), picture=picture):
        if isinstance(answer, Exception):
            logger.error("files made of picture %s stay: %s", picture.pk, type(answer).__name__)
            name = f"{receiver.__module__}.{getattr(receiver, '__name__', '')}"
            files[name] = _line(name, gone=False)
        else:
            files |= {path: _line(path, gone=True) for path in answer or []}
    return {"id": picture.pk, "title": picture.title, "places": places, "files": list(files.values())}


def _delete(storage, path, before=None):
    if before and before["gone"]:
        return before
    try:
        storage.delete(path)
        return _line(path, gone=not storage.exists(path))
    except OSError as error:
        logger.error("file of a withdrawn picture stays: %s", type(error).__name__)
        return _line(path, gone=False)


def _put_aside(picture):
    """Move the file out of public reach; a renewed consent brings it back."""
    storage, name = picture.file.storage, picture.file.name
    if not picture.withheld and storage.exists(name):
        with storage.open(name) as file:
            kept_as = withheld().save(name, file)
        type(picture).objects.filter(pk=picture.pk).update(withheld=kept_as)
    return _delete(storage, name)


def _line(path, gone):
    return {"path": path, "gone": gone, "at": timezone.now().isoformat(timespec="seconds")}


def _places(picture):
    """Return where `picture` is used now: [{"what", "title", "url", "live", "field"}]."""
    found = []
    for place, references in ReferenceIndex.get_grouped_references_to(picture):
        page = place.specific if isinstance(place, Page) else None
        found.append(
            {
                "what": str(place._meta.verbose_name),
                "title": str(place),
                "url": (page.full_url or "") if page else "",
                "live": bool(page and page.live),
                "field": ", ".join(sorted({str(one.describe_source_field()) for one in references})),
            }
        )
    return found


def bring_back(picture):
    """Put the file of `picture`, whose consent is valid again, back among the public ones."""
    aside = withheld()
    if aside.exists(picture.withheld):
        with aside.open(picture.withheld) as file:
            name = picture.file.storage.save(picture.file.name, file)
        type(picture).objects.filter(pk=picture.pk).update(file=name, withheld="", sizes_made_of="")
        aside.delete(picture.withheld)


def sweep():
    """Take down what ended, bring back what was renewed, finish what was left. Safe to run at any time."""
    Picture = get_image_model()
    for record in ConsentRecord.objects.ended().filter(pictures__withheld="").distinct():
        Removal.objects.get_or_create(record=record, reason=Removal.Reason.ENDED, last_day=record.valid_until)
    for pk in Removal.objects.filter(done_at=None).values_list("pk", flat=True):
        carry_out(pk)
    for picture in Picture.objects.filter(consent__in=ConsentRecord.objects.valid()).exclude(withheld=""):
        bring_back(picture)


def ensure_schedules(**_signal):
    """Look every hour which consents have ended. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="consent: removals",
        defaults={
            "func": "outreach_site.consent.removal.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": 60,
        },
    )
