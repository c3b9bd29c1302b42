"""Materials and wagtail-localize: what is shared is neither copied nor brought back."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from campaigns.materials.models import MaterialFile
from tests.factories import CampaignPageFactory, MaterialFileFactory, MaterialPageFactory, home, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def material():
    translated(home(), "en")
    return MaterialPageFactory(
        title="Năm điều nên hỏi", campaign=CampaignPageFactory(), audience="Bà con vùng cao", licence="copy"
    )


def translate(material):
    """Have the English page made, and made anew, by wagtail-localize."""
    english = Locale.objects.get(language_code="en")
    source, _is_new = TranslationSource.update_or_create_from_instance(material)
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=english)
    translation.save_target(publish=False)
    return translation


def test_files_stay_with_the_original_whenever_it_is_translated(material):
    file = MaterialFileFactory(material=material, language="vi")
    material.refresh_from_db()
    translation = translate(material)

    MaterialFileFactory(material=material, language="en")
    material.refresh_from_db()
    translate(material)

    assert set(MaterialFile.objects.values_list("material", flat=True)) == {material.pk}
    english = translation.get_target_instance()
    assert (english.original, english.campaign, english.licence) == (material, material.campaign, "copy")
    assert file in english.original.files.all()


def test_words_for_readers_are_translated_and_facts_are_not(material):
    texts = set(translate(material).source.stringsegment_set.values_list("string__data", flat=True))

    assert texts == {"Năm điều nên hỏi", "Bà con vùng cao"}
