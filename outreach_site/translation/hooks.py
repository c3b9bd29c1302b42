"""What translation adds to the admin."""

from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from outreach_site.translation import changes, doors, views


def register():
    # Before wagtail-localize's own, which takes the request over.
    hooks.register("before_edit_page", doors.edit_page, order=-10)
    hooks.register("before_publish_page", note_minor_edit)
    hooks.register("after_edit_page", note_minor_submission)
    hooks.register("register_admin_urls", addresses)
    hooks.register("register_log_actions", log_actions)
    hooks.register("construct_page_action_menu", no_alias_in_menu)


def addresses():
    steps = [
        ("review", views.send_to_review, "translation_send_to_review"),
        ("approve", views.approve, "translation_approve"),
        ("back", views.send_back, "translation_send_back"),
        ("publish", views.publish, "translation_publish"),
    ]
    return [path(f"translation/<int:translation_id>/{word}/", view, name=name) for word, view, name in steps]


def note_minor_edit(request, page):
    if request.POST.get("minor_edit"):
        changes.note_minor(page)


def note_minor_submission(request, page):
    """What is submitted today is published by somebody else, who does not see the switch."""
    if request.POST.get("minor_edit") and request.POST.get("action-submit"):
        changes.note_minor(page)


def no_alias_in_menu(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


def log_actions(actions):
    actions.register_action(
        "translation.send_to_review", _("Send translation to review"), _("Translation sent to review")
    )
    actions.register_action("translation.approve", _("Approve translation"), _("Translation approved"))
    actions.register_action("translation.send_back")(SentBack)
    actions.register_action("translation.po_file", _("Take a PO file"), _("Strings taken from a PO file"))


class SentBack(LogFormatter):
    label = _("Send translation back")

    def format_message(self, log_entry):
        return gettext("Translation sent back: %(reason)s") % {"reason": log_entry.data.get("reason", "")}
