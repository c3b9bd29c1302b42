from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from outreach_site.staff import approval, roles
from outreach_site.translation import changes, steps, todo
from outreach_site.translation.models import LanguageTeam, TranslationWork
from tests.factories import ArticlePageFactory, PlainPageFactory, UserFactory
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db
State = TranslationWork.State


def sentences(user):
    with translation.override("en"):
        return [group.sentence for group in todo.waiting(user)]


def group(user, kind):
    return next((group for group in todo.waiting(user) if group.kind == kind), None)


def sent(page=None, by=None, code="km"):
    """A complete translation that waits for review."""
    record = stage.fill(stage.into(page or stage.article(), code))
    steps.send_to_review(record, by or stage.translator(code))
    return record


@pytest.fixture
def people():
    """One account a role of the whole site, and a reviewer and a translator of Khmer."""
    groups = roles.ensure_groups()
    approval.ensure_workflow()
    people = {role: UserFactory(username=role) for role in groups}
    for role, user in people.items():
        user.groups.add(groups[role])
    team = LanguageTeam.objects.get_or_create(locale=stage.locale("km"))[0]
    team.translators.add(people["translator"])
    team.reviewers.add(people["reviewer"])
    return people


# --- translations --------------------------------------------------------------------------
def test_what_waits_for_review_waits_for_the_reviewers_of_the_language_alone(people):
    sent(by=people["translator"])
    other = stage.reviewer("en")

    assert "1 translation waits for your review" in sentences(people["reviewer"])
    assert not group(people["translator"], "review")
    assert not group(other, "review")
    assert not group(people["coordinator"], "review")


def test_sentences_have_their_plural(people):
    sent(by=people["translator"])
    sent(stage.article(title="Khác", slug="khac"), by=people["translator"])

    assert "2 translations wait for your review" in sentences(people["reviewer"])


def test_who_may_see_no_page_is_told_of_none(people):
    sent(by=people["translator"])
    outsider = UserFactory()
    LanguageTeam.objects.get(locale=stage.locale("km")).reviewers.add(outsider)

    assert sentences(outsider) == []


def test_a_reviewer_of_a_section_is_told_of_its_pages_alone(people):
    mine, other = PlainPageFactory(title="Hà Giang"), PlainPageFactory(title="An Giang")
    inside = stage.article(title="Trong", slug="trong", parent=mine)
    outside = stage.article(title="Ngoài", slug="ngoai", parent=other)
    section = roles.ensure_section(mine, "Hà Giang")
    user = UserFactory()
    user.groups.add(section.reviewers)
    LanguageTeam.objects.get(locale=stage.locale("km")).reviewers.add(user)
    for page in (inside, outside):
        sent(page, by=people["translator"])

    assert [item.title for item in group(user, "review").items] == ["Trong"]


def test_what_was_sent_back_waits_for_who_had_sent_it_with_the_reviewers_words(people):
    record = sent(by=people["translator"])
    colleague = stage.translator()

    steps.send_back(record, people["reviewer"], "Chưa đúng giờ.")

    item = group(people["translator"], "sent_back").next
    assert (item.note, item.url) == (
        "Chưa đúng giờ.",
        reverse("wagtailadmin_pages:edit", args=[record.get_target_instance().pk]),
    )
    assert not group(colleague, "sent_back")


def test_what_was_sent_back_is_everybodys_when_who_had_sent_it_is_gone(people):
    record = sent(by=people["translator"])
    colleague = stage.translator()
    steps.send_back(record, people["reviewer"], "Chưa đúng giờ.")

    people["translator"].is_active = False
    people["translator"].save()

    assert group(colleague, "sent_back").next.note == "Chưa đúng giờ."


def test_what_was_sent_again_is_no_longer_sent_back(people):
    record = sent(by=people["translator"])
    steps.send_back(record, people["reviewer"], "Chưa đúng giờ.")

    steps.send_to_review(record, people["translator"])

    assert sentences(people["translator"]) == []


def test_a_changed_source_waits_for_the_translators_and_for_who_had_approved_it(people):
    record = stage.fill(stage.into(stage.article()))
    steps.approve(record, people["reviewer"])
    steps.publish(record, stage.administrator())
    page = record.source.get_source_instance()
    page.title = "Chợ phiên mới"
    page.save_revision().publish()
    changes.sweep()
    another = stage.reviewer("km")

    assert "1 translation went out of date since it was approved" in sentences(people["translator"])
    assert "1 translation went out of date since you approved it" in sentences(people["reviewer"])
    assert sentences(another) == []


def test_published_pages_that_are_not_begun_wait_for_the_translators_of_the_language(people):
    stage.into(stage.article(title="Đã bắt đầu", slug="a"))
    stage.article(title="Chưa", slug="b")
    ArticlePageFactory(title="Nháp", live=False)
    english = stage.translator("en")

    missing = group(people["translator"], "missing")

    assert [item.title for item in missing.items] == ["Chưa"]
    assert "1 page is not begun in Khmer" in sentences(people["translator"])
    assert "1 translation is begun and not yet sent to review" not in sentences(english)


def test_the_oldest_comes_first(people):
    records = [
        sent(stage.article(title=name, slug=name), by=people["translator"]) for name in ("a", "b", "c")
    ]
    for days, record in zip((1, 9, 5), records, strict=True):
        TranslationWork.objects.filter(translation_key=record.source.object_id).update(
            changed_at=timezone.now() - timedelta(days=days)
        )

    waits = group(people["reviewer"], "review")

    assert [item.title for item in waits.items] == ["b", "c", "a"]
    assert (timezone.now() - waits.oldest).days == 9


def test_an_approved_text_waits_for_who_may_publish_it(people):
    record = sent(by=people["translator"])
    steps.approve(record, people["reviewer"])

    assert "1 approved translation can be published" in sentences(people["coordinator"])
    assert not group(people["reviewer"], "publish"), "she has no right to publish pages"
    steps.publish(record, people["coordinator"])
    assert not group(people["coordinator"], "publish")


def test_what_has_people_of_its_own_does_not_wait_for_the_administrator(people):
    sent(by=people["translator"])
    chief = stage.administrator()
    before = group(chief, "review")

    LanguageTeam.objects.get(locale=stage.locale("km")).reviewers.clear()

    assert before is None
    assert "1 translation waits for your review" in sentences(chief)


# --- pages as they were written ------------------------------------------------------------
def submitted(owner, title="Bản nháp"):
    page = ArticlePageFactory(live=False, owner=owner, title=title)
    page.save_revision(user=owner)
    page.get_workflow().start(page, owner)
    return page


def test_a_page_waits_for_the_step_of_approval_that_it_has_reached(people):
    page = submitted(people["editor"])

    first = [bool(group(people[role], "approval")) for role in ("reviewer", "coordinator", "editor")]
    page.current_workflow_task_state.approve(user=people["reviewer"])
    second = [bool(group(people[role], "approval")) for role in ("reviewer", "coordinator", "editor")]

    assert (first, second) == ([True, False, False], [False, True, False])


def test_a_page_in_a_language_with_reviewers_waits_for_them_alone(people):
    submitted(people["editor"])
    LanguageTeam.objects.create(locale=Page.objects.first().locale).reviewers.add(stage.reviewer("en"))

    assert not group(people["reviewer"], "approval")


def test_what_the_page_says_agrees_with_what_wagtail_lets_her_decide(people):
    submitted(people["editor"])

    for user in people.values():
        may = TaskState.objects.reviewable_by(user).count()
        assert len(getattr(group(user, "approval"), "items", [])) == may, user


def test_a_draft_that_was_sent_back_waits_for_who_handed_it_in(people):
    page = submitted(people["editor"])

    page.current_workflow_task_state.reject(user=people["reviewer"], comment="Thiếu số điện thoại.")

    back = group(people["editor"], "returned")
    assert [(item.title, item.note) for item in back.items] == [("Bản nháp", "Thiếu số điện thoại.")]
    assert sentences(people["editor"]) == ["1 of your pages was sent back to you"]
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES


# --- the screens ---------------------------------------------------------------------------
def test_after_one_step_the_message_leads_to_the_next(client, people):
    first, second = (
        sent(stage.article(title=name, slug=name), by=people["translator"]) for name in ("a", "b")
    )
    reviewer = stage.english(people["reviewer"])
    client.force_login(reviewer)

    answer = client.post(reverse("translation_approve", args=[first.pk]))

    said = stage.said(answer)[0]
    assert "Next: b in Khmer" in said
    assert f"/admin/translations/{second.source.object_id}/km/" in said


def test_after_the_last_step_the_message_says_that_nothing_more_waits(client, people):
    record = sent(by=people["translator"])
    client.force_login(stage.english(people["reviewer"]))

    answer = client.post(reverse("translation_send_back", args=[record.pk]), {"reason": "Sai."})

    (said,) = stage.said(answer)
    assert "It went back to its translators with your reason. Nothing more waits for you." in said
    assert "Next" not in said


def test_that_nothing_more_waits_is_said_in_vietnamese(client, people):
    record = sent(by=people["translator"])
    UserProfile.objects.create(user=people["reviewer"], preferred_language="vi")
    client.force_login(people["reviewer"])

    answer = client.post(reverse("translation_send_back", args=[record.pk]), {"reason": "Sai."})

    assert "Không còn việc nào chờ bạn." in stage.said(answer)[0]


def test_publishing_in_the_translation_editor_leads_to_the_next(client, people):
    first, second = (
        sent(stage.article(title=name, slug=name), by=people["translator"]) for name in ("a", "b")
    )
    for record in (first, second):
        steps.approve(record, people["reviewer"])
    client.force_login(stage.english(people["coordinator"]))

    def publish(record):
        address = reverse("wagtailadmin_pages:edit", args=[record.get_target_instance().pk])
        return " ".join(stage.said(client.post(address, {"action": "publish"})))

    assert "Next: b in Khmer" in publish(first)
    assert "Nothing more waits for you." in publish(second)


@pytest.mark.parametrize("address", ["/admin/translations/todo/", "/admin/"])
def test_both_screens_say_the_same(client, people, address):
    sent(by=people["translator"])
    client.force_login(stage.english(people["reviewer"]))

    html = client.get(address).content.decode()

    assert "1 translation waits for your review" in html
    assert "Go to the next one" in html


def test_who_has_nothing_to_do_is_told_so(client, people):
    client.force_login(stage.english(people["editor"]))

    assert "Nothing waits for you." in client.get("/admin/translations/todo/").content.decode()


@pytest.mark.parametrize("role", ["translator", "reviewer", "coordinator", "administrator"])
def test_any_number_of_pages_costs_the_same(client, people, role):
    user = people[role]
    UserProfile.objects.get_or_create(user=user)
    client.force_login(user)
    costs = []
    for more in (1, 4):
        for number in range(more):
            slug = f"{more}-{number}"
            record = sent(stage.article(title=slug, slug=slug), by=people["translator"])
            approved = sent(stage.article(title=f"y{slug}", slug=f"y{slug}"), by=people["translator"])
            steps.approve(approved, people["reviewer"])
            submitted(people["editor"], title=f"Nháp {slug}")
            back = sent(stage.article(title=f"x{slug}", slug=f"x{slug}"), by=people["translator"])
            steps.send_back(back, people["reviewer"], "Sai.")
            stage.article(title=f"z{slug}", slug=f"z{slug}")
            assert record
        todo.waiting(user)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/translations/todo/")
        costs.append(len(queries))

    assert costs[0] == costs[1], "\n".join(query["sql"][:200] for query in queries)
    with CaptureQueriesContext(connection) as queries:
        todo.waiting(type(user).objects.get(pk=user.pk))
    assert len(queries) <= 15, "\n".join(query["sql"][:160] for query in queries)
    assert PageLogEntry.objects.exists()
