from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outreach_site.hotline import directory
from outreach_site.hotline.models import Hotline, Need, Organisation, PhraseList
from tests.factories import HotlineFactory, UserFactory

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("number", "kind", "link"),
    [
        ("111", "call", "tel:111"),
        ("1900 96 96 80", "call", "tel:1900969680"),
        ("+84 981 84 84 84", "call", "tel:+84981848484"),
        ("(024) 3333.5599", "call", "tel:02433335599"),
        ("8088", "text", "sms:8088"),
    ],
)
def test_links_dial_the_number_as_it_is(number, kind, link):
    hotline = HotlineFactory.build(number=number, kind=kind)
    hotline.clean()

    assert hotline.link == link


@pytest.mark.parametrize("number", ["", "1", "one one one", "+84+981", "12345678901234567"])
def test_what_no_phone_can_dial_is_refused(number):
    with pytest.raises(ValidationError, match="digits"):
        HotlineFactory.build(number=number).clean()


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
        {"all_hours": False, "opens": datetime(2026, 1, 1, 8).time(), "closes": None},
        {"spoken": "Vietnamese and Hmong"},
    ],
)
def test_contradictions_are_refused(wrong):
    with pytest.raises(ValidationError):
        HotlineFactory.build(**wrong).clean()


def test_there_is_one_main_number_of_a_kind():
    HotlineFactory()

    with pytest.raises(ValidationError, match="main number"):
        HotlineFactory.build(number="112").full_clean()


def test_an_expired_number_is_shown_nowhere(reader):
    HotlineFactory(valid_to=timezone.localdate() - timedelta(days=1))

    html = reader.get("/vi/help/").content.decode()

    assert directory.main_numbers().call is None
    assert "tel:111" not in html


def test_numbers_nobody_checked_for_90_days_are_due():
    today = timezone.localdate()
    old = HotlineFactory(last_checked=today - timedelta(days=91))
    never = HotlineFactory(number="112", is_main=False, last_checked=None)
    HotlineFactory(number="113", is_main=False, last_checked=today - timedelta(days=89))
    HotlineFactory(number="114", is_main=False, last_checked=None, valid_to=today - timedelta(days=1))

    assert set(Hotline.objects.check_due()) == {old, never}


@pytest.mark.parametrize(
    ("opens", "closes", "hour", "is_open"),
    [(8, 17, 9, True), (8, 17, 17, False), (20, 6, 23, True), (20, 6, 5, True), (20, 6, 12, False)],
)
def test_opening_hours_in_the_sites_zone(opens, closes, hour, is_open):
    hotline = HotlineFactory.build(
        all_hours=False, opens=datetime(2026, 1, 1, opens).time(), closes=datetime(2026, 1, 1, closes).time()
    )

    assert hotline.is_open(datetime(2026, 1, 1, hour, tzinfo=HANOI)) is is_open


def test_open_numbers_come_first():
    need = Need.objects.create(name={"vi": "Bạo lực"})
    organisation = Organisation.objects.create(name={"vi": "Nhà"})
    organisation.needs.add(need)
    shut = {
        "all_hours": False,
        "opens": datetime(2026, 1, 1, 8).time(),
        "closes": datetime(2026, 1, 1, 9).time(),
    }
    HotlineFactory(number="201", is_main=False, organisation=organisation, **shut)
    HotlineFactory(number="202", is_main=False, organisation=organisation, all_hours=True)

    (shelf,) = directory.by_need(datetime(2026, 1, 1, 12, tzinfo=HANOI))

    assert [hotline.number for hotline in shelf.hotlines] == ["202", "201"]


@pytest.mark.parametrize(("rule", "shown"), [("public", True), ("ask", False), ("never", False)])
def test_a_shelters_address_is_never_published(reader, rule, shown):
    organisation = Organisation.objects.create(
        name={"vi": "Nhà"}, address="12 đường Thử Nghiệm", address_rule=rule, services={"vi": "Tạm lánh"}
    )
    HotlineFactory(number="201", is_main=False, organisation=organisation)

    html = reader.get("/vi/help/").content.decode()

    assert "Tạm lánh" in html
    assert ("Thử Nghiệm" in html) is shown


class TestPhrases:
    def test_unsigned_phrases_are_not_shown(self, reader):
        HotlineFactory()
        PhraseList.objects.create(language="km", texts={"call": "ទូរស័ព្ទ"})

        html = reader.get("/km/help/").content.decode()

        assert "ទូរស័ព្ទ" not in html
        assert 'Gọi · <span lang="en">Call</span>' in html

    def test_signed_phrases_are_shown_and_marked(self, reader):
        HotlineFactory()
        phrases = PhraseList(language="km", texts={"call": "ទូរស័ព្ទ"})
        phrases.sign(UserFactory())
        phrases.save()

        assert '<span lang="km">ទូរស័ព្ទ</span>' in reader.get("/km/help/").content.decode()

    def test_changing_a_word_takes_the_signature_off(self):
        phrases = PhraseList(language="km", texts={"call": "ក"})
        phrases.sign(UserFactory())
        phrases.save()

        phrases.texts = {"call": "ខ"}
        phrases.save()

        assert phrases.signed_at is None

    def test_a_language_the_site_has_not_is_refused(self):
        with pytest.raises(ValidationError, match="no such language"):
            PhraseList(language="xx").clean()


def test_the_help_page_is_there_in_every_language(reader):
    HotlineFactory()

    for code, text_language in [("vi", "vi"), ("en", "en"), ("km", "vi"), ("hmn", "vi")]:
        html = reader.get(f"/{code}/help/").content.decode()
        assert f'<html lang="{text_language}">' in html
        assert 'href="tel:111"' in html


def test_staff_are_warned_of_old_checks(client):
    HotlineFactory(last_checked=None)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    assert "111" in client.get("/admin/").content.decode()
