"""What goes wrong, told to an error service that `SENTRY_DSN` names: where it broke, and nothing about people.

Local variables, request bodies, query strings, cookies, addresses and the words of an exception may hold a
phone number or a text. None of them leaves.
"""

KEPT_OF_A_REQUEST = ("method",)


def report_to(dsn):
    """Report unhandled errors to `dsn`. Raises ValueError when that is no address or sentry-sdk is missing."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.django import DjangoIntegration
        from sentry_sdk.utils import BadDsn
    except ImportError as error:
        raise ValueError("it needs a package: pip install sentry-sdk") from error
    try:
        sentry_sdk.init(
            dsn=dsn,
            integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            before_send=without_people,
        )
    except BadDsn as error:
        raise ValueError(str(error)) from error


def without_people(event, _hint=None):
    """Return `event` with what may name or number somebody taken out."""
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in KEPT_OF_A_REQUEST if name in request}
    for name in ("user", "extra", "breadcrumbs", "logentry", "message"):
        event.pop(name, None)
    for one in event.get("exception", {}).get("values", []):
        # The class says what happened; the words of it quote values.
        one["value"] = ""
        for frame in (one.get("stacktrace") or {}).get("frames", []):
            frame.pop("vars", None)
    return event
