"""The report's place in the admin: addresses, menu, and a panel on the front page while something is broken."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from outreach_site.links import inline, report, views
from outreach_site.links.models import CheckedLink

SHOWN = 5

hooks.register("register_rich_text_features", inline.register_feature)


@hooks.register("register_admin_urls")
def links_urls():
    return [
        path("links/", views.links, name="links_report"),
        path("links/csv/", views.links_csv, name="links_csv"),
        path("links/<int:pk>/check/", views.check, name="link_check"),
        path("links/<int:pk>/fine/", views.call_fine, name="link_fine"),
        path("links/<int:pk>/look-again/", views.look_again, name="link_look_again"),
        path("links/places/<int:pk>/replace/", views.replace, name="link_replace"),
    ]


@hooks.register("register_reports_menu_item")
def links_menu_item():
    return MenuItem(
        _("Links and numbers"), reverse("links_report"), name="links", icon_name="link", order=150
    )


@hooks.register("construct_homepage_panels")
def tell_of_broken_links(request, panels):
    panels.append(BrokenLinks(request.user))


class BrokenLinks(Component):
    """On the admin's front page: broken links in what this person may edit; nothing when all is well."""

    order = 60
    template_name = "outreach_site/links/broken.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        places = report.places_for(self.user)
        broken = report.links_for(self.user, places).filter(state=CheckedLink.State.BROKEN, quieted_at=None)
        links = list(broken.order_by("-first_failed_at")[: SHOWN + 1])
        return {
            "rows": report.rows(links[:SHOWN], places, self.user) if links else [],
            "has_more": len(links) > SHOWN,
        }
