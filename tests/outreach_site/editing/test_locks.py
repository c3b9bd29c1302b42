"""A lock is taken over by whoever may edit the page: in one step, written down, and told."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from outreach_site.editing import locks
from outreach_site.staff import approval, roles
from outreach_site.staff.models import Letter
from tests.factories import ArticlePageFactory, UserFactory, reads_english
from tests.outreach_site.editing.test_versions import Window, newest, people  # noqa: F401
from tests.outreach_site.staff.test_approval import submit

pytestmark = pytest.mark.django_db


def lock(page, user):
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now() - timedelta(hours=3)
    page.save()


def take(page):
    return reverse("editing_take_over", args=[page.pk])


def test_the_editor_says_who_locked_it_when_and_offers_to_take_over(people):  # noqa: F811
    page = ArticlePageFactory()
    lock(page, people[0])

    html = unescape(Window(people[1], page).html).replace("\xa0", " ")

    assert "Nguyễn A locked this page 3 hours ago." in html
    assert "If you take it over, Nguyễn A can no longer save and is told so." in html
    assert take(page) in html


def test_who_takes_over_holds_it_then(people, mailoutbox):  # noqa: F811
    page = ArticlePageFactory(title="Đi chợ")
    lock(page, people[0])
    held, other = Window(people[0], page), Window(people[1], page)

    answer = other.client.post(take(page))
    late = held.send(title="Của A")
    other.send(title="Của B")

    row = Page.objects.get(pk=page.pk)
    assert (answer.url, row.locked_by) == (other.address, people[1])
    assert newest(page).title == "Của B"
    refused = unescape(late.content.decode()).replace("\xa0", " ")
    assert 'value="Của A"' in refused
    assert "Your lock was taken over." in refused
    assert "Trần B locked this page" in refused
    entry = PageLogEntry.objects.get(page=page.pk, action=locks.TAKEN_OVER)
    assert (entry.user, entry.data["from"]) == (people[1], people[0].pk)
    history = other.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Lock taken over from Nguyễn A" in history
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["0@example.org"], "Trần B took over “Đi chợ”")
    ]


def test_who_lost_the_lock_is_told_in_the_editor_too(people):  # noqa: F811
    page = ArticlePageFactory()
    lock(page, people[0])
    Window(people[1], page).client.post(take(page))

    html = Window(people[0], page).html

    assert "Your lock was taken over." in html
    assert take(page) in html


def test_an_editor_without_the_right_to_unlock_may_take_over_too(people, client):  # noqa: F811
    editor = reads_english(UserFactory())
    editor.groups.add(roles.ensure_groups()["editor"])
    page = ArticlePageFactory()
    lock(page, people[0])
    client.force_login(editor)

    client.post(take(page))

    assert Page.objects.get(pk=page.pk).locked_by == editor


def test_staff_of_another_section_may_not(people, client):  # noqa: F811
    stranger = UserFactory()
    stranger.groups.add(roles.ensure_section(ArticlePageFactory(), "Hà Giang").editors)
    page = ArticlePageFactory()
    lock(page, people[0])
    client.force_login(stranger)

    client.post(take(page))

    assert Page.objects.get(pk=page.pk).locked_by == people[0]


def test_a_step_of_approval_is_not_taken_over_with_the_lock(people, client):  # noqa: F811
    approval.ensure_workflow()
    groups = roles.ensure_groups()
    editor, reviewer = UserFactory(username="bien"), UserFactory(username="duyet")
    editor.groups.add(groups["editor"])
    reviewer.groups.add(groups["reviewer"])
    page = ArticlePageFactory(live=False, owner=editor)
    submit(client, page, editor)
    page = Page.objects.get(pk=page.pk).specific
    lock(page, reviewer)
    client.force_login(editor)

    client.post(take(page))

    assert Page.objects.get(pk=page.pk).locked_by == reviewer
    assert take(page) not in Window(editor, page).html


def test_a_lock_that_nobody_else_holds_stays_as_it_is(people, client):  # noqa: F811
    page = ArticlePageFactory()
    client.force_login(people[1])

    client.post(take(page))

    assert (Page.objects.get(pk=page.pk).locked, client.get(take(page)).status_code) == (False, 405)
    assert not PageLogEntry.objects.filter(action=locks.TAKEN_OVER).exists()


def test_the_mail_server_being_down_does_not_hold_it_up(
    people,  # noqa: F811
    settings,
    django_capture_on_commit_callbacks,
):
    settings.EMAIL_BACKEND = "outreach_site.staff.mail.QueuedMail"
    settings.MAIL_CARRIER = "tests.outreach_site.pages.test_outages.Down"
    page = ArticlePageFactory()
    lock(page, people[0])

    with django_capture_on_commit_callbacks(execute=True):
        Window(people[1], page).client.post(take(page))

    assert Page.objects.get(pk=page.pk).locked_by == people[1]
    assert [letter.content["to"] for letter in Letter.objects.all()] == [["0@example.org"]]
