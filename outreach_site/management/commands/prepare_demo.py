from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from outreach_site.areas.models import Area


class Command(BaseCommand):
    help = "Make this machine ready for the demo: catalogues, tables, areas, content. Quick when it is ready."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("The demo is for a machine on which DEBUG is on. See docs/operations.md.")
        call_command("compile_catalogues", stdout=self.stdout)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not Area.objects.exists():
            self.stdout.write("Loading the areas …")
            call_command("load_areas", stdout=self.stdout)
        call_command("seed_demo", stdout=self.stdout)
