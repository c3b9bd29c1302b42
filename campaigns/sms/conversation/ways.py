"""By which gateway a phone is written to that did not just write to us."""

from campaigns.sms.models import Gateway, InboundMessage, OutboundMessage


def to(phone_index):
    """Return the gateway by which the phone was last in touch, else the first in use; None: there is none.

    Simulated handsets are reached by the simulator alone, and nobody else is.
    """
    for model in (InboundMessage, OutboundMessage):
        met = model.objects.filter(phone_index=phone_index, gateway__is_active=True)
        last = met.select_related("gateway").order_by("-pk").first()
        if last:
            return last.gateway
    return Gateway.objects.filter(is_active=True).exclude(kind=Gateway.Kind.SIMULATOR).first()
