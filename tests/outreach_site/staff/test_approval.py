import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail as sent
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow, WorkflowPage

from outreach_site.staff import approval, mail, roles
from outreach_site.staff.models import Letter
from outreach_site.translation.models import LanguageTeam
from tests.factories import ArticlePageFactory, PlainPageFactory, UserFactory, translated

pytestmark = pytest.mark.django_db


class DownMail(BaseEmailBackend):
    """A mail server that is away: `error` says how."""

    error = None

    def open(self):
        raise self.error

    def send_messages(self, email_messages):
        raise self.error


@pytest.fixture
def staff():
    groups = roles.ensure_groups()
    approval.ensure_workflow()
    people = {}
    for role, group in groups.items():
        people[role] = UserFactory(username=role, email=f"{role}@example.org")
        people[role].groups.add(group)
    return people


@pytest.fixture
def draft():
    page = ArticlePageFactory(title="Chợ phiên", live=False)
    page.save_revision()
    return page


def submit(client, page, user):
    client.force_login(user)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {
        "title": page.title,
        "slug": page.slug,
        "introduction": "Sáng Chủ nhật.",
        "body-count": "0",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-submit": "1",
    }
    return client.post(edit, form)


def decide(client, page, user, act, comment=""):
    client.force_login(user)
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, act, state.pk])
    return client.post(address, {"comment": comment})


def standing(page):
    """Return (live, title of the step that the page waits at)."""
    page = Page.objects.get(pk=page.pk)
    task = page.current_workflow_task
    return page.live, task and task.name


def test_the_workflow_replaces_the_stock_one_and_is_made_once():
    roles.ensure_groups()
    first = approval.ensure_workflow()
    again = approval.ensure_workflow()

    root = Page.get_first_root_node()
    assert (first, WorkflowPage.objects.get(page=root).workflow) == (again, first)
    assert list(Workflow.objects.active().values_list("name", flat=True)) == ["Duyệt bài"]
    assert [task.name for task in first.tasks] == ["Người duyệt đọc", "Điều phối viên xuất bản"]


def test_a_workflow_that_an_administrator_chose_stays():
    own = Workflow.objects.create(name="Cách của chúng tôi")
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": own})

    assert approval.ensure_workflow() == own


def test_a_page_goes_through_reviewer_and_coordinator(client, staff, draft):
    submit(client, draft, staff["editor"])
    steps = [standing(draft)]
    decide(client, draft, staff["reviewer"], "approve")
    steps.append(standing(draft))
    decide(client, draft, staff["coordinator"], "approve")
    steps.append(standing(draft))

    assert steps == [(False, "Người duyệt đọc"), (False, "Điều phối viên xuất bản"), (True, None)]


def test_a_reviewer_asks_for_a_change_with_a_comment(client, staff, draft):
    submit(client, draft, staff["editor"])
    decide(client, draft, staff["reviewer"], "reject", comment="Thêm giờ mở cửa.")

    state = Page.objects.get(pk=draft.pk).current_workflow_state
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "Thêm giờ mở cửa.")


@pytest.mark.parametrize("role", ["editor", "translator", "coordinator"])
def test_only_a_reviewer_decides_at_the_first_step(client, staff, draft, role):
    submit(client, draft, staff["editor"])
    decide(client, draft, staff[role], "approve")

    assert standing(draft) == (False, "Người duyệt đọc")


def test_a_reviewer_does_not_decide_at_the_second_step(client, staff, draft):
    submit(client, draft, staff["editor"])
    decide(client, draft, staff["reviewer"], "approve")
    decide(client, draft, staff["reviewer"], "approve")

    assert standing(draft) == (False, "Điều phối viên xuất bản")


def test_an_editor_cannot_publish(client, staff, draft):
    client.force_login(staff["editor"])
    assert not draft.permissions_for_user(staff["editor"]).can_publish()


def test_where_a_language_has_reviewers_only_they_decide(client, staff):
    english = translated(ArticlePageFactory(), "en")
    english.unpublish()
    team = LanguageTeam.objects.create(locale=Locale.objects.get(language_code="en"))
    anna = UserFactory(username="anna")
    anna.groups.add(staff["reviewer"].groups.get())
    team.reviewers.add(anna)
    submit(client, english, staff["editor"])

    decide(client, english, staff["reviewer"], "approve")
    before = standing(english)
    decide(client, english, anna, "approve")

    assert (before, standing(english)) == (
        (False, "Người duyệt đọc"),
        (False, "Điều phối viên xuất bản"),
    )


def test_in_a_section_its_own_reviewer_comes_first(client, staff):
    top = PlainPageFactory(title="Hà Giang")
    section = roles.ensure_section(top, "Hà Giang")
    page = ArticlePageFactory(parent=top, live=False)
    page.save_revision()
    editor, reviewer = UserFactory(), UserFactory()
    editor.groups.add(section.editors)
    reviewer.groups.add(section.reviewers)
    submit(client, page, editor)

    decide(client, page, staff["reviewer"], "approve")
    steps = [standing(page)]
    decide(client, page, reviewer, "approve")
    steps.append(standing(page))
    decide(client, page, staff["coordinator"], "approve")

    assert steps == [(False, "Người duyệt đọc: Hà Giang"), (False, "Điều phối viên xuất bản")]
    assert standing(page) == (True, None)


def test_a_section_reviewer_gets_no_page_outside_by_way_of_approval(client, staff, draft):
    section = roles.ensure_section(PlainPageFactory(title="Hà Giang"), "Hà Giang")
    reviewer = UserFactory()
    reviewer.groups.add(section.reviewers)
    submit(client, draft, staff["editor"])

    decide(client, draft, reviewer, "approve")

    assert standing(draft) == (False, "Người duyệt đọc")
    assert not Page.objects.get(pk=draft.pk).permissions_for_user(reviewer).can_edit()


# --- e-mail --------------------------------------------------------------------------------
ERRORS = [ConnectionRefusedError(), socket.gaierror(), smtplib.SMTPServerDisconnected(), TimeoutError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_page_is_submitted_while_the_mail_server_is_away(
    client, staff, draft, settings, monkeypatch, error, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "outreach_site.staff.mail.QueuedMail"
    settings.MAIL_CARRIER = f"{__name__}.DownMail"
    monkeypatch.setattr(DownMail, "error", error)

    response = submit(client, draft, staff["editor"])
    mail.sweep()

    assert (response.status_code, standing(draft)) == (302, (False, "Người duyệt đọc"))
    assert list(Letter.objects.values_list("content__to", "attempts")) == [(["reviewer@example.org"], 1)]


def queue_one(settings):
    settings.EMAIL_BACKEND = "outreach_site.staff.mail.QueuedMail"
    sent.send_mail("Chào", "Một trang chờ bạn.", None, ["tam@example.org"], html_message="<p>Một trang</p>")
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    return Letter.objects.get()


def test_a_letter_goes_once_and_leaves_no_trace(settings):
    letter = queue_one(settings)

    assert (mail.send(letter.pk), mail.send(letter.pk)) == (True, False)
    assert [(one.subject, one.body, one.to) for one in sent.outbox] == [
        ("Chào", "Một trang chờ bạn.", ["tam@example.org"])
    ]
    assert not Letter.objects.exists()


def test_a_letter_that_failed_is_tried_again_later(settings, monkeypatch):
    letter = queue_one(settings)
    settings.MAIL_CARRIER = f"{__name__}.DownMail"
    monkeypatch.setattr(DownMail, "error", ConnectionRefusedError())
    mail.send(letter.pk)
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    at_once = mail.send(letter.pk)
    Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))

    assert (at_once, mail.send(letter.pk)) == (False, True)


def test_a_letter_is_given_up_in_the_end_and_its_text_with_it(settings, monkeypatch):
    letter = queue_one(settings)
    settings.MAIL_CARRIER = f"{__name__}.DownMail"
    monkeypatch.setattr(DownMail, "error", ConnectionRefusedError())
    for _attempt in range(mail.MOST_ATTEMPTS):
        Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
        mail.send(letter.pk)

    letter.refresh_from_db()
    assert (letter.content, letter.next_try_at, letter.attempts) == ({}, None, mail.MOST_ATTEMPTS)
