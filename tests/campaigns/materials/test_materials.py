import re

import pytest
from wagtail.rich_text import RichText

from campaigns.materials.models import MaterialFile, MaterialPage, Topic
from tests import samples
from tests.factories import (
    CampaignPageFactory,
    DocumentFactory,
    HotlineFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    RecordingFactory,
    translated,
)

pytestmark = pytest.mark.django_db


def spoken(**facts):
    return RecordingFactory(transcript="Hỏi kỹ trước khi đi.", **facts)


# --- one material in several languages -----------------------------------------------------
def test_files_topics_and_campaigns_are_kept_with_the_original():
    topic = Topic.objects.create(name={"vi": "Đi làm xa"})
    other = CampaignPageFactory()
    material = MaterialPageFactory(kind="comic", licence="copy", topics=[topic], also_in=[other])
    file = MaterialFileFactory(material=material, language="vi")

    english = translated(material, "en")

    assert list(MaterialFile.objects.all()) == [file]
    assert list(topic.materials.all()) == [material]
    assert list(other.lent_materials.all()) == [material]
    assert (english.kind, english.licence) == ("comic", "copy")
    assert list(english.original.files.all()) == [file]


def test_what_staff_do_to_the_original_later_does_not_bring_old_files_back():
    material = MaterialPageFactory(body=[("text", RichText("<p>Hỏi kỹ.</p>"))])
    english = translated(material, "en")
    file = MaterialFileFactory(material=material)
    english.save_revision().publish()
    material.refresh_from_db()
    material.save_revision().publish()

    assert list(MaterialFile.objects.values_list("pk", "material")) == [(file.pk, material.pk)]


def test_a_plain_copy_keeps_its_own_files():
    material = MaterialPageFactory()
    MaterialFileFactory(material=material)

    copy = material.copy(update_attrs={"slug": "ban-sao"})

    assert copy.specific.files.count() == material.files.count() == 1


def test_counts_go_to_the_original_of_the_campaign_whichever_page_staff_chose():
    campaign = CampaignPageFactory()
    english = translated(campaign, "en")

    material = MaterialPageFactory(campaign=english)

    assert material.campaign == campaign


def test_a_campaign_shows_its_own_materials_and_those_lent_to_it():
    campaign, other = CampaignPageFactory(), CampaignPageFactory()
    own = MaterialPageFactory(campaign=campaign)
    lent = MaterialPageFactory(campaign=other, also_in=[campaign])
    MaterialPageFactory(campaign=other)
    english = translated(lent, "en")

    shown = MaterialPage.objects.of_campaign(translated(campaign, "en"))

    assert set(shown) == {own, lent, english}


# --- what readers get ----------------------------------------------------------------------
def test_the_lightest_way_comes_first_and_other_languages_stand_apart():
    material = MaterialPageFactory()
    heavy = MaterialFileFactory(material=material, language="vi", recording=spoken(file_size=900_000))
    light = MaterialFileFactory(material=material, document=DocumentFactory(file_size=1_000))
    hmong = MaterialFileFactory(material=material, language="hmn", recording=spoken(file_size=10))

    offers = material.offers

    assert [offer.file for offer in offers["here"]] == [light, heavy]
    assert [offer.file for offer in offers["elsewhere"]] == [hmong]


def test_the_page_says_form_and_size_before_anything_is_loaded(reader):
    HotlineFactory()
    campaign = CampaignPageFactory(title="Đi xa, hỏi trước")
    material = MaterialPageFactory(
        title="Năm điều nên hỏi", slug="nam-dieu", campaign=campaign, kind="leaflet"
    )
    pdf = MaterialFileFactory(material=material, document=DocumentFactory(file_size=240 * 1024))
    film = MaterialFileFactory(
        material=material,
        language="vi",
        recording=spoken(type="video", file__filename="phim.mp4", file__data=samples.mp4(), duration=125),
    )

    html = reader.get(material.url).content.decode()

    assert f'href="/vi/file/{pdf.pk}/" download' in html
    assert "PDF, 240 KB" in " ".join(html.split())
    assert f'<video controls preload="none" src="/vi/file/{film.pk}/"' in html
    assert "2:05, " in html
    assert "Hỏi kỹ trước khi đi." in html
    assert 'href="sms:?&amp;body=N%C4%83m%20%C4%91i%E1%BB%81u%20n%C3%AAn%20h%E1%BB%8Fi%20http' in html
    assert 'value="http://testserver/vi/nam-dieu/"' in html
    assert "Đi xa, hỏi trước" in html
    assert 'href="tel:111"' in html
    body = html[html.index("<body") :]
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//(?!localhost|testserver)', body)


def test_a_film_has_its_captions(reader):
    recording = spoken(type="video", language="vi", file__filename="phim.mp4", file__data=samples.mp4())
    recording.captions.save("phim.vtt", samples.file(samples.VTT))
    material = MaterialFileFactory(language="vi", recording=recording).material

    html = reader.get(material.url).content.decode()

    assert (
        f'<track kind="captions" src="{recording.captions.url}" srclang="vi" label="Tiếng Việt" default>'
        in html
    )


def test_a_file_that_is_gone_from_the_disk_does_not_break_the_page(reader):
    file = MaterialFileFactory(document=DocumentFactory(file_size=None))
    file.document.file.storage.delete(file.document.file.name)

    assert reader.get(file.material.url).status_code == 200


def test_languages_of_a_material_are_named_in_themselves(reader):
    material = MaterialPageFactory()
    translated(material, "en")

    head = reader.get(material.url).content.decode().split("<article>")[1].split("<h1>")[0]

    assert ">Tiếng Việt</a>" in head
    assert 'lang="en">English</a>' in head
