"""What gateways say about texts that left: kept at once, applied in bulk, and no state ever falls."""

import logging
import uuid
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.sms.models import DeliveryReport, OutboundMessage
from outreach_site.queue import nudge_soon

logger = logging.getLogger(__name__)

State = OutboundMessage.State
LEFT = (State.UNKNOWN, State.SENT, State.UNCONFIRMED, State.DELIVERED, State.FAILED)
BATCH = 500


def keep(*, gateway, uid, status, external_id="", raw_type=""):
    """Keep a delivery report, to be applied by a worker; the same report twice is kept once.

    uid  our id of the text; None where the gateway tells only its own, `external_id`

    A report on a text that we do not have is kept as well: it may overtake the text's own row.
    """
    uid = uid or _stand_in(gateway.pk, external_id)
    report = DeliveryReport(
        gateway=gateway, uid=uid, status=status, external_id=external_id, raw_type=raw_type
    )
    DeliveryReport.objects.bulk_create([report], ignore_conflicts=True)
    from campaigns.sms import tasks

    nudge_soon(tasks.apply_reports, 0)


def apply_report(**facts):
    """Keep a delivery report and apply it now. Returns whether it is new."""
    key = {"uid": facts.pop("uid"), "status": facts.pop("status")}
    report, is_new = DeliveryReport.objects.get_or_create(**key, defaults=facts)
    if is_new:
        apply([report])
    return is_new


@transaction.atomic
def apply_waiting(limit=BATCH):
    """Apply the oldest reports that nobody has applied yet; return how many there were."""
    waiting = DeliveryReport.objects.filter(is_applied=False).order_by("pk")
    reports = list(waiting.select_for_update(skip_locked=True)[:limit])
    apply(reports)
    return len(reports)


def apply(reports):
    """Let `reports` raise the states of their texts; the first final one of a text stays."""
    _find_texts(reports)
    reports = sorted(reports, key=lambda report: report.pk)
    # Stretches of one kind, so that of two final reports on a text the first comes first.
    for (gateway_id, status), some in groupby(reports, key=lambda one: (one.gateway_id, one.status)):
        _apply_alike(gateway_id, State(status), list(some))
    DeliveryReport.objects.filter(pk__in=[report.pk for report in reports]).update(is_applied=True)


def overtaken(gateway, messages):
    """Apply the reports that came before the gateway's ids of `messages`, {external id: uid}, were known."""
    stand_ins = [_stand_in(gateway.pk, external_id) for external_id in messages]
    if stand_ins:
        apply(list(DeliveryReport.objects.filter(uid__in=stand_ins, gateway=gateway)))


def _stand_in(gateway_id, external_id):
    """Return the uid under which a report waits that tells the gateway's id of the text alone."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{gateway_id}/{external_id}")


def _find_texts(reports):
    """Give reports that wait under a stand-in the uid of their text, where that is known by now."""
    waiting = [
        report
        for report in reports
        if report.external_id and report.uid == _stand_in(report.gateway_id, report.external_id)
    ]
    for gateway_id in {report.gateway_id for report in waiting}:
        names = [report.external_id for report in waiting if report.gateway_id == gateway_id]
        texts = OutboundMessage.objects.filter(gateway=gateway_id, external_id__in=names)
        uids = dict(texts.values_list("external_id", "uid"))
        for report in waiting:
            if report.gateway_id == gateway_id and report.external_id in uids:
                # The row keeps its stand-in, which is what makes the same report twice one.
                report.uid = uids[report.external_id]


def _apply_alike(gateway_id, state, reports):
    rows = OutboundMessage.objects.filter(uid__in=[report.uid for report in reports], gateway=gateway_id)
    rose = rows.rise(state, timezone.now())
    newest = max(report.at for report in reports)
    rows.filter(sent_at=None, state__in=LEFT).update(sent_at=newest)
    unnamed = dict(rows.filter(external_id="").values_list("uid", "pk"))
    named = [
        OutboundMessage(pk=unnamed[report.uid], external_id=report.external_id)
        for report in reports
        if report.external_id and report.uid in unnamed
    ]
    OutboundMessage.objects.bulk_update(named, ["external_id"])
    if rose < len(reports):
        _log_conflicts(rows, state, reports)


def _log_conflicts(rows, state, reports):
    other_end = Q(state__in=[State.DELIVERED, State.FAILED]) & ~Q(state=state)
    ended = set(rows.filter(other_end).values_list("uid", flat=True))
    for report in reports:
        if report.uid in ended:
            logger.info("report %s: the text is in a final state already", report.pk)
