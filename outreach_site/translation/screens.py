"""The workflow's screens in the admin: their addresses and their place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from outreach_site.translation import matrix, side_by_side


@hooks.register("register_admin_urls")
def translation_urls():
    return [
        path("translations/", matrix.matrix, name="translation_matrix"),
        path(
            "translations/<uuid:key>/<slug:code>/", side_by_side.side_by_side, name="translation_side_by_side"
        ),
        path("translations/<uuid:key>/<slug:code>/begin/", side_by_side.begin, name="translation_begin"),
    ]


@hooks.register("register_admin_menu_item")
def translations_menu_item():
    return MenuItem(_("Translations"), reverse("translation_matrix"), icon_name="globe", order=155)
