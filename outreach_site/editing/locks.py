"""A lock says "I am at it". It must not keep a page from its readers while its owner is away."""

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from outreach_site.translation import gates, rights

TAKEN_OVER = "editing.take_over"


def may_take_over(page, user):
    """Whoever may edit the page may take its lock, but not past a step of approval that is not hers."""
    if not page.permissions_for_user(user).can_edit():
        return False
    if gates.translation_of(page) and not rights.may_handle(user, page.locale):
        return False
    task = page.current_workflow_task
    return task is None or not task.locked_for_user(page.specific, user)


class TakeableLock(BasicLock):
    """A person's lock, with the offer to take it over."""

    def get_message(self, user):
        page = self.object
        if page.locked_by_id == user.pk or not page.locked_by or not page.locked_at:
            return super().get_message(user)
        taken = format_html("{} ", _taken_from(page, user)) if _taken_from(page, user) else ""
        held = _("%(name)s locked this page %(time)s ago.") % {
            "name": name_of(page.locked_by),
            "time": timesince(page.locked_at, depth=1),
        }
        if not may_take_over(page, user):
            return format_html("{}<b>{}</b>", taken, held)
        explained = _("If you take it over, %(name)s can no longer save and is told so.") % {
            "name": name_of(page.locked_by)
        }
        return format_html(
            '{}<b>{}</b> {} <span class="buttons"><button type="button" class="button button-small '
            'button-secondary" data-action="w-action#post" data-controller="w-action" '
            'data-w-action-url-value="{}">{}</button></span>',
            taken,
            held,
            explained,
            reverse("editing_take_over", args=[page.pk]),
            _("Take over"),
        )


class Takeable:
    """For pages: a person's lock can be taken over."""

    def get_lock(self):
        lock = super().get_lock()
        return TakeableLock(self) if type(lock) is BasicLock else lock


def name_of(user):
    return user.get_full_name() or user.get_username()


def _taken_from(page, user):
    """Return a sentence for somebody whose lock was taken over and is still held by who took it."""
    entry = PageLogEntry.objects.filter(page=page.pk, action=TAKEN_OVER).order_by("-timestamp").first()
    if not entry or entry.data.get("from") != user.pk or entry.user_id != page.locked_by_id:
        return ""
    return _("Your lock was taken over. What you had not saved is still in the window you wrote it in.")


@transaction.atomic
def take_over(page, user):
    """Make the lock on `page` the `user`'s, write it down and tell who held it. Returns whom it was taken from.

    None when nobody else holds it any more. Raises PermissionDenied.
    """
    row = Page.objects.select_for_update().get(pk=page.pk)
    holder = row.locked_by
    if not row.locked or holder is None or holder == user:
        return None
    if not may_take_over(row, user):
        raise PermissionDenied
    since = row.locked_at
    row.locked_by, row.locked_at = user, timezone.now()
    row.save(update_fields=["locked_by", "locked_at"], clean=False)
    data = {
        "from": holder.pk,
        "from_name": name_of(holder),
        "since": since and since.isoformat(),
    }
    log(instance=row.specific, action=TAKEN_OVER, user=user, data=data)
    tell(holder, user, row)
    return holder


def tell(holder, user, page):
    """Write to `holder`, in her language, that `user` works on the page now."""
    if not holder.email:
        return
    profile = getattr(holder, "wagtail_userprofile", None)
    with translation.override(profile.get_preferred_language() if profile else translation.get_language()):
        words = {"name": name_of(user), "title": page.get_admin_display_title()}
        subject = _("%(name)s took over “%(title)s”") % words
        body = _(
            "%(name)s works on “%(title)s” now: your lock was taken over.\n"
            "What you saved is in the page's history. What you had not saved is still in the window "
            "you wrote it in, as long as you leave it open."
        )
        # A title may hold a line break; the subject of a letter may not.
        send_mail(" ".join(subject.split()), body % words, None, [holder.email])
