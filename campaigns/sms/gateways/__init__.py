"""One module a kind of gateway; base.py says what it offers.

kannel.py  twilio.py  simulator.py   http.py      any provider with an HTTP interface, by configuration
reading.py what a call brings        calling.py   a call to a provider, and what is certain when it fails
secrets.py keys, tokens and hosts    templates.py the placeholders of a configured call
"""

from campaigns.sms.gateways import http, kannel, simulator, twilio

ADAPTERS = {"kannel": kannel, "http": http, "twilio": twilio, "simulator": simulator}


def adapter_for(gateway):
    """Return the module that speaks for `gateway` (a `Gateway` row)."""
    return ADAPTERS[gateway.kind]
