"""The groups of staff, each with the rights its work needs and no more."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

PAGE_RIGHTS = {
    "editor": ["add_page", "change_page"],
    "translator": ["change_page"],
    "reviewer": ["add_page", "change_page", "publish_page", "lock_page"],
    "coordinator": ["add_page", "change_page", "publish_page", "lock_page"],
}
FILE_RIGHTS = {
    role: ["add_picture", "choose_image", "add_sitedocument", "choose_document", "add_recording"]
    for role in ("editor", "reviewer", "coordinator")
}
RECORD_RIGHTS = {
    "reviewer": ["wagtailadmin.access_admin", "outreach_site.change_hotline", "outreach_site.view_hotline"],
    "editor": ["wagtailadmin.access_admin", "outreach_site.view_hotline"],
    "translator": ["wagtailadmin.access_admin", "outreach_site.change_phraselist"],
    "coordinator": [
        "wagtailadmin.access_admin",
        "campaigns.view_reachentry",
        "outreach_site.change_hotline",
        "outreach_site.add_hotline",
        "outreach_site.change_organisation",
        "outreach_site.add_organisation",
        "events.add_headcount",
    ],
    "fieldworker": ["events.add_headcount"],
}
ROLES = ("editor", "translator", "reviewer", "coordinator", "fieldworker")


def ensure_groups():
    """Make the groups that are missing, and give all of them their rights. Returns {role: Group}.

    Safe to call as often as you like; rights that staff added by hand stay.
    """
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role, group in groups.items():
        group.permissions.add(*_permissions(RECORD_RIGHTS.get(role, [])))
        for permission in _by_codename(PAGE_RIGHTS.get(role, [])):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in _by_codename(FILE_RIGHTS.get(role, [])):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    return groups


def _permissions(names):
    found = []
    for name in names:
        app, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found


def _by_codename(codenames):
    """Rights on pages and files; a codename may stand for several models, so the right one is picked."""
    models = {"page": "wagtailcore", "image": "outreach_site", "document": "outreach_site"}
    found = []
    for codename in codenames:
        app = models.get(codename.rsplit("_", 1)[1], "outreach_site")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found
