import pytest

from campaigns.reach import visits
from campaigns.reach.models import DailyCount, ReachEntry
from tests.factories import (
    CampaignPageFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    PictureFactory,
    RecordingFactory,
    translated,
)

pytestmark = pytest.mark.django_db


def counted():
    visits.write()
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


def test_a_picture_whose_consent_has_ended_is_neither_offered_nor_given(reader):
    file = MaterialFileFactory(picture=PictureFactory(withheld="withheld/anh.jpg"))

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
    visits.write()
    visits.carry_to_ledger()

    entries = ReachEntry.objects.order_by("channel").values_list(
        "channel", "campaign", "contacts", "is_direct"
    )
    assert list(entries) == [("download", campaign.pk, 1, False), ("listen", campaign.pk, 1, False)]
