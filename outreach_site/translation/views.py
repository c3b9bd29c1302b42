"""The buttons under which a translation moves on: POST only, each answers with a message."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail_localize.models import Translation

from outreach_site.translation import doors, steps


@require_POST
def send_to_review(request, translation_id):
    return _step(request, translation_id, steps.send_to_review, _("The reviewers can read it now."))


@require_POST
def approve(request, translation_id):
    return _step(request, translation_id, steps.approve, _("Approved. It can be published now."))


@require_POST
def send_back(request, translation_id):
    reason = request.POST.get("reason", "")
    done = _("It went back to its translators with your reason.")
    return _step(request, translation_id, lambda record, user: steps.send_back(record, user, reason), done)


@require_POST
def publish(request, translation_id):
    record = get_object_or_404(Translation, pk=translation_id)
    doors.publish(request, record)
    return _back(request, record)


def _step(request, translation_id, step, done):
    record = get_object_or_404(Translation, pk=translation_id)
    try:
        step(record, request.user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        for reason in refusal.messages:
            messages.error(request, reason)
    else:
        messages.success(request, done)
    return _back(request, record)


def _back(request, record):
    return HttpResponseRedirect(doors.way_back(request) or record.get_target_instance_edit_url())
