from django.core.management.base import BaseCommand, CommandError

from campaigns.materials.handover import NotAShelf, make_library
from outreach_site.pages.models import PlainPage


class Command(BaseCommand):
    help = "Turn a plain page that lists materials, and its translations, into the library of materials."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="last part of the page's address: tai-lieu")

    def handle(self, *, slug, **_options):
        page = PlainPage.objects.filter(slug=slug).order_by("pk").first()
        if page is None:
            raise CommandError(f"No plain page has the address “{slug}”.")
        try:
            for library in make_library(page):
                self.stdout.write(f"{library.url}: a library now")
        except NotAShelf as error:
            raise CommandError(str(error)) from error
