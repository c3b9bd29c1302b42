import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from outreach_site.staff.roles import ensure_groups
from outreach_site.translation import coverage, matrix, rights, status
from outreach_site.translation.models import LanguageTeam, TranslationWork
from tests.factories import (
    ArticlePageFactory,
    CampaignPageFactory,
    MaterialPageFactory,
    PlainPageFactory,
    UserFactory,
    home,
    translated,
)
from tests.outreach_site.translation.conftest import begun

pytestmark = pytest.mark.django_db
Work = TranslationWork.State


def staff(role, **more):
    user = UserFactory(**more)
    user.groups.add(ensure_groups()[role])
    return user


def team(locale, *, translator=None, reviewer=None):
    team, _new = LanguageTeam.objects.get_or_create(locale=locale)
    if translator:
        team.translators.add(translator)
    if reviewer:
        team.reviewers.add(reviewer)


def cells(user, page, locales):
    """{language code: Cell} of `page` as `user` sees it."""
    rows = [row for row in matrix.rows_for(user)[0] if row.page.pk == page.pk]
    matrix.fill(rows, locales, status.of([page], locales), rights.Rights(user))
    return {cell.code: cell for cell in rows[0].cells}


def titles(client, **asked):
    response = client.get(reverse("translation_matrix"), asked)
    return [row.page.title for row in response.context["screen"].object_list]


@pytest.fixture
def admin(client):
    user = UserFactory(is_superuser=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


# --- who sees what -------------------------------------------------------------------------
def test_a_translation_is_no_row_of_its_own(admin, client, locales):
    page = PlainPageFactory(title="Giới thiệu")
    translated(page, "en", title="About")

    assert titles(client) == [home().title, "Giới thiệu"]


def test_staff_see_the_pages_of_their_section_only(client, locales):
    mine, other = PlainPageFactory(title="Của tôi"), PlainPageFactory(title="Của người khác")
    ArticlePageFactory(parent=mine, title="Bên trong")
    ArticlePageFactory(parent=other, title="Bên ngoài")
    editor = staff("editor")
    GroupPagePermission.objects.filter(group__user=editor).update(page=mine)
    client.force_login(editor)

    assert titles(client) == ["Của tôi", "Bên trong"]


def test_without_the_right_to_a_language_the_cell_leads_nowhere(locales, english):
    translator = staff("translator")
    team(english, translator=translator)
    page = ArticlePageFactory()
    _vi, _en, khmer, _hmn = locales
    begun(page, english)
    begun(page, khmer)

    seen = cells(translator, page, locales)

    assert [bool(seen[code].url) for code in ("vi", "en", "km", "hmn")] == [False, True, False, False]
    assert seen["km"].state.label == "In translation"


def test_a_missing_translation_leads_to_where_it_is_begun(locales, english):
    translator = staff("translator")
    team(english, translator=translator)
    page = ArticlePageFactory()

    assert cells(translator, page, locales)["en"].url == f"/admin/translations/{page.translation_key}/en/"


def test_what_waits_for_review_leads_the_reviewer_to_the_review(locales, english):
    reviewer = staff("reviewer")
    team(english, reviewer=reviewer)
    page = ArticlePageFactory()
    begun(page, english)
    TranslationWork.objects.filter(locale=english).update(state=Work.IN_REVIEW)

    assert cells(reviewer, page, locales)["en"].url == f"/admin/translations/{page.translation_key}/en/"


# --- what it says --------------------------------------------------------------------------
def test_a_cell_says_its_state_in_words_with_its_date(admin, client, locales, english):
    page = ArticlePageFactory()
    translated(page, "en", title="Article")
    TranslationWork.objects.create(
        translation_key=page.translation_key,
        locale=english,
        state=Work.APPROVED,
        outdated_since=timezone.datetime(2026, 11, 3, 5, tzinfo=timezone.get_current_timezone()),
    )

    html = client.get(reverse("translation_matrix"), {"type": page.content_type_id}).content.decode()
    cell = re.search(r'<div class="loa-cell loa-cell--outdated">.*?</div>', html, re.S)[0]

    assert " ".join(strip_tags(cell).split()) == (
        f"Out of date – {page.title}, English since 3/11/2026 still shown to readers"
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "che do"}, ["Chế độ nghỉ"]),
        ({"state": "published"}, ["Chế độ nghỉ"]),
        ({"state": "published", "language": "km"}, []),
        ({"state": "missing", "language": "en"}, ["Chiến dịch nước sạch", "Tờ rơi nước"]),
    ],
)
def test_filters_narrow_the_pages(admin, client, locales, asked, expected):
    translated(home(), "en", title="Home")
    article = ArticlePageFactory(title="Chế độ nghỉ")
    translated(article, "en", title="Leave")
    campaign = CampaignPageFactory(title="Chiến dịch nước sạch")
    MaterialPageFactory(title="Tờ rơi nước", campaign=campaign)

    found = [title for title in titles(client, **asked) if title != home().title]

    assert found == expected


def test_the_campaign_filter_shows_what_belongs_to_it(admin, client, locales):
    campaign = CampaignPageFactory(title="Chiến dịch nước sạch")
    MaterialPageFactory(title="Tờ rơi nước", campaign=campaign)
    MaterialPageFactory(title="Tờ rơi khác")

    assert titles(client, campaign=campaign.pk) == ["Chiến dịch nước sạch", "Tờ rơi nước"]


def test_a_choice_that_does_not_exist_is_said(admin, client, locales):
    response = client.get(reverse("translation_matrix"), {"state": "nonsense"})

    assert response.context["form"].has_error("state", "invalid_choice")


# --- coverage ------------------------------------------------------------------------------
def shares(figures):
    return {figure.code: (figure.current, figure.pages) for figure in figures}


def test_coverage_counts_published_and_up_to_date_pages(locales, english):
    current, outdated, draft = ArticlePageFactory(), ArticlePageFactory(), ArticlePageFactory(live=False)
    for page in (current, outdated):
        translated(page, "en", title="Article")
    work = {"translation_key": outdated.translation_key, "locale": english}
    TranslationWork.objects.create(**work, state=Work.APPROVED, outdated_since=timezone.now())
    pages = [current, outdated, draft]

    figures = coverage.figures(pages, locales, status.of(pages, locales))

    assert shares(figures) == {"vi": (2, 2), "en": (1, 2), "km": (0, 2), "hmn": (0, 2)}


def test_coverage_of_a_campaign_is_that_of_what_belongs_to_it(locales):
    campaign = CampaignPageFactory()
    translated(campaign, "en", title="Campaign")
    MaterialPageFactory(campaign=campaign)
    MaterialPageFactory()

    assert shares(coverage.of_page(campaign)) == {"vi": (2, 2), "en": (1, 2), "km": (0, 2), "hmn": (0, 2)}


# --- cost ----------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["admin", "translator"])
def test_any_number_of_pages_costs_the_same_and_no_more_than_twenty_queries(client, locales, english, role):
    user = UserFactory(is_superuser=True) if role == "admin" else staff("translator")
    team(english, translator=user)
    client.force_login(user)
    costs = []
    for more in (1, 2, 47):
        for _number in range(more):
            page = MaterialPageFactory(campaign=CampaignPageFactory())
            if more < 10:
                begun(page, english)
        client.get(reverse("translation_matrix"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("translation_matrix"))
        costs.append(len(queries))

    assert costs[0] == costs[1] == costs[2] <= 20, "\n".join(
        query["sql"][:90] + " ... " + query["sql"][-120:] for query in queries
    )
