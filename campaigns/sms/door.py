"""The gateways' own way in, past everything that only readers need.

Sessions, languages, compression and security headers take longer than storing a text does. A gateway
calls hundreds of times a second when a radio spot ends, and what its own memory holds meanwhile is lost when it dies.
"""

import re
import time

from campaigns.sms.models import Gateway

ADDRESS = re.compile(r"/sms/([-a-zA-Z0-9_]+)/(?:in|status)")
# For so long a process goes on with what it knows of a gateway: "in use" takes effect after it.
KNOWN_SECONDS = 1
_known = {}


class GatewayDoor:
    """Middleware, to stand first: hands calls of gateways straight to the webhook."""

    def __init__(self, get_response):
        from campaigns.sms.views import webhook

        self.get_response, self.webhook = get_response, webhook

    def __call__(self, request):
        address = ADDRESS.fullmatch(request.path_info)
        return self.webhook(request, address[1]) if address else self.get_response(request)


def gateway(slug):
    """Return the gateway of that name which is in use, None when there is none."""
    row, read_at = _known.get(slug, (None, 0))
    if row is None or time.monotonic() - read_at > KNOWN_SECONDS:
        row = Gateway.objects.filter(slug=slug, is_active=True).first()
        # Only what exists is remembered: names that strangers try would fill the memory.
        if row:
            _known[slug] = (row, time.monotonic())
        else:
            _known.pop(slug, None)
    return row


def forget():
    """Forget what is known of gateways."""
    _known.clear()
