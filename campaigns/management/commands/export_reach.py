import csv
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Sum

from campaigns.reach import totals, visits
from campaigns.reach.models import ReachEntry
from outreach_site.areas.models import Area

HEADER = ["day", "edition", "level", "code", "area", "campaign", "channel", "direct"]
HEADER += ["sex", "age_band", "language", "contacts"]


def day(text):
    """Read 2026-11-23 or 23/11/2026. Raises CommandError for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise CommandError(f"“{text}” is not a date; write 2026-11-23 or 23/11/2026.")


class Command(BaseCommand):
    help = "Write the totals of the reach ledger as CSV to standard output."

    def add_arguments(self, parser):
        parser.add_argument("--since", type=day, help="first day: 2026-01-01 or 1/1/2026")
        parser.add_argument("--until", type=day, help="last day")
        parser.add_argument("--area", help="an area's key, such as 2025/1/08; with all that lies in it")
        parser.add_argument("--channel", choices=ReachEntry.Channel.values)

    def handle(self, *, since, until, area, channel, **options):
        if area:
            try:
                area = Area.objects.by_key(area)
            except (ValueError, Area.DoesNotExist) as error:
                raise CommandError(str(error)) from error
        visits.carry_to_ledger()
        columns = [
            "day",
            "area__edition__code",
            "area__level",
            "area__code",
            "area__place",
            "campaign__title",
        ]
        columns += ["channel", "is_direct", "sex", "age_band", "language"]
        found = totals.entries(since=since, until=until, area=area, channel=channel)
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(HEADER)
        for *cells, contacts in found.values_list(*columns).annotate(sum=Sum("contacts")).order_by(*columns):
            cells[7] = int(cells[7])
            out.writerow(["" if cell is None else cell for cell in [*cells, contacts]])
