from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self):
        from campaigns.reach import visits
        from campaigns.sms import defaults

        post_migrate.connect(defaults.after_migrate, sender=self)
        post_migrate.connect(visits.ensure_schedules, sender=self)
