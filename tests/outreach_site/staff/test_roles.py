import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from campaigns.printing.models import Distribution, PrintJob, PrintRun, TrackedLink
from outreach_site.staff import roles
from outreach_site.staff.models import Section
from tests.factories import (
    ArticlePageFactory,
    ConsentRecordFactory,
    PlainPageFactory,
    UserFactory,
    translated,
)

pytestmark = pytest.mark.django_db


def account(*groups, **facts):
    user = UserFactory(**facts)
    user.groups.set(groups)
    return user


@pytest.fixture
def province():
    """A section with one draft in it, and one draft beside it."""
    page = PlainPageFactory(title="Hà Giang")
    section = roles.ensure_section(page, "Hà Giang")
    inside = ArticlePageFactory(parent=page, title="Chợ phiên", live=False)
    outside = ArticlePageFactory(title="Bản thảo của nơi khác", live=False)
    for draft in (page, inside, outside):
        draft.save_revision()
    return section, page, inside, outside


def rights_of(group):
    pages = GroupPagePermission.objects.filter(group=group)
    return sorted(pages.values_list("page__title", "permission__codename"))


def test_groups_made_twice_have_each_right_once():
    roles.ensure_groups()
    first = [rights_of(group) for group in roles.ensure_groups().values()]

    assert [rights_of(group) for group in roles.ensure_groups().values()] == first


def test_only_coordinator_and_administrator_publish():
    groups = roles.ensure_groups()

    publishing = GroupPagePermission.objects.filter(permission__codename="publish_page")
    publishing = publishing.filter(group__in=groups.values())

    assert sorted(publishing.values_list("group__name", flat=True)) == ["administrator", "coordinator"]


def test_no_group_opens_phone_numbers():
    groups = roles.ensure_groups()
    look = Permission.objects.get(codename="look_at_phone")

    assert not look.group_set.filter(pk__in=[group.pk for group in groups.values()]).exists()


@pytest.mark.parametrize(
    ("role", "makes", "withdraws"),
    [
        ("editor", True, False),
        ("coordinator", True, True),
        ("administrator", True, True),
        ("translator", False, False),
        ("reviewer", False, False),
        ("fieldworker", False, False),
    ],
)
def test_who_makes_and_who_withdraws_a_record_of_consent(client, role, makes, withdraws):
    record = ConsentRecordFactory()
    client.force_login(account(roles.ensure_groups()[role]))
    viewset = record.snippet_viewset

    opened = {
        name: client.get(url).status_code == 200
        for name, url in {
            "add": reverse(viewset.get_url_name("add")),
            "withdraw": reverse("consent_withdraw", args=[record.pk]),
            "delete": reverse(viewset.get_url_name("delete"), args=[record.pk]),
        }.items()
    }

    assert opened == {"add": makes, "withdraw": withdraws, "delete": False}


def test_an_administrator_prints(client):
    client.force_login(account(roles.ensure_groups()["administrator"]))

    for model in (PrintRun, Distribution, TrackedLink, PrintJob):
        assert client.get(reverse(model.snippet_viewset.get_url_name("list"))).status_code == 200


# --- accounts ------------------------------------------------------------------------------
@pytest.fixture
def administrator(client):
    user = account(roles.ensure_groups()["administrator"])
    client.force_login(user)
    return user


def account_form(**changed):
    return {
        "username": "hoa",
        "email": "hoa@example.org",
        "first_name": "Hòa",
        "last_name": "Lý",
        "password1": "mot-mat-khau-dai",
        "password2": "mot-mat-khau-dai",
        "is_active": "on",
        **changed,
    }


def test_an_administrator_makes_an_account_but_none_with_every_right(client, administrator):
    client.post(reverse("wagtailusers_users:add"), account_form(is_superuser="on"))

    user = type(administrator).objects.get(username="hoa")
    assert not user.is_superuser


def test_an_administrator_raises_nobody_to_every_right(client, administrator):
    user = UserFactory(username="hoa")

    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), account_form(is_superuser="on"))

    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("Hòa", False)


def test_an_administrator_cannot_take_over_an_account_with_every_right(client, administrator):
    root = UserFactory(username="root", is_superuser=True, email="root@example.org")

    response = client.post(reverse("wagtailusers_users:edit", args=[root.pk]), account_form(username="root"))

    root.refresh_from_db()
    assert (response.status_code, root.email) == (302, "root@example.org")


def test_an_administrator_cannot_give_a_group_the_right_to_open_phone_numbers(client, administrator):
    group = roles.ensure_groups()["administrator"]
    look = Permission.objects.get(codename="look_at_phone")

    client.post(
        reverse("wagtailusers_groups:edit", args=[group.pk]),
        {"name": group.name, "permissions": [look.pk]},
    )

    assert not group.permissions.filter(pk=look.pk).exists()


# --- sections ------------------------------------------------------------------------------
def test_a_section_has_two_groups_with_rights_on_its_page_only(province):
    section, *_ = province

    assert rights_of(section.editors) == [("Hà Giang", "add_page"), ("Hà Giang", "change_page")]
    assert rights_of(section.reviewers) == [("Hà Giang", "change_page"), ("Hà Giang", "lock_page")]


def test_a_section_made_twice_and_renamed_stays_one(province):
    section, page, *_ = province
    again = roles.ensure_section(page, "Tỉnh Hà Giang")

    assert (again.pk, again.editors_id, again.collection_id) == (
        section.pk,
        section.editors_id,
        section.collection_id,
    )
    assert again.editors.name == "Tỉnh Hà Giang: editor"
    assert Section.objects.count() == 1


def test_a_translation_of_a_section_belongs_to_it_whenever_it_is_made(province):
    section, page, *_ = province

    english = translated(page, "en")

    member = account(section.editors)
    assert english.permissions_for_user(member).can_edit()
    assert not english.get_parent().permissions_for_user(member).can_edit()


def test_files_of_a_section_lie_in_its_own_collection(province):
    section, *_ = province

    held = GroupCollectionPermission.objects.filter(group=section.editors)

    assert set(held.values_list("collection__name", flat=True)) == {"Hà Giang"}


LOOK = ["edit", "view_draft", "history", "usage", "delete", "move", "copy", "add_subpage"]


@pytest.mark.parametrize("name", LOOK)
def test_staff_of_a_section_open_no_page_outside(client, province, name):
    section, page, inside, outside = province
    client.force_login(account(section.editors))

    response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[outside.pk]))

    assert (response.status_code, outside.title in response.content.decode()) == (302, False)


@pytest.mark.parametrize("name", ["edit", "view_draft", "history", "usage", "delete", "move", "copy"])
def test_staff_of_a_section_open_its_own_pages(client, province, name):
    section, page, inside, outside = province
    client.force_login(account(section.editors))

    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[inside.pk])).status_code == 200


@pytest.mark.parametrize("name", ["revisions_view", "revisions_revert", "revisions_compare"])
def test_staff_of_a_section_read_no_old_draft_outside(client, province, name):
    section, page, inside, outside = province
    client.force_login(account(section.reviewers))
    revision = outside.latest_revision_id
    args = [outside.pk, revision, revision] if name == "revisions_compare" else [outside.pk, revision]

    response = client.get(reverse(f"wagtailadmin_pages:{name}", args=args))

    assert response.status_code == 302


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete", "move"])
def test_staff_of_a_section_act_on_no_page_outside_in_bulk(client, province, act):
    section, page, inside, outside = province
    client.force_login(account(section.editors, section.reviewers))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])

    client.post(f"{address}?id={outside.pk}", {"chooser": page.pk})

    outside.refresh_from_db()
    assert (outside.live, outside.get_parent().title) == (False, "Loa")


def test_staff_of_a_section_copy_and_move_nothing_out_of_it(client, province):
    section, page, inside, outside = province
    client.force_login(account(section.editors))
    home = page.get_parent()
    before = home.get_children().count()

    client.post(
        reverse("wagtailadmin_pages:copy", args=[inside.pk]),
        {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": home.pk},
    )
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[inside.pk, home.pk]))

    assert (home.get_children().count(), inside.get_parent().pk) == (before, page.pk)


LISTS = [
    ("wagtailadmin_home", []),
    ("wagtailadmin_explore_root", []),
    ("wagtailadmin_pages:search", []),
    ("wagtailadmin_reports:workflow", []),
    ("wagtailadmin_reports:workflow_tasks", []),
    ("wagtailadmin_reports:aging_pages", []),
    ("wagtailadmin_reports:site_history", []),
    ("wagtailadmin_api:pages:listing", []),
]


@pytest.mark.parametrize(("name", "args"), LISTS, ids=[name for name, _ in LISTS])
def test_no_list_shows_staff_of_a_section_a_draft_outside(client, province, name, args):
    section, page, inside, outside = province
    client.force_login(account(section.editors))

    response = client.get(reverse(name, args=args), {"q": "nơi"} if "search" in name else None, follow=True)

    assert outside.title not in response.content.decode()


def test_the_explorer_shows_staff_of_a_section_their_own_branch(client, province):
    section, page, inside, outside = province
    client.force_login(account(section.editors))

    own = client.get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
    above = client.get(
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]), follow=True
    ).content.decode()

    assert (inside.title in own, outside.title in above) == (True, False)


def test_a_draft_outside_is_not_told_by_the_api(client, province):
    section, page, inside, outside = province
    client.force_login(account(section.editors))

    response = client.get(reverse("wagtailadmin_api:pages:detail", args=[outside.pk]))

    assert response.status_code == 404


def test_an_administrator_makes_a_section_in_the_admin(client, administrator):
    page = PlainPageFactory(title="An Giang")

    response = client.post(
        reverse("wagtailsnippets_outreach_site_section:add"), {"name": "An Giang", "page": page.pk}
    )

    section = Section.objects.get()
    assert (response.status_code, section.editors.name) == (302, "An Giang: editor")
    assert rights_of(section.editors) == [("An Giang", "add_page"), ("An Giang", "change_page")]
    assert Collection.objects.filter(name="An Giang").exists()


@pytest.mark.parametrize("role", ["editor", "translator", "reviewer", "coordinator"])
def test_nobody_else_makes_sections(client, role):
    client.force_login(account(roles.ensure_groups()[role]))

    assert client.get(reverse("wagtailsnippets_outreach_site_section:add")).status_code == 302


def test_the_whole_site_is_no_section(client, administrator):
    home = Page.objects.get(depth=2, locale__language_code="vi")

    response = client.post(
        reverse("wagtailsnippets_outreach_site_section:add"), {"name": "Tất cả", "page": home.pk}
    )

    assert (response.status_code, Section.objects.count()) == (200, 0)


def test_a_section_is_made_by_command_and_a_wrong_page_is_refused():
    page = PlainPageFactory(title="An Giang")
    call_command("ensure_roles", section="An Giang", page=page.pk)

    with pytest.raises(CommandError, match="There is no page 99999"):
        call_command("ensure_roles", section="Nơi khác", page=99999)

    assert list(Section.objects.values_list("name", "page")) == [("An Giang", page.pk)]


@pytest.mark.parametrize(("role", "may"), [("editor", True), ("reviewer", True), ("translator", False)])
@pytest.mark.parametrize(
    "screen",
    ["wagtailimages:add_multiple", "wagtaildocs:add_multiple", "wagtailmedia:index", "wagtailimages:index"],
)
def test_who_may_upload_files(client, role, may, screen):
    client.force_login(account(roles.ensure_groups()[role]))

    assert (client.get(reverse(screen)).status_code == 200) == may


def test_staff_of_a_section_upload_into_its_own_collection_alone(client, province):
    section = province[0]
    client.force_login(account(section.editors))

    answer = client.get(reverse("wagtailimages:add"))

    assert answer.status_code == 200
    form = answer.context["form"]
    assert "collection" not in form.fields or list(form.fields["collection"].queryset) == [section.collection]
