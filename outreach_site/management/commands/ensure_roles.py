from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from outreach_site.staff import approval, roles


class Command(BaseCommand):
    help = "Makes the groups of staff and the approval workflow; with --section, a section too. Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("--section", metavar="NAME", help="make a section of this name …")
        parser.add_argument("--page", type=int, metavar="ID", help="… with this page and all below it")

    def handle(self, *, section, page, **options):
        if bool(section) != bool(page):
            raise CommandError(
                "--section and --page belong together: a name, and the number of its top page."
            )
        groups = roles.ensure_groups()
        workflow = approval.ensure_workflow()
        self.stdout.write(f"Groups: {', '.join(groups)}. Workflow: {workflow.name}.")
        if section:
            made = self.section(section, page)
            self.stdout.write(f"Section {made.name}: {made.editors.name}; {made.reviewers.name}.")

    def section(self, name, page_id):
        page = Page.objects.filter(pk=page_id).first()
        if page is None:
            raise CommandError(f"There is no page {page_id}. Its number stands in the address of its editor.")
        if page.depth < 3:
            raise CommandError(f"Page {page_id} is the whole site: choose one below the home page.")
        return roles.ensure_section(page, name)
