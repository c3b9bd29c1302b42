"""The gateway of the simulated handset: no network, every text arrives at once."""

from campaigns.sms.gateways.base import Accepted, Malformed


def authenticate(request, gateway):
    """Refuse every call from outside: the handset's texts come through its own page."""
    return False


def parse(request, gateway):
    raise Malformed("the simulated handset takes no calls")


def send(outgoing, gateway):
    return Accepted(external_id=f"simulated-{outgoing.uid}", delivered=True)
