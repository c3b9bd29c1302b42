from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from outreach_site.areas import loader

SHOWN = 50


class Command(BaseCommand):
    help = "Loads areas, successions and facts from a folder of CSV files (docs/areas.md). Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="default: AREA_DATA of the settings")
        parser.add_argument(
            "--check", action="store_true", help="only say whether the folder could be loaded"
        )

    def handle(self, *args, folder=None, check=False, **options):
        folder = Path(folder or settings.AREA_DATA)
        try:
            content = loader.read(folder)
        except loader.BadFolder as error:
            raise CommandError(self.refusal(folder, error.problems)) from error
        if check:
            areas, editions = len(content.areas), len(content.editions)
            self.stdout.write(f"{folder} can be loaded: {areas:,} areas in {editions} editions.")
            return
        self.report(loader.store(content))

    def refusal(self, folder, problems):
        lines = [f"{folder} was not loaded; nothing was stored.", *problems[:SHOWN]]
        if len(problems) > SHOWN:
            lines.append(f"… and {len(problems) - SHOWN} more.")
        return "\n  ".join(lines)

    def report(self, loaded):
        for kind, counts in loaded.counts.items():
            removed = f", {counts.removed:,} removed" if counts.removed else ""
            self.stdout.write(
                f"{kind}: {counts.created:,} created, {counts.updated:,} updated{removed},"
                f" {counts.unchanged:,} unchanged"
            )
        if not loaded.changed:
            self.stdout.write("Nothing changed.")
        if loaded.vanished:
            shown = ", ".join(loaded.vanished[:10]) + (" …" if len(loaded.vanished) > 10 else "")
            count = f"{len(loaded.vanished):,} stored areas are not in the files"
            self.stdout.write(f"{count}. They stay, for records keep them: {shown}")
