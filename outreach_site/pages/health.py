"""Is it alive, is it ready: for whoever watches the site."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_q.models import OrmQ, Schedule

HEARTBEAT = "worker-heartbeat"
# The heartbeat comes every minute; after five something is wrong.
LATE_SECONDS = 300


def heartbeat():
    """The worker's sign of life; runs in the queue every minute."""
    cache.set(HEARTBEAT, timezone.now(), timeout=None)


def ensure_schedules(**_signal):
    """Have the heartbeat run every minute. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="heartbeat",
        defaults={
            "func": "outreach_site.pages.health.heartbeat",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
        },
    )


@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request):
    """Database and queue. 503 while the database does not answer or the queue has stood still for 5 minutes."""
    state = {"database": "ok", "queue": "ok", "queue_age_seconds": None, "queue_waiting": None}
    try:
        connection.ensure_connection()
        state["queue_waiting"] = OrmQ.objects.count()
    except DatabaseError:
        state["database"] = "down"
    seen = cache.get(HEARTBEAT)
    if seen is None:
        state["queue"] = "no sign of the worker yet"
    else:
        age = (timezone.now() - seen).total_seconds()
        state["queue_age_seconds"] = round(age)
        if age > LATE_SECONDS:
            state["queue"] = "late"
    ready = state["database"] == state["queue"] == "ok"
    return JsonResponse(state, status=200 if ready else 503, headers={"Cache-Control": "no-store"})
