"""`/admin/translations/todo/`, the same on the admin's front page, and the way to the next thing."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from laces.components import Component
from wagtail.admin import messages

from outreach_site.translation import todo

# More than that nobody reads before she begins; the matrix shows them all.
SHOWN = 20


def todo_list(request):
    context = {
        "groups": todo.waiting(request.user),
        "shown": f":{SHOWN}",
        "header_title": _("What waits for you"),
        "header_icon": "tasks",
        "breadcrumbs_items": [{"url": "", "label": _("What waits for you")}],
    }
    return render(request, "outreach_site/translation/todo.html", context)


class WaitingForYou(Component):
    """On the admin's front page: what waits for whoever is logged in, and where to begin."""

    order = 10
    template_name = "outreach_site/admin/waiting.html"

    def get_context_data(self, parent_context):
        return {"groups": todo.waiting(parent_context["request"].user)}


def say(request, done, *kinds):
    """Say what was done, with a button to the next thing of these `kinds`, or of any; or that there is none."""
    item = todo.next_for(request.user, *kinds)
    if item is None:
        nothing = _("Nothing more waits for you.")
        messages.success(request, f"{done} {nothing}")
        return
    name = _("%(title)s in %(language)s") if item.language else "%(title)s"
    label = _("Next: %(name)s") % {"name": name % {"title": item.title, "language": item.language}}
    messages.success(request, done, buttons=[messages.button(item.url, label)])


def offer_next(request, page):
    """After a page was approved, sent back or handed in: the next of its kind. A Wagtail hook."""
    kinds = {"action-workflow-action": "approval", "action-publish": "approval", "action-submit": "returned"}
    wanted = next((kind for button, kind in kinds.items() if button in request.POST), None)
    if wanted is None or getattr(page, "locale", None) is None:
        return
    group = next((group for group in todo.waiting(request.user) if group.kind == wanted), None)
    if group:
        label = _("Next: %(name)s") % {"name": group.next.title}
        messages.info(request, group.sentence, buttons=[messages.button(group.next.url, label)])
