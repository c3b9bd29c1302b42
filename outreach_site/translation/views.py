"""The buttons under which a translation moves on: POST only, each answers with a message.

A message of success offers what waits for this person next.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail_localize.models import Translation

from outreach_site.translation import doors, steps
from outreach_site.translation.todo_screens import say

WRITING = ("sent_back", "outdated", "begun", "missing")


@require_POST
def send_to_review(request, translation_id):
    return _step(request, translation_id, steps.send_to_review, _("The reviewers can read it now."), *WRITING)


@require_POST
def approve(request, translation_id):
    done = _("Approved. It can be published now.")
    return _step(request, translation_id, steps.approve, done, "review", "publish")


@require_POST
def send_back(request, translation_id):
    reason = request.POST.get("reason", "")
    done = _("It went back to its translators with your reason.")

    def step(record, user):
        return steps.send_back(record, user, reason)

    return _step(request, translation_id, step, done, "review")


@require_POST
def publish(request, translation_id):
    record = get_object_or_404(Translation, pk=translation_id)
    if done := doors.publish(request, record):
        say(request, done, "publish")
    return _back(request, record)


def _step(request, translation_id, step, done, *kinds):
    record = get_object_or_404(Translation, pk=translation_id)
    try:
        step(record, request.user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        for reason in refusal.messages:
            messages.error(request, reason)
    else:
        say(request, done, *kinds)
    return _back(request, record)


def _back(request, record):
    return HttpResponseRedirect(doors.way_back(request) or record.get_target_instance_edit_url())
