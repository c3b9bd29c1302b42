from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from campaigns.materials import covers
        from campaigns.materials.models import Topic
        from campaigns.pages import keywords
        from campaigns.printing import signals as printing
        from campaigns.reach import visits
        from campaigns.sms import defaults, personal
        from campaigns.sms.words import vocabulary
        from campaigns.sms.words.models import CommandWord, CryPhrase, ShortForm
        from outreach_site.pages.cache import forget_pages
        from outreach_site.pages.files import Recording, SiteDocument
        from outreach_site.translation import protected

        post_migrate.connect(defaults.after_migrate, sender=self)
        post_migrate.connect(visits.ensure_schedules, sender=self)
        post_migrate.connect(covers.ensure_schedules, sender=self)
        post_save.connect(covers.after_document_saved, sender=SiteDocument)
        # Pages show their names, sizes and words.
        for signal in (post_save, post_delete):
            for model in (Recording, SiteDocument, Topic):
                signal.connect(forget_pages, sender=model)
            for model in (CommandWord, CryPhrase, ShortForm):
                signal.connect(vocabulary.forget, sender=model)
        protected.protects(keywords.in_use)
        personal.register()
        printing.connect(self)
