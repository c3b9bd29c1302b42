import logging

from django.core.management.base import BaseCommand

from outreach_site.demo.seed import plant


class Command(BaseCommand):
    help = "Plants the demo: campaigns, materials, events, hotlines, made-up sign-ups. Safe to run twice."

    def handle(self, *args, **options):
        # Hundreds of lines about pages saved and jobs queued say nothing to whoever runs this.
        logging.disable(logging.INFO)
        try:
            summary = plant()
        finally:
            logging.disable(logging.NOTSET)
        for note in summary.notes:
            self.stdout.write(note)
        if summary.new:
            planted = ", ".join(f"{number} {kind}" for kind, number in summary.new.items())
            self.stdout.write(f"Planted: {planted}.")
        else:
            self.stdout.write("Nothing new: the demo stands.")
