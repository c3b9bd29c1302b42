"""Where gateways call: they show who they are, what they bring is stored, they get their answer."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.sms import care, door, gateways, inbox, opt_out, quiet, reports
from campaigns.sms.gateways.base import Inbound, Malformed, OptOut
from outreach_site.privacy import phones

logger = logging.getLogger(__name__)


@csrf_exempt  # the caller is a machine: its adapter checks the secret instead
@require_http_methods(["GET", "POST"])
@never_cache
@care.watch_time
def webhook(request, gateway_slug):
    """Take texts and delivery reports.

    200 and nothing else means stored. 400, 403, 404 and 413 say in a word what is wrong. 503 means that
    not everything was stored and the gateway should call again.
    """
    try:
        gateway = door.gateway(gateway_slug)
        if gateway is None:
            return _plain("No such gateway.", 404)
        adapter = gateways.adapter_for(gateway)
        if not adapter.authenticate(request, gateway):
            return _plain("Wrong or missing secret.", 403)
        events = adapter.parse(request, gateway)
        for event in events:
            _take(gateway, event)
    except RequestDataTooBig:
        return _plain("This is too much for one call.", 413)
    except Malformed as error:
        return _plain(f"{error}.", 400)
    except (OperationalError, InterfaceError) as error:
        logger.error("%s could not be stored: %s", gateway_slug, quiet.describe(error))
        return _plain("Nothing was stored. Call again.", 503)
    return adapter.acknowledge(events, gateway)


def _take(gateway, event):
    if isinstance(event, Inbound):
        inbox.receive(
            gateway=gateway,
            external_id=event.external_id,
            sender=event.sender,
            recipient=event.recipient,
            text=event.text,
            raw=event.raw,
            sent_at=event.sent_at,
            binary=event.binary,
            damaged=event.damaged,
        )
    elif isinstance(event, OptOut):
        opt_out.by_provider(phone=phones.normalise(event.sender), gateway=gateway, at=event.sent_at)
    else:
        reports.keep(
            gateway=gateway,
            uid=event.uid,
            status=event.status,
            external_id=event.external_id,
            raw_type=event.raw_type,
        )


def _plain(text, status):
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
