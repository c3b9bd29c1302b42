"""Staff stop a gateway, and let it send again; who did it, when and why stands in Wagtail's log."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from campaigns.sms import alarms, outbox
from campaigns.sms.models import Gateway, OutboundMessage

PAUSED, RESUMED, EDITED = "campaigns.gateway.pause", "campaigns.gateway.resume", "campaigns.gateway.edit"
BY_STAFF = "by_staff"
REASONS = {
    BY_STAFF: _("Staff paused it."),
    "no_credit": _("The account with the provider is empty."),
}
# What a resumed gateway proves wrong.
ENDED_BY_RESUMING = ("no_credit", "takes_nothing")
# Why a text waits that was tried already, and has to wait all the same.
CAPPED = "cap_of_the_number"


@transaction.atomic
def pause(gateway_id, *, by, reason=""):
    """Let nothing leave by a gateway until somebody resumes it. Returns whether it was sending.

    What a worker has claimed already still leaves: seconds' worth.
    """
    running = Gateway.objects.filter(pk=gateway_id, paused_at=None)
    if not running.update(paused_at=timezone.now(), pause_reason=BY_STAFF):
        return False
    _log(gateway_id, PAUSED, by, reason)
    return True


@transaction.atomic
def resume(gateway_id, *, by=None, reason=""):
    """Let a gateway send again, now: a pause ends and so does resting after refusals.

    by  the person; None: from the shell
    Returns whether something kept it from sending.
    """
    now = timezone.now()
    stopped = Gateway.objects.filter(Q(refusals__gt=0) | ~Q(paused_at=None) | Q(next_send_at__gt=now))
    changes = {"paused_at": None, "pause_reason": "", "next_send_at": None, "refusals": 0}
    if not stopped.filter(pk=gateway_id).update(**changes):
        return False
    # Only what was due once: a text for later keeps its hour, and the claim looks at quiet hours again.
    tried = OutboundMessage.objects.filter(
        gateway=gateway_id, state=OutboundMessage.State.QUEUED, attempts__gt=0, next_try_at__gt=now
    )
    tried.exclude(last_error=CAPPED).update(next_try_at=now)
    _log(gateway_id, RESUMED, by, reason)
    slug = Gateway.objects.values_list("slug", flat=True).get(pk=gateway_id)
    for kind in ENDED_BY_RESUMING:
        alarms.close(kind, slug, by=by)
    outbox.nudge_gateway(gateway_id)
    return True


def _log(gateway_id, action, by, reason):
    log(Gateway.objects.get(pk=gateway_id), action, user=by, data={"reason": reason.strip()[:200]})
