"""Where the admin asks whether a form is behind, and how it learns of what was done."""

from django.contrib.auth import get_user_model
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.models import PageSubscription

from outreach_site.editing import locks, records, versions, views


def register():
    # After translation's, which has an editor of its own.
    hooks.register("before_edit_page", before_edit, order=10)
    hooks.register("register_admin_urls", addresses)
    # Before Wagtail's own screens at these addresses.
    hooks.register("register_admin_urls", guarded_screens, order=-1)
    hooks.register("register_log_actions", log_actions)


def addresses():
    return [
        path("editing/<int:page_id>/versions/<int:kept_id>/", views.choose, name="editing_choose"),
        path("editing/<int:page_id>/take-over/", views.take_over, name="editing_take_over"),
    ]


def guarded_screens():
    """Wagtail's screens for which it takes no other view: pictures, files, settings."""
    return [
        path("images/<int:image_id>/", records.EditPicture.as_view()),
        path("documents/edit/<int:document_id>/", records.EditFile.as_view()),
        path("settings/<slug:app_name>/<slug:model_name>/<int:pk>/", records.EditSetting.as_view()),
    ]


def before_edit(request, page):
    """Before a sent form is saved: when it is behind, keep its text aside and ask. A Wagtail hook."""
    then = versions.opened(request.POST) if request.method == "POST" else None
    if then is None or page.alias_of_id:
        return None
    lock = page.get_lock()
    if lock and lock.for_user(request.user):
        if request.accepts("text/html"):
            # Wagtail refuses, with the text still in the form; who holds the lock it says only to who opens a page.
            messages.warning(request, lock.get_message(request.user), extra_tags="lock")
        return None
    versions.guard(page, then)
    if not versions.is_behind(then, versions.newest(page)):
        return None
    if not request.accepts("text/html"):
        return refuse_script()
    mine = versions.text_of(bound_form(request, made_from(request, page, then)))
    if mine is None:
        messages.warning(
            request, views.what_happened(page.latest_revision, request.user) + " " + gettext("Mend the form.")
        )
        return None
    return ask(request, mine)


def made_from(request, page, then):
    """Return the page as the form was filled from it: rows that a colleague deleted since are still in there."""
    restores = request.resolver_match.kwargs.get("revision_id")
    base = None if restores or not then.number.isdigit() else page.revisions.filter(pk=then.number).first()
    return base.as_object() if base else page


def bound_form(request, page):
    subscription = PageSubscription.objects.filter(page=page.pk, user=request.user).first()
    return page.get_edit_handler().get_form_class()(
        request.POST,
        request.FILES,
        instance=page,
        subscription=subscription or PageSubscription(page_id=page.pk, user=request.user),
        parent_page=page.get_parent(),
        for_user=request.user,
    )


def ask(request, mine):
    """Keep `mine` and lead to the choice."""
    kept = versions.set_aside(mine, request.user)
    return redirect("editing_choose", mine.pk, kept.pk)


def refuse_script():
    """What Wagtail's scripts understand: they stop saving and say that there is a newer version."""
    message = gettext("There is a newer version: nothing was saved.")
    refusal = {"success": False, "error_code": "invalid_revision", "error_message": message}
    return JsonResponse(refusal, status=400)


class AskWhenBehind:
    """Middleware: two forms sent in the same moment meet in the database, and the later one is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, versions.Behind):
            return None
        return ask(request, error.mine) if request.accepts("text/html") else refuse_script()


def log_actions(actions):
    actions.register_action(versions.SET_ASIDE)(SetAside)
    actions.register_action(locks.TAKEN_OVER)(TakenOver)


class SetAside(LogFormatter):
    label = _("Set a version aside")

    def format_message(self, log_entry):
        return gettext("Version kept beside a newer one")


class TakenOver(LogFormatter):
    label = _("Take over a lock")

    def format_message(self, log_entry):
        holder = get_user_model().objects.filter(pk=log_entry.data.get("from")).first()
        name = locks.name_of(holder) if holder else log_entry.data.get("from_name", "")
        return gettext("Lock taken over from %(name)s") % {"name": name}
