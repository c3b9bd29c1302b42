"""The version of a page that an editor's form was opened on, and what happens when it is no longer the newest.

Wagtail asks only where a script saves; the form's own buttons would put the older text over the newer one.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

SET_ASIDE = "editing.set_aside"
FIELD = "opened_version"


@dataclass(frozen=True)
class Version:
    """The newest revision at some moment. A script that saves again and again keeps the number, not the time."""

    number: str = ""
    saved_at: str = ""

    def __str__(self):
        return f"{self.number}@{self.saved_at}"

    @classmethod
    def parse(cls, text):
        number, _at, saved_at = text.partition("@")
        return cls(number, saved_at)


class Behind(Exception):
    """Somebody saved a newer version in the moment between the question and the saving. `mine` is the page."""

    def __init__(self, mine):
        super().__init__(f"page {mine.pk}")
        self.mine = mine


def newest(page):
    """Return the newest `Version` of `page`, as the database has it."""
    row = Page.objects.filter(pk=page.pk)
    return _version(row)


def _version(row):
    found = row.values_list("latest_revision_id", "latest_revision_created_at").first()
    if found is None or found[0] is None:
        return Version()
    return Version(str(found[0]), found[1].isoformat() if found[1] else "")


def opened(data):
    """Return the `Version` on which the form that sent `data` was opened; None when it does not say.

    A version that this very form's script has saved counts as the one it was opened on.
    """
    if own := data.get("overwrite_revision_id"):
        return Version(own)
    if FIELD in data:
        return Version.parse(data[FIELD])
    if loaded := data.get("loaded_revision_id"):
        return Version(loaded, data.get("loaded_revision_created_at", ""))
    return None


def is_behind(then, now):
    """Return whether a form opened on version `then` would cover a newer one, when `now` is the newest."""
    if then.number != now.number:
        return True
    return bool(then.saved_at) and then.saved_at != now.saved_at


def for_form(request, page):
    """Return the version that the form of `page` carries: once behind, it stays so until the person chose."""
    now = newest(page)
    then = opened(request.POST) if request.method == "POST" else None
    return then if then and is_behind(then, now) else now


def guard(page, then):
    """Have the next saving of `page`, in memory, refuse when `then` is not the newest version any more."""
    page.opened_version = then


class Guarded:
    """For pages: a text from a form that is behind is never saved over a newer one."""

    def save_revision(self, *args, **kwargs):
        then = vars(self).pop("opened_version", None)
        if then is None:
            return super().save_revision(*args, **kwargs)
        with transaction.atomic():
            # Whoever saves the same page at this moment waits here.
            if is_behind(then, _version(Page.objects.select_for_update().filter(pk=self.pk))):
                raise Behind(self)
            return super().save_revision(*args, **kwargs)


def text_of(form):
    """Return the page as the bound `form` has it, unfinished or not; None when it cannot be read."""
    form.defer_required_fields()
    return form.save(commit=False) if form.is_valid() else None


@transaction.atomic
def set_aside(mine, user):
    """Keep `mine`, a page in memory, in the page's history beside the newest version. Returns the `Revision`."""
    page = Page.objects.get(pk=mine.pk)
    latest = page.latest_revision
    kept = Revision(
        content_object=mine,
        base_content_type=mine.get_base_content_type(),
        user=user,
        content=mine.serializable_data(),
        object_str=str(mine),
    )
    if latest:
        # Wagtail takes the youngest for the newest version: this one stands just before it.
        kept.created_at = latest.created_at - timedelta(microseconds=1)
    kept.save()
    log(
        instance=page.specific,
        action=SET_ASIDE,
        user=user,
        revision=kept,
        content_changed=True,
        data={"newer": latest.pk if latest else None},
    )
    return kept


@transaction.atomic
def put_on_top(kept, user, seen):
    """Make the text of `kept` the newest version; the one that was newest stays in the history.

    `seen` is the version that the person decided against. Raises Behind when there is a newer one by now.
    """
    page = kept.as_object()
    guard(page, seen)
    return page.save_revision(user=user, log_action=True, previous_revision=kept, clean=False)


def differences(theirs, mine, request):
    """Return Wagtail's comparisons of the fields in which two revisions of a page differ."""
    before, after = theirs.as_object(), mine.as_object()
    handler = before.get_edit_handler().get_bound_panel(instance=before, request=request, form=None)
    compared = [compare(before, after) for compare in handler.get_comparison()]
    return [comparison for comparison in compared if comparison.has_changed()]


def in_a_sentence(author, at, reader):
    """Return the sentence that tells `reader` who saved the newer version, and when: an aware datetime."""
    at = timezone.localtime(at)
    today = at.date() == timezone.localdate()
    words = {
        "name": (author.get_full_name() or author.get_username()) if author else _("Somebody"),
        "time": formats.date_format(at, "TIME_FORMAT" if today else "DATETIME_FORMAT"),
    }
    if author and author.pk == reader.pk:
        return _("You saved a newer version in another window at %(time)s.") % words
    return _("%(name)s saved a newer version at %(time)s.") % words
