"""What the foundation adds to the admin; the packages' own modules say what it is."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from outreach_site.consent import admin as consent
from outreach_site.editing import hooks as editing_hooks
from outreach_site.hotline.admin import HelpGroup, NumbersToCheck
from outreach_site.links import admin as links_admin
from outreach_site.pages import weight
from outreach_site.pages.admin import admin_head, admin_script
from outreach_site.privacy import desk as privacy_desk
from outreach_site.staff.admin import SectionViewSet
from outreach_site.translation import hooks as translation_hooks
from outreach_site.translation import screens as translation_screens

__all__ = ["links_admin", "privacy_desk", "translation_screens"]

register_snippet(HelpGroup)
register_snippet(SectionViewSet)
register_snippet(consent.ConsentRecordViewSet)
hooks.register("before_publish_page", consent.stop_publishing)
hooks.register("register_admin_urls", lambda: [*consent.urlpatterns, *weight.urlpatterns])
hooks.register("insert_global_admin_css", admin_head)
hooks.register("insert_global_admin_js", admin_script)


translation_hooks.register()
editing_hooks.register()


@hooks.register("construct_homepage_panels")
def warn_of_old_checks(request, panels):
    if request.user.has_perm("outreach_site.change_hotline"):
        panels.append(NumbersToCheck())
    if request.user.has_perm("outreach_site.change_consentrecord"):
        panels.append(consent.ConsentsEnding())
