"""What the queue does for links by the clock."""

from django_q.models import Schedule


def ensure_schedules(**_signal):
    """Collect and check every ten minutes, look at everything once a day. Safe to call as often as you like."""
    for name, func, every in (
        ("links: changed texts", "collecting.sweep", {"schedule_type": Schedule.MINUTES, "minutes": 10}),
        ("links: other sites", "checking.sweep", {"schedule_type": Schedule.MINUTES, "minutes": 10}),
        ("links: every text", "collecting.ask_for_everything", {"schedule_type": Schedule.DAILY}),
    ):
        Schedule.objects.get_or_create(name=name, defaults={"func": f"outreach_site.links.{func}", **every})
