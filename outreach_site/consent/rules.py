"""May this picture be shown? Asked when a page is saved, when it is published, and each time it is drawn."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from outreach_site.consent.models import ConsentRecord
from outreach_site.pages.cache import kept


class ConsentMissing(PermissionDenied):
    """A page cannot be published: a picture of people on it has no valid consent."""


def problem_with(picture, use="web"):
    """Return why `picture` may not be used today, in words for staff; "" when it may.

    `use` is "web", "print" or "social". A picture in which nobody can be recognised may always be used.
    """
    if not picture.shows_people:
        return ""
    record = picture.consent
    if record is None:
        return _(
            "People can be recognised in this picture: choose their consent record with the picture first."
        )
    if record.withdrawn_at:
        return _("The consent for this picture was withdrawn. Please choose another picture.")
    if not record.is_valid():
        return _("The consent for this picture (%(reference)s) is not valid today.") % {
            "reference": record.reference
        }
    if not getattr(record, f"for_{use}"):
        return _("The people in this picture did not agree to this use (%(reference)s).") % {
            "reference": record.reference
        }
    return ""


def may_be_shown(picture):
    """Return whether readers may see `picture` today; costs a page no query of its own."""
    if not picture.shows_people:
        return True
    return picture.consent_id in kept(f"consents:{timezone.localdate()}", _valid_for_web)


def _valid_for_web():
    return set(ConsentRecord.objects.valid().filter(for_web=True).values_list("pk", flat=True))


def pictures_of(page):
    """Return [(content path, picture)] of all that `page` shows as it stands, saved or not.

    A content path is "lead", or "body.<id of the block>.picture".
    """
    Picture = get_image_model()
    wanted = ContentType.objects.get_for_model(Picture).pk
    found = [
        (path, int(pk))
        for kind, pk, _model_path, path in ReferenceIndex._extract_references_from_object(page)
        if kind == wanted
    ]
    pictures = Picture.objects.select_related("consent").in_bulk({pk for _path, pk in found})
    return [(path, pictures[pk]) for path, pk in found if pk in pictures]


def problems_of(page):
    """Return [(content path, picture, why not)] of the pictures that `page` may not show."""
    found = [(path, picture, problem_with(picture)) for path, picture in pictures_of(page)]
    return [(path, picture, problem) for path, picture, problem in found if problem]


def check_before_publishing(page):
    """Raise ConsentMissing when `page` shows a picture that may not be shown."""
    problems = problems_of(page)
    if problems:
        _path, picture, problem = problems[0]
        raise ConsentMissing(f"{picture.title}: {problem}")
