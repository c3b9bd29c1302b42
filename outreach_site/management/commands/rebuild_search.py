from django.core.management.base import BaseCommand

from outreach_site.search import index


class Command(BaseCommand):
    help = "Writes the search index anew from what is published. Safe to run twice, and while people search."

    def handle(self, *args, **options):
        rebuilt = index.rebuild()
        self.stdout.write(
            f"{rebuilt.entries} entries; {rebuilt.missing} were missing, {rebuilt.stale} were stale."
        )
