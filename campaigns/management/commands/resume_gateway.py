from django.core.management.base import BaseCommand, CommandError

from campaigns.sms import pausing
from campaigns.sms.models import Gateway


class Command(BaseCommand):
    help = "Lets a paused or resting gateway send again; the texts that wait leave at once."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="its name in the address, for example “kannel”")

    def handle(self, *, slug, **options):
        gateway = Gateway.objects.filter(slug=slug).first()
        if gateway is None:
            known = ", ".join(Gateway.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no gateway “{slug}”. There is: {known}.")
        done = pausing.resume(gateway.pk, reason="manage.py resume_gateway")
        self.stdout.write(f"{slug} sends again." if done else f"{slug} was neither paused nor resting.")
        if not gateway.is_active:
            self.stdout.write("It is not in use, so nothing leaves until it is.")
