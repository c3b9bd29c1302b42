from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.pages import progress
from campaigns.pages.models import CampaignPage
from campaigns.pages.targets import CampaignTarget
from campaigns.reach import ledger
from campaigns.reach.ledger import Channel, Group, Sex
from outreach_site.areas.counterpart import rebuild_counterparts
from outreach_site.hotline.models import Organisation
from outreach_site.staff.roles import ensure_groups
from tests.factories import AreaFactory, CampaignPageFactory, UserFactory, home, reads_english, translated

pytestmark = pytest.mark.django_db

Indicator, People = CampaignTarget.Indicator, CampaignTarget.People


def days(number):
    return timezone.localdate() + timedelta(days=number)


def target(campaign, number=100, due=10, **more):
    return CampaignTarget.objects.create(campaign=campaign, number=number, due_on=days(due), **more)


def met(key, campaign, contacts, *, ago=1, sex=Sex.NOT_RECORDED, channel=Channel.EVENT, area=None):
    ledger.record(
        key, day=days(-ago), channel=channel, campaign=campaign, area=area, groups=[Group(contacts, sex)]
    )


class TestHowFarItIs:
    @pytest.mark.parametrize(
        ("contacts", "due", "state"),
        [
            (None, 10, "unknown"),
            (49, 9, "behind"),
            (50, 9, "on-track"),
            (99, -1, "missed"),
            (100, 9, "reached"),
            (None, -1, "unknown"),
        ],
    )
    def test_the_pace_of_the_days_decides(self, contacts, due, state):
        campaign = CampaignPageFactory()  # began ten days ago
        target(campaign, due=due)
        if contacts is not None:
            met("a", campaign, contacts, ago=2)

        (found,) = progress.of([campaign])[campaign.pk]

        assert (found.state, found.so_far) == (state, contacts)

    def test_what_has_not_begun_is_not_behind(self):
        campaign = CampaignPageFactory(starts_on=days(1), ends_on=days(9))
        target(campaign, due=9)

        assert progress.of([campaign])[campaign.pk][0].state == "coming"

    def test_nothing_recorded_is_not_nobody(self):
        campaign = CampaignPageFactory()
        target(campaign)

        (found,) = progress.of([campaign])[campaign.pk]

        assert (found.so_far, found.share, found.sources, found.last_recorded) == (None, None, 0, None)

    def test_direct_and_indirect_are_never_added(self):
        campaign = CampaignPageFactory()
        target(campaign, sort_order=0)
        target(campaign, indicator=Indicator.VIEWS, sort_order=1)
        target(campaign, indicator=Indicator.SIGN_UPS, sort_order=2)
        met("a", campaign, 30)
        met("b", campaign, 2, channel=Channel.SMS)
        met("c", campaign, 900, channel=Channel.PAGE)
        met("d", campaign, 70, channel=Channel.MATERIAL)

        assert [line.so_far for line in progress.of([campaign])[campaign.pk]] == [32, 970, 2]

    def test_women_are_counted_where_their_sex_was_written_down(self):
        campaign = CampaignPageFactory()
        target(campaign, people=People.WOMEN)
        met("a", campaign, 30, sex=Sex.FEMALE)
        met("b", campaign, 20, sex=Sex.MALE)
        met("c", campaign, 7)

        (found,) = progress.of([campaign])[campaign.pk]

        assert (found.so_far, found.left_out, found.sources) == (30, 7, 1)

    def test_an_area_counts_what_lies_in_it_and_says_what_has_no_place(self):
        province = AreaFactory()
        commune, elsewhere = AreaFactory(parent=province), AreaFactory()
        rebuild_counterparts()
        campaign = CampaignPageFactory()
        target(campaign, area=province)
        met("a", campaign, 30, area=commune)
        met("b", campaign, 20, area=elsewhere)
        met("c", campaign, 7)

        (found,) = progress.of([campaign])[campaign.pk]

        assert (found.so_far, found.left_out) == (30, 7)

    def test_only_the_days_from_the_start_to_the_end_count(self):
        campaign = CampaignPageFactory()
        target(campaign, due=-3)
        met("before", campaign, 1, ago=11)
        met("first day", campaign, 2, ago=10)
        met("last day", campaign, 4, ago=3)
        met("after", campaign, 8, ago=2)

        assert progress.of([campaign])[campaign.pk][0].so_far == 6

    def test_corrections_are_told(self):
        campaign = CampaignPageFactory()
        target(campaign)
        met("a", campaign, 30)
        met("b", campaign, 10)
        met("b", campaign, 12)

        (found,) = progress.of([campaign])[campaign.pk]

        assert (found.so_far, found.sources, found.corrected) == (42, 2, 1)
        assert found.last_recorded is not None

    def test_many_targets_of_many_campaigns_are_three_questions_at_most(self, django_assert_max_num_queries):
        province = AreaFactory()
        rebuild_counterparts()
        campaigns = [CampaignPageFactory() for _number in range(3)]
        for campaign in campaigns:
            target(campaign)
            target(campaign, area=province)
            met(f"a{campaign.pk}", campaign, 5, area=province)

        with django_assert_max_num_queries(3):
            found = progress.of(campaigns)

        assert [[line.so_far for line in found[campaign.pk]] for campaign in campaigns] == [[5, 5]] * 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": -5}, "number"),
        ({"number": 999_999_999}, "number"),
        ({"indicator": Indicator.VIEWS, "people": People.WOMEN}, "people"),
    ],
)
def test_a_target_that_cannot_be_measured_is_refused(facts, field):
    campaign = CampaignPageFactory()
    facts = {"number": 5, "due_on": days(1)} | facts

    with pytest.raises(ValidationError) as refused:
        CampaignTarget(campaign=campaign, **facts).full_clean()

    assert list(refused.value.message_dict) == [field]


def test_pages_are_opened_nowhere_that_we_know():
    views = CampaignTarget(
        campaign=CampaignPageFactory(),
        indicator=Indicator.VIEWS,
        number=5,
        due_on=days(1),
        area=AreaFactory(),
    )

    with pytest.raises(ValidationError) as refused:
        views.full_clean()

    assert list(refused.value.message_dict) == ["area"]


def chosen(area):
    """What the area chooser sends."""
    return {"area": area.label, "area_for": area.label, "area_pick": str(area.pk)}


class TestInTheEditor:
    @pytest.fixture
    def staff(self, client):
        client.force_login(reads_english(UserFactory(is_superuser=True, is_staff=True)))
        return client

    def send(self, client, url, targets=(), aims=(), partners=(), **facts):
        data = {
            "title": "Đi chợ",
            "slug": "di-cho",
            "introduction": "",
            "audience": "",
            "objectives": "",
            "welcome": "",
            "already_in_text": "",
            "not_open_text": "",
            "over_text": "",
            "keyword": "",
            "starts_on": "1/3/2026",
            "ends_on": "31/3/2026",
            "body": streamfield([]),
            "aims": inline_formset([chosen(area) | {"ORDER": "1"} for area in aims]),
            "partners": inline_formset(list(partners)),
            "targets": inline_formset([self.target(**one) for one in targets]),
            "comments": inline_formset([]),
            "action-publish": "1",
            **facts,
        }
        return client.post(url, nested_form_data(data))

    def target(self, **facts):
        row = {"indicator": "direct", "people": "all", "area": "", "number": "50", "due_on": "31/3/2026"}
        return row | {"ORDER": "1"} | facts

    def create(self, client, **parts):
        url = reverse("wagtailadmin_pages:add", args=["campaigns", "campaignpage", home().pk])
        return self.send(client, url, **parts)

    def errors(self, answer):
        return answer.context["form"].formsets["targets"].errors

    def test_a_campaign_is_published_with_its_targets_and_partners(self, staff):
        union = Organisation.objects.create(name={"vi": "Hội Phụ nữ"})

        answer = self.create(staff, targets=[{}], partners=[{"organisation": str(union.pk), "ORDER": "1"}])

        campaign = CampaignPage.objects.get()
        assert answer.status_code == 302
        assert [(one.number, one.due_on.isoformat()) for one in campaign.targets.all()] == [
            (50, "2026-03-31")
        ]
        assert [partner.organisation for partner in campaign.partners.all()] == [union]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"number": "0"}, "number"),
            ({"number": "-3"}, "number"),
            ({"due_on": "28/2/2026"}, "due_on"),
            ({"due_on": "soon"}, "due_on"),
            ({"indicator": "views", "people": "women"}, "people"),
        ],
    )
    def test_a_wrong_target_is_said_where_it_stands_and_nothing_is_lost(self, staff, facts, field):
        answer = self.create(staff, targets=[facts])

        assert [list(errors) for errors in self.errors(answer)] == [[field]]
        assert 'value="Đi chợ"' in answer.content.decode()
        assert not CampaignPage.objects.exists()

    def test_an_area_outside_of_the_campaign_is_refused(self, staff):
        aimed, elsewhere = AreaFactory(name="Trong"), AreaFactory(name="Ngoài")

        answer = self.create(staff, aims=[aimed], targets=[chosen(elsewhere)])

        assert [list(errors) for errors in self.errors(answer)] == [["area"]]

    def test_an_area_within_the_campaigns_is_taken(self, staff):
        aimed = AreaFactory(name="Trong")
        commune = AreaFactory(name="Xóm", parent=aimed)

        answer = self.create(staff, aims=[aimed], targets=[chosen(commune)])

        assert answer.status_code == 302
        assert CampaignTarget.objects.get().area == commune

    def test_targets_stand_with_the_original(self, staff):
        campaign = CampaignPageFactory(slug="di-cho")
        english = translated(campaign, "en")
        url = reverse("wagtailadmin_pages:edit", args=[english.pk])

        answer = self.send(staff, url, targets=[{}])

        assert "enter them there" in answer.content.decode()
        assert not CampaignTarget.objects.exists()

    def test_a_translation_gets_no_copy_of_them(self):
        campaign = CampaignPageFactory()
        target(campaign)

        translated(campaign, "en")

        assert [one.campaign for one in CampaignTarget.objects.all()] == [campaign]


class TestOnTheScreensOfStaff:
    @pytest.fixture
    def sign_in(self, client):
        def as_role(role):
            user = UserFactory(is_staff=True)
            user.groups.add(ensure_groups()[role])
            client.force_login(reads_english(user))
            return client

        return as_role

    @pytest.mark.parametrize("role", ["coordinator", "editor"])
    def test_the_progress_stands_in_one_table(self, sign_in, role):
        campaign = CampaignPageFactory(title="Đi chợ")
        target(campaign, number=80)
        met("a", campaign, 60)
        english = translated(campaign, "en")

        client = sign_in(role)
        html = client.get(f"/admin/campaigns/{campaign.pk}/progress/").content.decode()

        assert "<strong>60</strong>" in html
        assert "75 %" in html
        assert "on track" in html
        assert "1 record" in html
        assert "Đi chợ" in client.get("/admin/campaigns/").content.decode()
        assert client.get(f"/admin/campaigns/{english.pk}/progress/").url == (
            f"/admin/campaigns/{campaign.pk}/progress/"
        )

    def test_what_is_not_known_is_said(self, sign_in):
        campaign = CampaignPageFactory()
        target(campaign)

        html = sign_in("coordinator").get(f"/admin/campaigns/{campaign.pk}/progress/").content.decode()

        assert "That is not the same as nobody." in html

    @pytest.mark.parametrize("role", ["translator", "fieldworker"])
    def test_others_are_kept_out(self, sign_in, role):
        campaign = CampaignPageFactory()

        client = sign_in(role)

        assert client.get("/admin/campaigns/").status_code == 302
        assert client.get(f"/admin/campaigns/{campaign.pk}/progress/").status_code == 302

    def test_the_editor_links_to_it(self, sign_in):
        campaign = CampaignPageFactory()

        html = (
            sign_in("coordinator")
            .get(reverse("wagtailadmin_pages:edit", args=[campaign.pk]))
            .content.decode()
        )

        assert f"/admin/campaigns/{campaign.pk}/progress/" in html

    def test_the_list_costs_the_same_with_one_and_with_three(self, sign_in, django_assert_num_queries):
        client = sign_in("coordinator")
        target(CampaignPageFactory())
        client.get("/admin/campaigns/")
        with_one = asked(client)
        for _number in range(2):
            campaign = CampaignPageFactory()
            target(campaign)
            target(campaign)

        assert asked(client) == with_one


def asked(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/campaigns/").status_code == 200
    return len(queries)
