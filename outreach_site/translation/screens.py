"""The workflow's screens in the admin: their addresses and their place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from outreach_site.translation import matrix, po_views, side_by_side, todo_screens, words_screens


@hooks.register("register_admin_urls")
def translation_urls():
    return [
        path("translations/", matrix.matrix, name="translation_matrix"),
        path("translations/po/", po_views.many, name="translation_po_files"),
        path("translations/words/", words_screens.report, name="translation_words"),
        path("translations/todo/", todo_screens.todo_list, name="translation_todo"),
        path(
            "translations/<uuid:key>/<slug:code>/", side_by_side.side_by_side, name="translation_side_by_side"
        ),
        path("translations/<uuid:key>/<slug:code>/begin/", side_by_side.begin, name="translation_begin"),
    ]


@hooks.register("register_admin_urls", order=-1)
def po_addresses():
    """Before wagtail-localize's own, on its addresses: its editor leads here, and no other way leads in."""
    here = "localize/translate/<int:translation_id>/pofile"
    return [
        path(f"{here}/download/", po_views.download, name="translation_po_download"),
        path(f"{here}/upload/", po_views.upload, name="translation_po_upload"),
    ]


@hooks.register("register_admin_menu_item")
def translations_menu_item():
    return MenuItem(_("Translations"), reverse("translation_matrix"), icon_name="globe", order=155)


@hooks.register("construct_homepage_panels")
def waiting_for_you(request, panels):
    panels.append(todo_screens.WaitingForYou())


hooks.register("after_edit_page", todo_screens.offer_next)
