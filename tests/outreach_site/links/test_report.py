"""The screen of links: whose, in which words, with which buttons."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outreach_site import queue
from outreach_site.hotline.models import Organisation
from outreach_site.links import checking, collecting
from outreach_site.links.models import CheckedLink, LinkPlace
from outreach_site.staff import roles
from tests.factories import (
    ArticlePageFactory,
    HotlineFactory,
    PlainPageFactory,
    UserFactory,
    reads_english,
    translated,
)
from tests.outreach_site.links.test_collecting import BLOCK, publish, text

pytestmark = pytest.mark.django_db
REPORT = "/admin/links/"


@pytest.fixture
def root(client):
    user = reads_english(UserFactory(is_superuser=True))
    client.force_login(user)
    return user


def staff(*groups):
    user = reads_english(UserFactory())
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


def broken(page, address="https://example.org/gone", **facts):
    publish(page, text(f'<p><a href="{address}">Xem ở đây</a></p>'))
    facts = {
        "state": "broken",
        "reason": "not_found",
        "http_status": 404,
        "first_failed_at": timezone.now(),
    } | facts
    CheckedLink.objects.filter(address=address).update(**facts)
    return CheckedLink.objects.get(address=address)


def addresses(client, **asked):
    return [row.name for row in client.get(REPORT, asked).context["rows"]]


def test_a_broken_link_is_told_with_its_place_one_click_away(client, root):
    page = ArticlePageFactory(title="Chợ phiên")
    broken(page)

    answer = client.get(REPORT).content.decode()

    assert "The page is not there any more. (404)" in answer
    assert f'href="/admin/pages/{page.pk}/edit/#:w:contentpath=body.{BLOCK}"' in answer
    assert "Article · Tiếng Việt · Text" in answer
    assert "Xem ở đây" in answer


def test_what_works_is_not_in_the_list_unless_asked_for(client, root):
    broken(ArticlePageFactory(), state="ok", reason="")

    assert addresses(client) == []
    assert addresses(client, state="ok") == addresses(client, state="all") == ["https://example.org/gone"]


def test_filters_narrow_the_list(client, root):
    shelf = PlainPageFactory(title="Tin")
    article = ArticlePageFactory(parent=shelf)
    broken(article, "https://example.org/vi")
    broken(
        translated(ArticlePageFactory(), "en"),
        "https://example.org/en",
        state="moved",
        new_address="https://example.org/x",
    )

    assert addresses(client) == ["https://example.org/vi", "https://example.org/en"]
    assert addresses(client, state="moved") == ["https://example.org/en"]
    assert addresses(client, language="vi") == ["https://example.org/vi"]
    assert addresses(client, section=shelf.path) == ["https://example.org/vi"]
    assert addresses(client, kind="number") == []


def test_staff_of_a_section_see_and_touch_what_is_theirs_alone(client):
    roles.ensure_groups()
    section = PlainPageFactory(title="Hà Giang")
    roles.ensure_section(section, "Hà Giang")
    theirs, other = ArticlePageFactory(parent=section), ArticlePageFactory()
    broken(theirs, "https://example.org/theirs")
    foreign = broken(other, "https://example.org/other")
    Organisation.objects.create(name={"vi": "Nhà"}, website="https://example.org/house")
    collecting.sweep()
    CheckedLink.objects.update(state="broken")
    client.force_login(staff("Hà Giang: editor"))

    assert addresses(client) == ["https://example.org/theirs"]
    assert "org/other" not in client.get("/admin/links/csv/").content.decode()
    assert "example.org/other" not in client.get("/admin/").content.decode()
    for name in ("link_fine", "link_check", "link_look_again"):
        assert client.post(reverse(name, args=[foreign.pk])).status_code == 404
    assert client.post(reverse("link_replace", args=[foreign.places.get().pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.quieted_at is None


def test_a_place_of_somebody_else_is_not_shown_with_a_link_of_ones_own(client):
    roles.ensure_groups()
    section = PlainPageFactory(title="Hà Giang")
    roles.ensure_section(section, "Hà Giang")
    broken(ArticlePageFactory(title="Bài khác"))
    broken(ArticlePageFactory(parent=section, title="Bài nhà"))
    client.force_login(staff("Hà Giang: editor"))

    assert [line.title for line in client.get(REPORT).context["rows"][0].lines] == ["Bài nhà"]


def test_an_editor_sees_pages_and_a_coordinator_the_directory_too(client):
    roles.ensure_groups()
    broken(ArticlePageFactory())
    Organisation.objects.create(name={"vi": "Nhà"}, website="https://example.org/house")
    collecting.sweep()
    CheckedLink.objects.update(state="broken")

    found = {}
    for role in ("editor", "coordinator"):
        client.force_login(staff(role))
        found[role] = set(addresses(client))

    assert found == {
        "editor": {"https://example.org/gone"},
        "coordinator": {"https://example.org/gone", "https://example.org/house"},
    }


def test_whoever_has_no_way_into_the_admin_sees_nothing(client):
    client.force_login(UserFactory())

    assert client.get(REPORT).status_code == 302


def test_calling_it_fine_takes_it_off_the_list_and_says_who(client, root):
    link = broken(ArticlePageFactory())

    client.post(reverse("link_fine", args=[link.pk]), {"next": REPORT})

    link.refresh_from_db()
    assert (addresses(client), link.quieted_by) == ([], root)
    assert f"Called fine by {root}" in client.get(REPORT, {"state": "quieted"}).content.decode()

    client.post(reverse("link_look_again", args=[link.pk]))
    assert addresses(client) == ["https://example.org/gone"]


def test_a_new_address_in_the_text_is_looked_at_anew(client, root):
    page = ArticlePageFactory()
    link = broken(page)
    client.post(reverse("link_fine", args=[link.pk]))

    broken(page, "https://example.org/also-gone")

    assert addresses(client) == ["https://example.org/also-gone"]


def test_a_button_leads_back_to_this_site_only(client, root):
    link = broken(ArticlePageFactory())

    answers = [
        client.post(reverse("link_fine", args=[link.pk]), {"next": address}).url
        for address in ("/admin/links/?state=broken", "https://evil.example/", "//evil.example/")
    ]

    assert answers == ["/admin/links/?state=broken", REPORT, REPORT]


def test_check_now_asks_the_queue_for_this_link(
    client, root, monkeypatch, django_capture_on_commit_callbacks
):
    link = broken(ArticlePageFactory())
    asked = []
    monkeypatch.setattr(queue, "async_task", lambda *task: asked.append(task))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("link_check", args=[link.pk]))

    assert asked == [("outreach_site.links.checking.check_now", link.pk)]


def test_buttons_want_a_post(client, root):
    link = broken(ArticlePageFactory())

    assert [
        client.get(reverse(name, args=[link.pk])).status_code for name in ("link_fine", "link_check")
    ] == [405, 405]


def test_a_number_in_a_field_of_plain_text_is_one_click_away(client, root):
    HotlineFactory()
    page = publish(ArticlePageFactory(introduction="Gọi 111 khi cần."))

    answer = client.get(REPORT).content.decode()

    assert "Put in the hotline record" not in answer
    field = f'href="/admin/pages/{page.pk}/edit/#:w:contentpath=introduction">Open this field</a>'
    assert field in answer


def test_a_typed_number_is_replaced_from_the_list_and_its_page_opens(client, root):
    hotline = HotlineFactory()
    page = publish(ArticlePageFactory(), text("<p>Gọi 111</p>"))
    assert "Put in the hotline record" in client.get(REPORT).content.decode()

    answer = client.post(reverse("link_replace", args=[LinkPlace.objects.get().pk]))

    assert answer.url == f"/admin/pages/{page.pk}/edit/#:w:contentpath=body.{BLOCK}"
    page.refresh_from_db()
    assert f'id="{hotline.pk}"' in page.get_latest_revision_as_object().body[0].value.source
    assert "a draft waits to be published" in client.get(REPORT).content.decode()
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_a_replacement_that_cannot_be_is_told(client, root):
    HotlineFactory()
    publish(ArticlePageFactory(introduction="Gọi 111"))

    answer = client.post(reverse("link_replace", args=[LinkPlace.objects.get().pk]), follow=True)

    assert "Change the text by hand." in answer.content.decode()


def test_the_table_has_a_line_a_place_and_no_formula(client, root):
    for title in ("=1+1", "Hai"):
        broken(ArticlePageFactory(title=title))

    lines = list(csv.reader(io.StringIO(client.get("/admin/links/csv/").content.decode("utf-8-sig"))))

    assert lines[0][:3] == ["State", "Kind", "Link"]
    assert [(line[0], line[2], line[7]) for line in lines[1:]] == [
        ("broken", "https://example.org/gone", "'=1+1"),
        ("broken", "https://example.org/gone", "Hai"),
    ]


def test_an_address_is_text_and_never_markup(client, root):
    publish(ArticlePageFactory(introduction='Gọi 0912345678 <script>alert("x")</script>'))

    assert '<script>alert("x")' not in client.get(REPORT).content.decode()


def test_the_front_page_tells_of_broken_links_only_when_there_are_any(client, root):
    link = broken(ArticlePageFactory(title="Chợ phiên"))
    assert "https://example.org/gone" in client.get("/admin/").content.decode()

    client.post(reverse("link_fine", args=[link.pk]))

    assert 'id="broken-links"' not in client.get("/admin/").content.decode()


def test_the_screen_says_when_our_own_line_was_down(client, root):
    from django.core.cache import cache

    cache.set(checking.LINE_DOWN, timezone.now())

    assert "Our own line was down" in client.get(REPORT).content.decode()


@pytest.mark.parametrize("role", ["editor", "root"])
def test_the_report_asks_little_however_many_links_there_are(client, role):
    roles.ensure_groups()
    user = staff("editor", "coordinator") if role == "editor" else UserFactory(is_superuser=True)
    client.force_login(user)
    pages = [ArticlePageFactory() for _number in range(3)]
    organisation = Organisation.objects.create(name={"vi": "Nhà"}, website="https://example.org/house")
    links = CheckedLink.objects.bulk_create(
        CheckedLink(
            kind="site", address=f"https://example.org/{number}", address_hash=str(number), state="broken"
        )
        for number in range(1000)
    )
    LinkPlace.objects.bulk_create(
        LinkPlace(
            link=link,
            owner=f"outreach_site.organisation:{organisation.pk}"
            if number % 4 == 3
            else f"wagtailcore.page:{pages[number % 4].pk}",
            page=None if number % 4 == 3 else pages[number % 4],
            language="vi",
            path="introduction" if number % 4 != 3 else "website",
            model_path="introduction" if number % 4 != 3 else "website",
        )
        for number, link in enumerate(links)
    )
    client.get(REPORT)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(REPORT)

    assert answer.context["screen"].paginator.count == 1000
    # The admin's own frame asks for the session, the account and its rights as well.
    own = [one["sql"] for one in asked if "outreach_site_" in one["sql"] or "wagtailcore_page" in one["sql"]]
    assert len(own) <= 15, own
    assert len(asked) <= 25
