"""The groups of staff, each with the rights its work needs and no more."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from outreach_site.staff import approval
from outreach_site.staff.models import Section

EDIT = ["add_page", "change_page"]
REVIEW = ["change_page", "lock_page"]
# Nobody but a coordinator, the second of the two steps, publishes.
PUBLISH = [*EDIT, "publish_page", "lock_page", "unlock_page", "bulk_delete_page"]
PAGE_RIGHTS = {
    "editor": EDIT,
    "translator": ["change_page"],
    "reviewer": REVIEW,
    "coordinator": PUBLISH,
    "administrator": PUBLISH,
}
# Wagtail asks for the rights on its own models of files, whatever models a site puts in their place.
USE_FILES = ["add_image", "choose_image", "add_document", "choose_document", "add_media"]
MEND_FILES = [*USE_FILES, "change_image", "change_document", "change_media"]
FILE_RIGHTS = {
    "editor": USE_FILES,
    "reviewer": USE_FILES,
    "coordinator": MEND_FILES,
    "administrator": [
        *MEND_FILES,
        *("delete_image", "delete_document", "delete_media"),
        *("add_collection", "change_collection", "delete_collection"),
    ],
}
ACCESS = "wagtailadmin.access_admin"


def _all_of(app, *models):
    return [f"{app}.{act}_{model}" for model in models for act in ("add", "change", "delete", "view")]


# Codes and files are never deleted; a distribution written down wrongly is.
PRINTING = [
    *_all_of("campaigns", "distribution"),
    *[
        f"campaigns.{act}_{model}"
        for model in ("printrun", "trackedlink")
        for act in ("add", "change", "view")
    ],
    *("campaigns.add_printjob", "campaigns.view_printjob"),
]
# A record of consent is made where the picture comes in. Nobody deletes one: it is withdrawn.
MAKE_CONSENT = ["outreach_site.add_consentrecord", "outreach_site.view_consentrecord"]
KEEP_CONSENT = [*MAKE_CONSENT, "outreach_site.change_consentrecord"]
# The way texts take, what waits for a person, and who wrote: numbers stay masked.
TEXTING = [
    *("campaigns.view_outboundmessage", "campaigns.change_gateway", "campaigns.view_gateway"),
    *("campaigns.add_decision", "campaigns.release_hold", "campaigns.view_member", "campaigns.change_member"),
    *("campaigns.add_broadcast", "campaigns.send_broadcast"),
    *("campaigns.add_handling", "campaigns.change_cry", "campaigns.view_cry"),
    *_all_of("campaigns", "discreetword", "commandword", "cryphrase", "shortform"),
]
RECORD_RIGHTS = {
    "reviewer": [ACCESS, "outreach_site.change_hotline", "outreach_site.view_hotline"],
    "editor": [
        ACCESS,
        "outreach_site.view_hotline",
        "wagtail_localize.submit_translation",
        *PRINTING,
        *MAKE_CONSENT,
    ],
    "translator": [ACCESS, "outreach_site.change_phraselist", "wagtail_localize.submit_translation"],
    "coordinator": [
        ACCESS,
        "campaigns.view_reachentry",
        "outreach_site.change_hotline",
        "outreach_site.add_hotline",
        "outreach_site.change_organisation",
        "outreach_site.add_organisation",
        "events.add_headcount",
        "wagtail_localize.submit_translation",
        *PRINTING,
        *KEEP_CONSENT,
        *TEXTING,
    ],
    "fieldworker": ["events.add_headcount"],
    # Everything but the one right that opens phone numbers: that is given to a person, by name.
    "administrator": [
        ACCESS,
        "outreach_site.add_rightsanswer",
        "campaigns.view_reachentry",
        "events.add_headcount",
        "wagtail_localize.submit_translation",
        *PRINTING,
        *KEEP_CONSENT,
        *TEXTING,
        *_all_of(
            "outreach_site",
            "user",
            "section",
            "languageteam",
            "hotline",
            "organisation",
            "need",
            "phraselist",
        ),
        *_all_of("auth", "group"),
        *_all_of("wagtailcore", "workflow", "task", "site", "locale"),
        *_all_of("wagtailredirects", "redirect"),
    ],
}
ROLES = ("editor", "translator", "reviewer", "coordinator", "fieldworker", "administrator")


def ensure_groups():
    """Make the groups that are missing, and give all of them their rights. Returns {role: Group}.

    Safe to call as often as you like; rights that staff added by hand stay.
    """
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role, group in groups.items():
        _give(group, RECORD_RIGHTS.get(role, []))
        _give_on_page(group, PAGE_RIGHTS.get(role, []), root)
        _give_on_files(group, FILE_RIGHTS.get(role, []), collection)
    return groups


# --- sections ------------------------------------------------------------------------------
SECTION_RECORDS = [ACCESS, "outreach_site.view_hotline", *MAKE_CONSENT]
SECTION_FILES = [*USE_FILES, "change_image", "change_document", "change_media"]


@transaction.atomic
def ensure_section(page, name):
    """Give `page` with all below it, in every language, staff of its own. Returns the `Section`.

    Two groups, "NAME: editor" and "NAME: reviewer", a collection NAME for its files, and a workflow
    in which its own reviewers come first. An account of the section belongs to no other group, or
    it has that group's rights as well. Safe to call as often as you like, and to rename a section.
    """
    section, _new = Section.objects.update_or_create(page=_oldest(page), defaults={"name": name})
    section.editors = _group(section.editors, f"{name}: editor")
    section.reviewers = _group(section.reviewers, f"{name}: reviewer")
    section.collection = _collection(section.collection, name)
    for group in (section.editors, section.reviewers):
        _give(group, SECTION_RECORDS)
        _give_on_files(group, SECTION_FILES, section.collection)
    section.workflow = approval.ensure_section_workflow(section)
    section.save()
    for version in Page.objects.filter(translation_key=section.page.translation_key):
        open_to_section(section, version)
    return section


def open_to_section(section, version):
    """Let the staff of `section` work on `version`, which is its top page in some language."""
    _give_on_page(section.editors, EDIT, version)
    _give_on_page(section.reviewers, REVIEW, version)
    approval.assign(section.workflow, version)


def after_translation(source_obj, target_obj, **_signal):
    """Receiver: a section's top page came into being in another language."""
    if isinstance(target_obj, Page):
        section = Section.objects.filter(page__translation_key=target_obj.translation_key).first()
        if section and section.editors_id:
            open_to_section(section, target_obj)


def _oldest(page):
    return Page.objects.filter(translation_key=page.translation_key).order_by("pk").first()


def _group(group, name):
    if group is None:
        return Group.objects.get_or_create(name=name)[0]
    group.name = name
    group.save()
    return group


def _collection(collection, name):
    if collection is None:
        return Collection.get_first_root_node().add_child(name=name)
    collection.name = name
    collection.save()
    return collection


# --- rights --------------------------------------------------------------------------------
def _give(group, names):
    """Give `group` the permissions that `names` ("app.codename") name."""
    for name in names:
        app, codename = name.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def _give_on_page(group, codenames, page):
    for permission in _by_codename(codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _give_on_files(group, codenames, collection):
    for permission in _by_codename(codenames):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _by_codename(codenames):
    """Rights on pages and files; a codename may stand for several models, so the right one is picked."""
    apps = {"image": "wagtailimages", "document": "wagtaildocs", "media": "wagtailmedia"}
    for codename in codenames:
        app = apps.get(codename.rsplit("_", 1)[1], "wagtailcore")
        yield Permission.objects.get(content_type__app_label=app, codename=codename)
