import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from campaigns.reach import usage, visits
from campaigns.reach.models import DailyCount, ReachEntry
from outreach_site.hotline.models import HelpCard, HelpRecording
from tests.factories import (
    ArticlePageFactory,
    CampaignPageFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    PictureFactory,
    RecordingFactory,
    translated,
)

pytestmark = pytest.mark.django_db


def counted():
    visits.tally.write()
    return sorted(DailyCount.objects.values_list("channel", "subject", "language", "number"))


def test_a_download_counts_for_the_original_in_the_language_of_the_file(reader):
    file = MaterialFileFactory(language="en")
    translated(file.material, "en")

    answer = reader.get(f"/vi/file/{file.pk}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, file.document.url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert counted() == [("download", file.material_id, "en", 1)]


def test_a_file_without_words_counts_in_the_language_of_the_page(reader):
    file = MaterialFileFactory(picture=PictureFactory())

    answer = reader.get(f"/en/file/{file.pk}/")

    assert answer.headers["Location"] == file.picture.file.url
    assert counted() == [("download", file.material_id, "en", 1)]


def test_a_play_counts_once_however_many_parts_are_asked_for(reader):
    file = MaterialFileFactory(recording=RecordingFactory(), language="hmn")
    url = f"/vi/file/{file.pk}/"

    for part in ("bytes=0-1", "bytes=0-", "bytes=65536-", "bytes=100-200", "bytes=-500"):
        assert reader.get(url, headers={"range": part}).headers["Location"] == file.recording.url

    assert counted() == [("listen", file.material_id, "hmn", 1)]


@pytest.mark.parametrize(
    "headers", [{"user-agent": "Googlebot/2.1"}, {"user-agent": ""}, {"sec-purpose": "prefetch"}]
)
def test_machines_get_the_file_and_do_not_count(reader, headers):
    file = MaterialFileFactory()

    assert reader.get(f"/vi/file/{file.pk}/", headers=headers).status_code == 302
    assert counted() == []


def test_asking_for_the_size_alone_does_not_count(reader):
    file = MaterialFileFactory()

    assert reader.head(f"/vi/file/{file.pk}/").status_code == 302
    assert counted() == []


def test_a_draft_gives_nothing_away(reader):
    file = MaterialFileFactory(material=MaterialPageFactory(live=False))

    assert reader.get(f"/vi/file/{file.pk}/").status_code == 404
    assert reader.get("/vi/file/999/").status_code == 404
    assert counted() == []


def test_a_picture_of_people_who_have_not_agreed_is_neither_offered_nor_given(reader):
    file = MaterialFileFactory(picture=PictureFactory(shows_people=True))

    assert file.material.offers == {"here": [], "elsewhere": []}
    assert reader.get(f"/vi/file/{file.pk}/").status_code == 404


def test_downloads_and_plays_are_credited_to_the_campaign(reader):
    campaign = CampaignPageFactory()
    material = MaterialPageFactory(campaign=campaign)
    files = [
        MaterialFileFactory(material=material, language="vi"),
        MaterialFileFactory(material=material, language="vi", recording=RecordingFactory()),
    ]
    for file in files:
        reader.get(f"/vi/file/{file.pk}/")
    visits.tally.write()
    visits.carry_to_ledger()

    entries = ReachEntry.objects.order_by("channel").values_list(
        "channel", "campaign", "contacts", "is_direct"
    )
    assert list(entries) == [("download", campaign.pk, 1, False), ("listen", campaign.pk, 1, False)]


def test_the_help_page_read_aloud_counts_its_plays_and_staff_see_them(reader, admin_client):
    spoken = RecordingFactory()
    card = HelpCard.objects.create(site=Site.objects.get(is_default_site=True))
    HelpRecording.objects.create(card=card, language="vi", recording=spoken)
    url = BeautifulSoup(reader.get("/vi/help/").content, "html.parser").select_one(".listen audio")["src"]

    for part in ("bytes=0-1", "bytes=0-", "bytes=65536-"):
        answer = reader.get(url, headers={"range": part})
        assert (answer.status_code, answer.headers["Location"]) == (302, spoken.url)
        assert not answer.cookies
    reader.get(url, headers={"user-agent": "Googlebot/2.1"})

    assert counted() == [("listen", visits.HELP_PAGE, "vi", 1)]
    visits.carry_to_ledger()
    entry = ReachEntry.objects.get()
    assert (entry.channel, entry.contacts, entry.campaign, entry.language) == ("listen", 1, None, "vi")
    edit = reverse("wagtailsettings:edit", args=["outreach_site", "helpcard", card.site_id])
    assert "Tiếng Việt <b>1</b>" in admin_client.get(edit).content.decode()


def test_only_what_reads_the_help_page_is_given_there(reader):
    assert reader.get(f"/vi/file/help/{RecordingFactory().pk}/").status_code == 404
    assert counted() == []


class TestRecordingsInAPage:
    """Recordings that stand in the text of any page: the player itself leads to the count."""

    @pytest.fixture
    def spoken(self):
        return RecordingFactory(language="hmn")

    @pytest.fixture
    def article(self, spoken):
        return ArticlePageFactory(body=[("recording", {"recording": spoken})])

    def address(self, html):
        return BeautifulSoup(html, "html.parser").select_one("figure.recording audio")["src"]

    def test_a_play_counts_once_for_the_page_and_shows_in_its_account(self, reader, article, spoken):
        url = self.address(reader.get(article.url).content)
        visits.tally.take()  # the page view

        for part in ("bytes=0-1", "bytes=0-", "bytes=65536-"):
            answer = reader.get(url, headers={"range": part})
            assert (answer.headers["Location"], answer.headers["Cache-Control"]) == (spoken.url, "no-store")
            assert not answer.cookies
        reader.get(url, headers={"user-agent": "Googlebot/2.1"})
        reader.head(url)

        assert counted() == [("listen", article.pk, "hmn", 1)]
        (plays,) = [line for line in usage.account(article).lines if line.kind == "plays"]
        assert (plays.total, dict(plays.by_language)) == (1, {"hmn": 1})

    def test_a_draft_plays_the_file_itself_and_gives_nothing_away(self, reader, article, spoken):
        article.unpublish()

        preview = article.make_preview_request(RequestFactory().get("/"), "")
        assert self.address(preview.content) == spoken.url
        assert reader.get(f"/vi/file/page/{article.pk}/{spoken.pk}/").status_code == 404
        assert counted() == []

    def test_only_what_stands_in_the_page_is_given(self, reader, article):
        other = RecordingFactory()

        assert reader.get(f"/vi/file/page/{article.pk}/{other.pk}/").status_code == 404
        assert counted() == []

    def test_a_private_page_keeps_its_recordings_to_itself(self, reader, article, spoken):
        PageViewRestriction.objects.create(page=article, restriction_type="login")

        assert reader.get(f"/vi/file/page/{article.pk}/{spoken.pk}/").status_code == 404
        assert counted() == []
