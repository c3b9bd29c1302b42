import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from wagtail.models import Page

from campaigns.materials.models import MaterialFile
from campaigns.pages.models import CampaignPage
from campaigns.printing.models import Distribution, LinkCount
from campaigns.reach.models import DailyCount, ReachEntry
from campaigns.sms.models import InboundMessage, OutboundMessage, SignUp
from events.fieldwork.models import HeadCount
from events.pages.models import EventPage
from outreach_site.demo import campaigns, events, hotlines, materials, pages, people, scenes
from outreach_site.demo.drawings import PICTURES
from outreach_site.demo.seed import Summary, plant
from outreach_site.hotline.models import Hotline, Organisation
from outreach_site.links import checking
from outreach_site.links.models import CheckedLink
from outreach_site.pages import uploads
from outreach_site.pages.files import Picture
from outreach_site.text import nfc
from tests.outreach_site.demo.areas import make_areas

DRAMA = re.compile(r"\+447700900\d{3}")


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo, planted once for all the tests here, with small pictures; gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_areas()
        yield plant(accounts=True, drawing_width=90)
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded, db):
    return seeded


def everything():
    """How many rows each table of ours has; log entries, queue and search left out."""
    ours = ("outreach_site", "campaigns", "events", "wagtailcore", "wagtailimages")
    left_out = ("ReferenceIndex",)
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ours and model.__name__ not in left_out
    }


def texts_of_sheets():
    """Every word that the demo shows to readers, with its language."""
    shelves = [pages.CAMPAIGNS, pages.MATERIALS, pages.EVENTS, pages.NEWS, pages.ABOUT]
    leaves = [*shelves, *campaigns.CAMPAIGNS, *materials.MATERIALS, *events.EVENTS, *pages.ARTICLES]
    for sheets in [pages.HOME, *(leaf.sheets for leaf in leaves)]:
        for code, sheet in sheets.items():
            body = [piece for piece in sheet.body if isinstance(piece, str)]
            yield code, " ".join([sheet.title, sheet.introduction, *body, *sheet.more.values()])


# --- twice ---------------------------------------------------------------------------------
def test_a_second_run_adds_nothing(demo):
    before = everything()

    again = plant(accounts=True, drawing_width=90)

    assert again.new == {}
    assert everything() == before


def test_what_staff_changed_or_deleted_stays_so(demo):
    campaign = CampaignPage.objects.originals().get(keyword=campaigns.HAGIANG)
    campaign.title = "Tên mới"
    campaign.save_revision().publish()
    Hotline.objects.filter(number="1900 96 96 80").update(number="1900 00 00 00")
    Hotline.objects.filter(number="1800 1768").delete()
    EventPage.objects.get(slug=events.SURVEY.slug, locale__language_code="en").delete()

    assert plant(accounts=True, drawing_width=90).new == {}

    numbers = set(Hotline.objects.values_list("number", flat=True))
    assert CampaignPage.objects.get(pk=campaign.pk).title == "Tên mới"
    assert "1900 00 00 00" in numbers
    assert not numbers & {"1900 96 96 80", "1800 1768"}
    assert EventPage.objects.filter(slug=events.SURVEY.slug).count() == 1


# --- pages ---------------------------------------------------------------------------------
def test_every_page_is_there_in_two_languages_and_no_other(demo):
    codes = Counter(Page.objects.filter(depth__gt=1).values_list("locale__language_code", flat=True))

    assert set(codes) == {"vi", "en"}
    assert codes["vi"] == codes["en"]
    assert not Page.objects.filter(depth__gt=1, live=False).exists()


def test_every_public_page_answers_without_the_shelter_and_without_foreign_numbers(demo, reader):
    shelter = Organisation.objects.get(is_demo=True, address_rule=Organisation.AddressRule.NEVER)
    known = {re.sub(r"\s", "", facts["number"]) for facts in hotlines.HOTLINES.values()}
    found = set()
    paths = [page.get_url() for page in Page.objects.filter(depth__gt=1)]
    for path in [*paths, "/vi/help/", "/en/help/", "/km/help/"]:
        response = reader.get(re.sub("^https?://[^/]+", "", path))
        content = response.content.decode()
        assert response.status_code == 200, path
        assert "Thử Nghiệm" not in content
        assert shelter.address not in content
        found |= set(re.findall(r'"(?:tel|sms):([+\d]+)', content))

    assert found <= known - {"18001567"}
    assert {"111", "8088", "1900969680", "+84981848484"} <= found


def test_home_shows_two_campaigns_three_events_and_four_materials(demo, reader):
    for code in ("vi", "en"):
        content = reader.get(f"/{code}/").content.decode()
        on = CampaignPage.objects.running().filter(locale__language_code=code)
        coming = EventPage.objects.coming().filter(locale__language_code=code)[:3]
        assert on.count() == 2
        assert len(coming) == 3
        for title in [*(page.title for page in on), *(page.title for page in coming)]:
            assert title in content
        assert all(leaf.sheets[code].title in content for leaf in materials.MATERIALS)


def test_events_lie_where_the_plan_says(demo):
    kinds = set(EventPage.objects.values_list("kind", flat=True))
    exhibition = EventPage.objects.originals().get(kind="exhibition")

    assert kinds == set(EventPage.Kind.values)
    assert (exhibition.ends_on - exhibition.starts_on).days == 13
    assert exhibition in EventPage.objects.coming()
    assert exhibition in EventPage.objects.held_by()


@pytest.mark.parametrize("today", [date(2026, 11, 23 + shift) for shift in range(7)])
def test_whatever_the_weekday_held_events_are_over_and_others_are_not(today):
    for leaf in events.EVENTS:
        first = events.first_day(leaf.facts, today)
        assert (first < today) == (leaf.facts["days"] < 0)
        assert first.weekday() == leaf.facts.get("weekday", first.weekday())


@pytest.mark.pango
def test_a_leaflet_can_be_printed_and_a_tune_heard(demo, reader):
    files = MaterialFile.objects.order_by("pk")
    kinds = [(file.material.slug, file.language, file.content.file.name[-3:]) for file in files]

    assert kinds == [
        (materials.LEAFLET.slug, "vi", "pdf"),
        (materials.LEAFLET.slug, "en", "pdf"),
        (materials.SCRIPT.slug, "", "ogg"),
    ]
    for file in files:
        uploads.check(file.content.file, file.content.file.name)
        assert "(demo)" in file.content.title
        assert file.content.file_size < 60_000
        assert reader.get(f"/vi/file/{file.pk}/").status_code == 302


# --- words ---------------------------------------------------------------------------------
def test_texts_are_composed_and_numbers_are_never_typed():
    numbers = {re.sub(r"\D", "", facts["number"]) for facts in hotlines.HOTLINES.values()}
    for _code, text in texts_of_sheets():
        # Once in each language, for the report of links.
        text = text.replace(pages.TYPED_NUMBER, "", 1)
        digits = set(re.findall(r"\d{3,}", re.sub(r"(?<=\d)[\s.](?=\d)", "", text)))
        assert nfc(text) == text
        assert not digits & numbers


@pytest.mark.parametrize("leaf", materials.MATERIALS, ids=lambda leaf: leaf.slug)
def test_a_material_says_enough_and_not_too_much(leaf):
    for sheet in leaf.sheets.values():
        text = re.sub("<[^>]+>", " ", " ".join(piece for piece in sheet.body if isinstance(piece, str)))
        assert 150 <= len(text.split()) <= 300


def test_the_answer_to_joining_is_short_and_discreet():
    for leaf in campaigns.CAMPAIGNS:
        for sheet in leaf.sheets.values():
            assert len(sheet.more["welcome"]) <= 160
            assert not re.search("mua bán|bạo lực|traffick|violence|hotline", sheet.more["welcome"].lower())


# --- numbers -------------------------------------------------------------------------------
def test_every_number_says_what_it_rests_on(demo):
    for hotline in Hotline.objects.all():
        assert hotline.source
        assert (hotline.last_checked, hotline.checked_by) == (hotlines.CHECKED_ON, hotlines.CHECKED_BY)
    assert list(Hotline.objects.filter(tariff="free").values_list("number", flat=True)) == ["111"]
    assert "18001567" not in Hotline.objects.in_use().values_list("number", flat=True)


# --- links ---------------------------------------------------------------------------------
def test_the_report_of_links_has_one_of_each_and_asked_nobody(demo):
    known = {link.address: link for link in CheckedLink.objects.exclude(attempts__gt=0)}

    assert [known[address].state for address in (pages.WORKS, pages.MOVED, pages.DEAD)] == [
        "ok",
        "moved",
        "broken",
    ]
    assert known[pages.MOVED].new_address == pages.MOVED_TO
    assert known[pages.DEAD].failed_days == checking.DAYS_UNTIL_BROKEN
    typed = CheckedLink.objects.get(kind="number")
    assert (typed.reason, typed.hotline.number) == ("has_record", pages.TYPED_NUMBER)
    assert {place.language for place in typed.places.all()} == {"vi", "en"}


def test_the_links_lead_nowhere_but_to_names_kept_for_examples(demo):
    hosts = {urlsplit(link.address).hostname for link in CheckedLink.objects.filter(kind="site")}

    assert all(host.endswith(("example.org", "example.com", ".invalid")) for host in hosts)


# --- people --------------------------------------------------------------------------------
def test_every_phone_is_one_that_cannot_ring(demo):
    records = [*InboundMessage.objects.all(), *OutboundMessage.objects.all()]

    assert len(records) > 100
    assert all(DRAMA.fullmatch(record.reveal_phone()) for record in records)
    assert {message.gateway.kind for message in OutboundMessage.objects.select_related("gateway")} == {
        "simulator"
    }


def test_texts_were_understood_and_answered(demo):
    outcomes = Counter(InboundMessage.objects.values_list("outcome", flat=True))

    assert outcomes["joined"] == sum(people.JOIN_COUNTS.values()) == SignUp.objects.count()
    assert outcomes["left"] == people.LEAVE_COUNT == SignUp.objects.exclude(left_at=None).count()
    assert set(outcomes) == {"joined", "left", "help", "language", "unknown"}
    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"delivered"}


def test_attendance_is_marked_as_demo(demo):
    workshop = HeadCount.objects.get(event__slug=events.WORKSHOP.slug)

    assert workshop.total == 46
    assert set(HeadCount.objects.values_list("is_demo", "note")) == {(True, people.DEMO_NOTE)}


def test_reach_is_the_sum_of_what_was_planted(demo):
    counts = [count for leaf in events.EVENTS for count in leaf.facts.get("counts", [])]
    direct = sum(sum(count.values()) for count in counts) + sum(people.JOIN_COUNTS.values())
    visits = DailyCount.objects.aggregate(sum=Sum("number"))["sum"]
    reach = dict(ReachEntry.objects.values_list("is_direct").annotate(sum=Sum("contacts")).order_by())

    copies = Distribution.objects.aggregate(sum=Sum("copies"))["sum"]
    scans = LinkCount.objects.aggregate(sum=Sum("number"))["sum"]

    assert reach == {True: direct, False: visits + copies + scans}
    assert visits > 1000


def test_accounts_have_the_rights_of_their_role(demo):
    user_model = get_user_model()
    roles = {user.username: [group.name for group in user.groups.all()] for user in user_model.objects.all()}

    assert roles == {name: [role] if role else [] for name, (_name, role) in people.ACCOUNTS.items()}
    assert all("(demo)" in user.get_full_name() for user in user_model.objects.all())
    assert user_model.objects.get(username="editor").check_password(people.PASSWORD)


# --- pictures ------------------------------------------------------------------------------
def test_pictures_have_words_and_the_sizes_that_pages_show(demo):
    pictures = Picture.objects.all()

    assert {picture.title for picture in pictures} == {title for title, _shows in PICTURES.values()}
    assert all(picture.description.startswith("Tranh vẽ") and picture.credit for picture in pictures)
    assert not pictures.filter(shows_people=True).exists()
    assert all(picture.renditions.exists() for picture in pictures)


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_drawing_is_the_same_each_time(scene):
    first = scenes.draw(scene, 80)

    assert first.width == 80
    assert first.tobytes() == scenes.draw(scene, 80).tobytes()
    # Not a blank sheet: its brightness varies.
    low, high = first.convert("L").getextrema()
    assert high - low > 90


def test_the_command_says_what_it_planted(capsys, monkeypatch):
    runs = [Summary({"hotline": 7, "page": 48}, ["A note."]), Summary({}, [])]
    monkeypatch.setattr("outreach_site.management.commands.seed_demo.plant", lambda: runs.pop(0))

    call_command("seed_demo")
    call_command("seed_demo")

    assert capsys.readouterr().out.splitlines() == [
        "A note.",
        "Planted: 7 hotline, 48 page.",
        "Nothing new: the demo stands.",
    ]
