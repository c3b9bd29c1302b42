"""Head counts: kept once, corrected at will, always in step with the ledger."""

from django.db import transaction

from campaigns.reach import ledger
from events.fieldwork.models import HeadCount, HeadCountCell


@transaction.atomic
def keep(*, token, event, area, day, people, counted_by, note="", is_demo=False):
    """Keep the count that `token` (a UUID) names, or correct it when it is there already.

    `people` maps (sex, age band) to a number of people; zeros may be left out. `event` may be a page
    in any language. Returns (head count, whether it is new).
    """
    facts = {"event": event.original, "area": area, "day": day, "note": note}
    count, is_new = HeadCount.objects.get_or_create(
        token=token, defaults={**facts, "counted_by": counted_by, "is_demo": is_demo}
    )
    if not is_new:
        # Two corrections at once wait for each other here.
        count = HeadCount.objects.select_for_update().get(pk=count.pk)
        for name, value in facts.items():
            setattr(count, name, value)
        count.save()
        count.cells.all().delete()
    HeadCountCell.objects.bulk_create(
        HeadCountCell(head_count=count, sex=sex, age_band=band, people=number)
        for (sex, band), number in people.items()
        if number
    )
    tell_ledger(count)
    return count, is_new


def tell_ledger(count):
    """Set what this count adds to the numbers."""
    cells = count.cells.all()
    ledger.record(
        f"head-count/{count.pk}",
        day=count.day,
        channel=ledger.Channel.EVENT,
        area=count.area,
        campaign=count.event.campaign,
        groups=[ledger.Group(cell.people, sex=cell.sex, age_band=cell.age_band) for cell in cells],
    )
