"""Two people, or two windows, write on one page: the later form is asked, and no text is lost."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.materials.models import MaterialPage
from outreach_site import queue
from outreach_site.editing import versions
from outreach_site.staff import roles
from tests.factories import (
    ArticlePageFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    UserFactory,
    reads_english,
)

pytestmark = pytest.mark.django_db


class Window:
    """An editor's window: opened once, sent later, as a browser without scripts does it."""

    def __init__(self, user, page, address=None):
        self.client = Client()
        self.client.force_login(user)
        self.page = page
        self.address = address or reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.html = self.client.get(self.address).content.decode()

    @property
    def hidden(self):
        """Every field of the form by which it says what it was opened on."""
        names = "opened_version|loaded_revision_id|loaded_revision_created_at"
        return dict(re.findall(rf'name="({names})" value="([^"]*)"', self.html))

    def send(self, *, script=False, **fields):
        data = {"title": self.page.title, "slug": self.page.slug, "body": streamfield([])}
        data |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "introduction": ""}
        data |= self.hidden | fields
        more = {"headers": {"accept": "application/json"}} if script else {}
        return self.client.post(self.address, nested_form_data(data), **more)


@pytest.fixture
def people():
    groups = roles.ensure_groups()
    found = []
    for name in ("Nguyễn A", "Trần B"):
        user = reads_english(UserFactory(first_name=name, email=f"{len(found)}@example.org"))
        user.groups.add(groups["coordinator"])
        found.append(user)
    return found


def newest(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def kept(page):
    entry = PageLogEntry.objects.get(page=page.pk, action=versions.SET_ASIDE)
    return entry.revision


@pytest.mark.parametrize("has_revision", [True, False], ids=["on a revision", "on none"])
@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}, {"action-submit": "1"}], ids=str)
def test_a_form_that_is_behind_covers_nothing(people, button, has_revision):
    page = ArticlePageFactory(title="Cũ")
    if has_revision:
        page.save_revision()
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")

    answer = second.send(title="Của B", introduction="Lời của B", **button)

    assert newest(page).title == "Của A"
    assert Page.objects.get(pk=page.pk).title == "Cũ"
    aside = kept(page).as_object()
    assert (aside.title, aside.introduction, kept(page).user) == ("Của B", "Lời của B", people[1])
    assert answer.url == reverse("editing_choose", args=[page.pk, kept(page).pk])


def test_the_choice_says_who_and_when_and_shows_both_texts(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    at = timezone.localtime(newest(page).latest_revision_created_at)

    answer = second.client.get(second.send(title="Của B").url)

    text = unescape(answer.content.decode())
    assert f"Nguyễn A saved a newer version at {at:%H:%M}." in text
    rows = re.findall(r'<td class="title">(.*?)</td>\s*<td.*?>(.*?)</td>', text, re.DOTALL)
    assert [(name, re.sub(r"\s+", " ", change).strip()) for name, change in rows] == [
        ("Title", 'Của <span class="deletion">A</span><span class="addition">B</span>')
    ]


def test_keeping_mine_is_a_new_version_over_theirs(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    theirs = newest(page).latest_revision
    choice = second.send(title="Của B").url
    seen = re.search(r'name="opened_version" value="([^"]*)"', second.client.get(choice).content.decode())[1]

    answer = second.client.post(choice, {"opened_version": seen})

    assert answer.url == second.address
    assert (newest(page).title, newest(page).latest_revision.user) == ("Của B", people[1])
    assert theirs.as_object().title == "Của A"
    history = first.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, theirs.pk]) in history


def test_a_third_version_is_looked_at_before_mine_goes_on_top(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    choice = second.send(title="Của B").url
    seen = re.search(r'name="opened_version" value="([^"]*)"', second.client.get(choice).content.decode())[1]
    Window(people[0], page).send(title="Của A, lần hai")

    answer = second.client.post(choice, {"opened_version": seen})

    assert newest(page).title == "Của A, lần hai"
    assert "There is an even newer version by now." in answer.content.decode()
    assert "lần hai" in answer.content.decode()


def test_after_taking_theirs_mine_is_restored_from_the_history(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    second.send(title="Của B")
    history = second.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    restore = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, kept(page).pk])

    Window(people[1], page, restore).send(title="Của B")

    assert "Version kept beside a newer one" in history
    assert restore in history
    assert newest(page).title == "Của B"


def test_what_is_kept_aside_is_not_taken_for_the_newest(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    second.send(title="Của B")

    Page.objects.get(pk=page.pk).specific.latest_revision.publish()

    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == ("Của A", False)


def test_one_person_in_two_windows_is_asked_too(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = Window(people[0], page), Window(people[0], page)
    first.send(title="Cửa sổ một")

    answer = second.client.get(second.send(title="Cửa sổ hai").url)

    assert newest(page).title == "Cửa sổ một"
    assert "You saved a newer version in another window at" in answer.content.decode()


def test_the_newest_form_saves_as_ever_and_again(people):
    page = ArticlePageFactory(title="Cũ")
    window = Window(people[0], page)

    codes = [window.send(title="Một").status_code]
    again = Window(people[0], page)
    codes.append(again.send(title="Hai", **{"action-publish": "1"}).status_code)

    page.refresh_from_db()
    assert (codes, page.title) == ([302, 302], "Hai")
    assert not PageLogEntry.objects.filter(action=versions.SET_ASIDE).exists()


def test_a_form_with_a_mistake_stays_behind_until_its_writer_chose(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")

    answer = second.send(title="Của B", slug="không được / thế")
    second.html = answer.content.decode()
    text = unescape(second.html)
    asked = second.send(title="Của B")

    assert "Nguyễn A saved a newer version" in text
    assert 'value="Của B"' in text
    assert "/versions/" in asked.url
    assert (newest(page).title, kept(page).as_object().title) == ("Của A", "Của B")


def test_the_script_saves_over_its_own_version_only(people):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    own = first.send(script=True, title="Của A").json()
    more = first.send(script=True, title="Của A nữa", overwrite_revision_id=own["revision_id"])

    answer = second.send(script=True, title="Của B")

    assert more.json()["success"] is True
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert newest(page).title == "Của A nữa"


def test_a_version_that_its_writers_script_changed_meanwhile_counts_as_newer(people):
    page = ArticlePageFactory(title="Cũ")
    first = Window(people[0], page)
    own = first.send(script=True, title="Của A").json()
    second = Window(people[1], page)
    first.send(script=True, title="Của A nữa", overwrite_revision_id=own["revision_id"])

    second.send(title="Của B")

    assert (newest(page).title, kept(page).as_object().title) == ("Của A nữa", "Của B")


def test_two_forms_in_the_same_moment_meet_in_the_database(people):
    """The first is saved after the second was asked about, and before the second is saved."""
    page = ArticlePageFactory(title="Cũ")
    page.save_revision()
    first, second = (Window(user, page) for user in people)
    sent = []

    def meanwhile(request, page):
        if request.user == people[1] and not sent:
            sent.append(first.send(title="Của A"))

    with hooks.register_temporarily("before_edit_page", meanwhile, order=20):
        answer = second.send(title="Của B")

    assert newest(page).title == "Của A"
    assert answer.url == reverse("editing_choose", args=[page.pk, kept(page).pk])
    assert kept(page).as_object().title == "Của B"


def test_files_of_a_material_that_a_colleague_removed_are_in_my_version_still(people):
    page = MaterialPageFactory(title="Tờ rơi")
    file = MaterialFileFactory(material=page)
    page = MaterialPage.objects.get(pk=page.pk)
    page.save_revision()
    first, second = (Window(user, page) for user in people)
    row = {"id": file.pk, "document": file.document_id, "language": "", "recording": "", "picture": ""}
    own = {"kind": "leaflet", "licence": "", "audience": "", "credits": "", "consent_reference": ""}
    gone = first.send(**own, files=inline_formset([row | {"DELETE": "on"}], initial=1))
    answer = second.send(**own, title="Của B", files=inline_formset([row], initial=1))

    assert gone.status_code == 302
    assert "/versions/" in answer.url
    assert newest(page).files.count() == 0
    assert [file.document_id for file in kept(page).as_object().files.all()] == [file.document_id]
    assert "/versions/" in answer.url
    assert second.client.get(answer.url).status_code == 200


def test_who_may_not_edit_the_page_sees_no_choice(people, client):
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")
    choice = second.send(title="Của B").url
    stranger = UserFactory()
    stranger.groups.add(roles.ensure_section(ArticlePageFactory(), "Hà Giang").editors)
    client.force_login(stranger)

    # Wagtail leads whoever has no right back to the front of the admin.
    answers = [client.get(choice), client.post(choice)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer.url for answer in answers] == ["/admin/", "/admin/"]
    assert newest(page).title == "Của A"


def test_the_choice_works_while_the_queue_is_down(people, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(queue, "async_task", lambda *_args: 1 / 0)
    page = ArticlePageFactory(title="Cũ")
    first, second = (Window(user, page) for user in people)
    first.send(title="Của A")

    with django_capture_on_commit_callbacks(execute=True):
        choice = second.send(title="Của B").url
        seen = str(versions.newest(page))
        second.client.post(choice, {"opened_version": seen})

    assert newest(page).title == "Của B"
