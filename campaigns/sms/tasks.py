"""The queue's doorway. Tasks carry ids, are safe to run twice and to lose; the rows decide.

A nudge says that there is work, not which: one nudge stands for all that was stored in half a second.
"""

import time
from datetime import timedelta

from django.utils import timezone

from campaigns.pages.models import CampaignPage
from campaigns.sms import care, inbox, reports, sending
from campaigns.sms.broadcasts import counting, running
from campaigns.sms.conversation import places
from campaigns.sms.journeys import firing
from campaigns.sms.models import InboundMessage, OutboundMessage
from outreach_site.queue import GATHER_SECONDS, nudge_soon

# What a sweep leaves to the nudges, the most it takes up on either side, and how long it takes for
# it: two sides and one gateway's slow answer fit into the 60 seconds of a task.
GRACE = timedelta(seconds=10)
BATCH = 500
SWEEP_SECONDS = 20
BROADCAST_SECONDS = 3
# A nudged worker goes on looking for as long as others may keep quiet about new work; and it makes
# room for the other kinds of work after a few seconds, however much is left.
LINGER = GATHER_SECONDS + 0.2
TURN_SECONDS = 8


def process_inbound(_any):
    """Nudge: do what the new texts ask for."""
    if _take_turns(lambda: inbox.process_waiting()):
        nudge_soon(process_inbound, 0)


def apply_reports(_any):
    """Nudge: let the new delivery reports raise the states of their texts."""
    if _take_turns(reports.apply_waiting):
        nudge_soon(apply_reports, 0)


def deliver(gateway_id):
    """Nudge: send what is due at one gateway."""
    if sending.drain(gateway_id, seconds=TURN_SECONDS, linger=LINGER):
        nudge_soon(deliver, gateway_id)


def fill_places(campaign_id):
    """Nudge: somebody left; let the next who waits move up."""
    campaign = CampaignPage.objects.running().filter(pk=campaign_id).select_related("locale").first()
    if campaign:
        places.fill(campaign)


def run_broadcasts(_any):
    """Nudge: begin broadcasts that are due, and write their rows."""
    if running.run(TURN_SECONDS, LINGER):
        nudge_soon(run_broadcasts, 0)


def _take_turns(act):
    """Run `act` while it finds work; return whether it still did when the turn was over."""
    started = time.monotonic()
    while (spent := time.monotonic() - started) < TURN_SECONDS:
        if not act():
            if spent >= LINGER:
                return False
            time.sleep(0.1)
    return True


def count_broadcasts():
    """Schedule, every hour: what was delivered of broadcasts is reach."""
    counting.count_lately()


def sweep():
    """Schedule, every minute: take up what lost nudges and dead workers left, oldest first.

    Texts out come first, and each side has its own time: a flood on one does not starve the other.
    """
    care.look_after_texts()
    firing.run()
    if running.run(BROADCAST_SECONDS):
        nudge_soon(run_broadcasts, 0)
    stop_at = time.monotonic() + SWEEP_SECONDS
    waiting = OutboundMessage.objects.due(timezone.now()).order_by()
    for gateway_id in set(waiting.values_list("gateway_id", flat=True)):
        sending.drain(gateway_id, seconds=stop_at - time.monotonic())
    while reports.apply_waiting():
        pass
    ready = InboundMessage.objects.ready(timezone.now()).filter(received_at__lt=timezone.now() - GRACE)
    stop_at = time.monotonic() + SWEEP_SECONDS
    for row_id in list(ready.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() > stop_at:
            return
        inbox.process(row_id)
