from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.pages import keywords
from campaigns.pages.models import CampaignPage, CampaignPartner
from campaigns.reach import ledger
from outreach_site.hotline.models import Organisation
from tests.factories import CampaignPageFactory, HotlineFactory, UserFactory, home, translated

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.localdate() + timedelta(days=number)


def test_running_campaigns_include_today():
    running = CampaignPageFactory(starts_on=days(0), ends_on=days(0))
    CampaignPageFactory(starts_on=days(1), ends_on=days(2))
    CampaignPageFactory(starts_on=days(-2), ends_on=days(-1))
    CampaignPageFactory(live=False)

    assert list(CampaignPage.objects.running()) == [running]


def test_a_campaign_in_two_languages_is_one():
    campaign = CampaignPageFactory(keyword="HAGIANG")
    english = translated(campaign, "en", title="To market")

    assert list(CampaignPage.objects.running().originals()) == [campaign]
    assert english.original == campaign
    assert english.consent_key == campaign.consent_key


def test_the_facts_of_a_campaign_are_the_same_in_every_language():
    campaign = CampaignPageFactory(keyword="HAGIANG")
    english = translated(campaign, "en")

    campaign.ends_on = days(99)
    campaign.keyword = "DONGVAN"
    campaign.save_revision().publish()
    english.refresh_from_db()
    assert (english.ends_on, english.keyword, english.keyword_folded) == (days(99), "DONGVAN", "dongvan")

    english.keyword = "OTHER"
    english.save()
    english.refresh_from_db()
    assert english.keyword == "DONGVAN"


@pytest.mark.parametrize("keyword", ["Hà Giang", "ha giang", "HAGIANG", "hà-giang"])
def test_keywords_that_fold_alike_collide(keyword):
    CampaignPageFactory(keyword="HÀGIANG", starts_on=days(-5), ends_on=days(5))

    assert keywords.collision(keyword, days(5), days(9), except_key=None)
    assert not keywords.collision(keyword, days(6), days(9), except_key=None)  # over by then


@pytest.mark.parametrize("keyword", ["?!", "ab", "HUY", "hủy", "Đăng ký", "SOS", "stop"])
def test_a_keyword_needs_something_left_of_it_and_a_meaning_of_its_own(keyword):
    with pytest.raises(ValidationError):
        keywords.validate(keyword)


@pytest.mark.parametrize(("keyword", "folded"), [("", ""), ("HAGIANG", "hagiang"), ("Đồng Văn", "dongvan")])
def test_a_keyword_of_its_own_passes(keyword, folded):
    campaign = CampaignPageFactory(keyword=keyword)

    campaign.full_clean()

    assert campaign.keyword_folded == folded


class TestInTheAdmin:
    @pytest.fixture
    def staff(self, client):
        client.force_login(UserFactory(is_superuser=True, is_staff=True))
        return client

    def create(self, client, **facts):
        data = {
            "title": "Đi chợ",
            "slug": "di-cho",
            "introduction": "",
            "audience": "",
            "welcome": "",
            "keyword": "HAGIANG",
            "starts_on": "1/3/2026",
            "ends_on": "31/3/2026",
            "body": streamfield([]),
            "objectives": "",
            "already_in_text": "",
            "not_open_text": "",
            "over_text": "",
            "aims": inline_formset([]),
            "partners": inline_formset([]),
            "targets": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
            **facts,
        }
        url = reverse("wagtailadmin_pages:add", args=["campaigns", "campaignpage", home().pk])
        return client.post(url, nested_form_data(data))

    def test_a_campaign_is_published_with_vietnamese_dates(self, staff):
        answer = self.create(staff)

        assert answer.status_code == 302, answer.context["form"].errors
        assert CampaignPage.objects.get().ends_on.isoformat() == "2026-03-31"

    def test_a_keyword_that_folds_to_another_open_campaigns_is_refused(self, staff):
        CampaignPageFactory(keyword="Hà Giang", starts_on=days(-999), ends_on=days(999))

        answer = self.create(staff, keyword="HAGIANG")

        assert "keyword" in answer.context["form"].errors
        assert CampaignPage.objects.count() == 1

    def test_a_campaign_that_ends_before_it_starts_is_refused(self, staff):
        answer = self.create(staff, ends_on="28/2/2026")

        assert "ends_on" in answer.context["form"].errors
        assert not CampaignPage.objects.exists()

    def test_an_area_that_does_not_exist_is_refused(self, staff):
        answer = self.create(staff, aims=inline_formset([{"area": "Không Có Nơi Này", "ORDER": "1"}]))

        assert answer.status_code == 200
        assert not CampaignPage.objects.exists()


def test_the_page_says_what_to_do_now(reader):
    HotlineFactory(number="8088", kind="text")
    campaign = CampaignPageFactory(keyword="Hà Giang", audience="Bà con đi chợ phiên")

    html = reader.get(campaign.url).content.decode()

    assert 'href="sms:8088?body=DANGKY%20HAGIANG"' in html
    assert "Bà con đi chợ phiên" in html


def test_a_campaign_that_is_over_invites_nobody(reader):
    HotlineFactory(number="8088", kind="text")
    campaign = CampaignPageFactory(keyword="HAGIANG", starts_on=days(-9), ends_on=days(-1))

    assert "DANGKY" not in reader.get(campaign.url).content.decode()


@pytest.mark.parametrize(("starts", "ends", "words"), [(2, 9, "tham gia từ"), (-9, -2, "đã kết thúc")])
def test_a_campaign_that_cannot_be_joined_says_why(reader, starts, ends, words):
    HotlineFactory(number="8088", kind="text")
    campaign = CampaignPageFactory(keyword="HAGIANG", starts_on=days(starts), ends_on=days(ends))

    assert words in reader.get(campaign.url).content.decode()


def test_the_page_tells_partners_in_their_order_and_what_was_reached(reader):
    campaign = CampaignPageFactory(objectives="Biết gọi ai\n\nHỏi trước khi đi")
    for order, name in [(1, "Công an xã"), (0, "Hội Phụ nữ")]:
        partner = Organisation.objects.create(name={"vi": name})
        CampaignPartner.objects.create(campaign=campaign, organisation=partner, sort_order=order)
    ledger.record("a", day=days(-1), channel="event", campaign=campaign, groups=[ledger.Group(46)])
    ledger.record("b", day=days(-1), channel="print", campaign=campaign, groups=[ledger.Group(900)])

    page = BeautifulSoup(reader.get(campaign.url).content, "html.parser").article
    text = page.get_text(" ", strip=True)

    assert text.index("Hội Phụ nữ") < text.index("Công an xã")
    assert "46 lượt" in text
    assert ": 900" in text
    assert "946" not in text
    assert [item.string for item in page.find("li", string="Biết gọi ai").parent.select("li")] == [
        "Biết gọi ai",
        "Hỏi trước khi đi",
    ]
