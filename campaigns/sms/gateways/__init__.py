"""One module a kind of gateway; base.py says what it offers."""

from campaigns.sms.gateways import kannel, simulator

ADAPTERS = {"kannel": kannel, "simulator": simulator}


def adapter_for(gateway):
    """Return the module that speaks for `gateway` (a `Gateway` row)."""
    return ADAPTERS[gateway.kind]
