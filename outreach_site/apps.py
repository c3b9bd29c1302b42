from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachSiteConfig(AppConfig):
    name = "outreach_site"
    verbose_name = _("Outreach site")
