"""Every screen of the admin that our staff open, in Vietnamese."""

import json
import re
from datetime import timedelta
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from outreach_site.languages import LANGUAGES
from outreach_site.links import collecting
from outreach_site.links.models import CheckedLink
from outreach_site.staff import approval, roles
from outreach_site.translation.models import LanguageTeam
from tests.factories import (
    AreaFactory,
    ArticlePageFactory,
    CampaignPageFactory,
    DocumentFactory,
    EventPageFactory,
    HotlineFactory,
    MaterialPageFactory,
    PictureFactory,
    PlainPageFactory,
    RecordingFactory,
    UserFactory,
    home,
)
from tests.outreach_site.staff.test_approval import submit
from tests.outreach_site.staff.walk import Missing, walk

# Upstream sorts that report in its next release.
UNSORTED = "ignore::django.core.paginator.UnorderedObjectListWarning"
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings(UNSORTED)]
ROLES = ["editor", "translator", "reviewer", "coordinator", "fieldworker", "administrator"]
CATALOGUES = sorted(Path(settings.LOCALE_PATHS[1]).glob("vi/LC_MESSAGES/*.po"))


@pytest.fixture
def staff():
    """One account a role, all of whom read Vietnamese."""
    groups = roles.ensure_groups()
    approval.ensure_workflow()
    people = {}
    for role in ROLES:
        people[role] = UserFactory(username=role, email=f"{role}@example.org")
        people[role].groups.add(groups[role])
        UserProfile.objects.create(user=people[role], preferred_language="vi")
    return people


@pytest.fixture
def world(client, staff):
    """A page of each type and in each state, a file of each kind, records, a translation half done."""
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language.code)
    pages = [
        make(owner=staff["editor"])
        for make in (
            PlainPageFactory,
            ArticlePageFactory,
            CampaignPageFactory,
            MaterialPageFactory,
            EventPageFactory,
        )
    ]
    draft, waiting, locked, timed = (
        ArticlePageFactory(live=False, owner=staff["editor"]) for _number in range(4)
    )
    for page in (home(), *pages, draft, waiting, locked, timed):
        for user in ("editor", "coordinator"):
            page.save_revision(user=staff[user], log_action=True)
    submit(client, waiting, staff["editor"])
    locked.locked, locked.locked_by, locked.locked_at = True, staff["coordinator"], timezone.now()
    locked.save()
    timed.go_live_at, timed.expire_at = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=9)
    timed.save_revision(approved_go_live_at=timed.go_live_at).publish()
    PictureFactory()
    DocumentFactory()
    RecordingFactory()
    HotlineFactory()
    AreaFactory()
    roles.ensure_section(pages[0], "Hà Giang")
    texts_with_links(pages[1])
    Redirect.objects.create(old_path="/cu", redirect_link="/moi")
    LanguageTeam.objects.create(locale=Locale.objects.get(language_code="en")).translators.add(
        staff["translator"]
    )
    for page in (home(), pages[1]):
        source, _new = TranslationSource.update_or_create_from_instance(page.specific)
        work = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
        work.save_target(publish=False)
    return pages


def texts_with_links(page):
    """A link in each state, and numbers that are typed."""
    numbers = "Gọi 111, 1800 1567 hoặc chị Hoa 0912 345 678."
    links = "".join(f'<a href="https://example.org/{state}">x</a> ' for state in CheckedLink.State)
    page.body = [{"type": "text", "value": f"<p>{numbers} {links}</p>"}]
    page.save_revision().publish()
    collecting.sweep()
    for state in CheckedLink.State:
        facts = {"state": state, "reason": "moved" if state == "moved" else "not_found", "failed_days": 1}
        CheckedLink.objects.filter(address=f"https://example.org/{state}").update(
            new_address="https://example.org/new" if state == "moved" else "",
            first_failed_at=timezone.now(),
            **facts,
        )


def beginnings():
    """The doors that no link leads to: choosers, which scripts open, and the list of every page."""
    doors = ["/admin/", "/admin/account/", "/admin/login/", "/admin/password_reset/"]
    doors += [reverse("wagtailadmin_explore", args=[page.pk]) for page in Page.objects.filter(depth__lte=3)]
    doors += [f"/admin/{path}" for path in PATHS]
    for page in Page.objects.filter(depth__gte=2):
        doors.append(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return doors


PATHS = [
    "choose-page/",
    "choose-page/search/?q=a",
    "choose-external-link/",
    "choose-email-link/",
    "choose-phone-link/",
    "choose-anchor-link/",
    "images/chooser/",
    "images/chooser/create/",
    "documents/chooser/",
    "documents/chooser/create/",
    "media/chooser/",
    "media/chooser/?media_type=video",
    "media/audio/chooser/",
    "media/video/chooser/",
    "users/chooser/",
    "workflows/task_chooser/",
    "reports/workflow/",
    "links/?state=all",
    "links/csv/",
    "reports/workflow_tasks/",
    "reports/locked/",
    "reports/aging-pages/",
    "reports/site-history/",
]


# Half a minute a role: the others walk in the leg with PostgreSQL.
@pytest.mark.parametrize(
    "role", [role if role == "coordinator" else pytest.param(role, marks=pytest.mark.long) for role in ROLES]
)
def test_every_screen_is_in_vietnamese(client, staff, world, role):
    client.force_login(staff[role])

    with Missing() as missing:
        walk(client, beginnings())

    assert sorted(missing.texts) == []


@pytest.mark.parametrize(
    ("app", "address"),
    [
        ("wagtailadmin", "wagtailadmin_javascript_catalog"),
        ("wagtail_localize", "wagtail_localize:javascript_catalog"),
    ],
)
def test_what_scripts_say_is_in_vietnamese(client, staff, app, address):
    client.force_login(staff["editor"])
    folder = Path(apps.get_app_config(app).path)
    texts = {entry.msgid for entry in polib.pofile(str(folder / "locale/en/LC_MESSAGES/djangojs.po"))}

    answer = client.get(reverse(address)).content.decode()

    told = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", answer, re.DOTALL)[1])
    assert sorted(texts - set(told)) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_each_text_keeps_its_placeholders(path):
    mark = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        for text in [entry.msgstr or entry.msgstr_plural[0]]
        if sorted(set(mark.findall(entry.msgid_plural or entry.msgid))) != sorted(set(mark.findall(text)))
    ]

    assert (len(CATALOGUES), wrong) == (2, [])
