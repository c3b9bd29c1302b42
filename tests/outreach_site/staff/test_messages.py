"""What the admin says after somebody did something, to staff who read Vietnamese: all of it in Vietnamese."""

import unicodedata

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.users.models import UserProfile

from outreach_site.staff import approval, roles
from tests import samples
from tests.factories import ArticlePageFactory, PictureFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    """Log in as a role: `staff("editor")`."""
    groups = roles.ensure_groups()
    approval.ensure_workflow()

    def as_role(role):
        user = UserFactory(username=f"{role}-{len(groups)}-{UserProfile.objects.count()}")
        user.groups.add(groups[role])
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "vi"})
        client.force_login(user)
        return client

    return as_role


@pytest.fixture
def page():
    # No mark in its own words: whatever marks a message has are the message's.
    draft = ArticlePageFactory(title="Trang", slug="trang", live=False)
    draft.save_revision()
    return draft


def said(response):
    """Return the messages after `response`; those in which no letter bears a mark are not Vietnamese."""
    messages = [strip_tags(str(message)).strip() for message in get_messages(response.wsgi_request)]
    assert messages, f"nothing was said ({response.status_code})"
    for message in messages:
        marks = [c for c in unicodedata.normalize("NFD", message) if unicodedata.category(c) == "Mn"]
        assert marks, f"not Vietnamese: {message!r}"
    return messages


def form(page, **more):
    facts = {"title": page.title, "slug": page.slug, "introduction": "Sang.", "body-count": "0"}
    facts |= {"seo_title": "", "search_description": "", "comments-TOTAL_FORMS": "0"}
    return {**facts, "comments-INITIAL_FORMS": "0", **more}


def edit(client, page, **more):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(page, **more))


@pytest.mark.parametrize("button", ["", "action-submit", "action-publish"])
def test_saving_handing_in_and_publishing_a_page(staff, page, button):
    said(edit(staff("coordinator"), page, **({button: "1"} if button else {})))


def test_a_page_with_a_fault(staff, page):
    client = staff("coordinator")
    said(edit(client, page, title="", slug=""))


@pytest.mark.parametrize(("act", "facts"), [("approve", {}), ("reject", {"comment": "Xem lai"})])
def test_approving_and_sending_back(staff, page, act, facts):
    edit(staff("editor"), page, **{"action-submit": "1"})
    client = staff("reviewer")
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    said(client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, act, state.pk]), facts))


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_unpublishing_and_deleting_a_page(staff, page, act):
    page.save_revision().publish()
    said(staff("coordinator").post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk])))


def test_unlocking_a_page(staff, page):
    client = staff("coordinator")
    client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    said(client.post(reverse("wagtailadmin_pages:unlock", args=[page.pk])))


def test_moving_and_copying_a_page(staff, page):
    client = staff("administrator")
    facts = {"new_title": "Trang hai", "new_slug": "trang-hai", "new_parent_page": page.get_parent().pk}
    said(client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), facts))


def test_pictures_and_files(staff):
    client = staff("administrator")
    picture = PictureFactory(title="Anh")
    facts = {"title": "Anh", "collection": picture.collection_id, "tags": ""}
    said(client.post(reverse("wagtailimages:edit", args=[picture.pk]), {**facts, "focal_point_x": ""}))
    said(client.post(reverse("wagtailimages:delete", args=[picture.pk])))
    file = samples.file(samples.pdf())
    file.name = "tai-lieu.pdf"
    said(
        client.post(
            reverse("wagtaildocs:add"),
            {"title": "Tai", "file": file, "collection": facts["collection"], "tags": ""},
        )
    )


def test_records(staff):
    client = staff("coordinator")
    add = reverse("wagtailsnippets_campaigns_discreetword:add")
    said(client.post(add, {"word": "abc", "language": "", "weight": "warn"}))
    said(client.post(add, {"word": "", "language": "", "weight": "warn"}))
