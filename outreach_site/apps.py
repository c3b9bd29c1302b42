from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachSiteConfig(AppConfig):
    name = "outreach_site"
    verbose_name = _("Outreach site")

    def ready(self):
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import copy_for_translation_done, page_published, page_unpublished

        from outreach_site.areas.models import Area
        from outreach_site.consent import removal
        from outreach_site.hotline.models import HelpCard, Hotline, Need, Organisation, PhraseList
        from outreach_site.links import receivers as link_receivers
        from outreach_site.links import schedule as link_schedule
        from outreach_site.pages import cache, health, pictures, tasks
        from outreach_site.pages.files import Picture
        from outreach_site.privacy import holdings, retention
        from outreach_site.search import receivers
        from outreach_site.staff import mail, roles, schedule
        from outreach_site.translation import wiring

        copy_for_translation_done.connect(roles.after_translation)
        for schedules in (health, link_schedule, mail, pictures, removal, retention, schedule):
            post_migrate.connect(schedules.ensure_schedules, sender=self)
        receivers.connect(self)
        link_receivers.connect()
        post_save.connect(tasks.after_picture_saved, sender=Picture)
        wiring.connect(self)
        holdings.register_own(_("consents"), _("looks at the number"))
        # Whatever public pages show makes the kept ones old when it changes.
        for signal in (page_published, page_unpublished):
            signal.connect(cache.forget_pages, dispatch_uid=f"forget-pages-{id(signal)}")
        for signal in (post_save, post_delete):
            for model in (Area, HelpCard, Hotline, Need, Organisation, PageViewRestriction, PhraseList, Site):
                signal.connect(cache.forget_pages, sender=model)
