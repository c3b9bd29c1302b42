import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from outreach_site.languages import LANGUAGES


@pytest.fixture
def locales(db):
    """The site's four languages, in their order."""
    return [Locale.objects.get_or_create(language_code=language.code)[0] for language in LANGUAGES]


@pytest.fixture
def english(locales):
    return locales[1]


def begun(page, locale):
    """Begin the translation of `page`: its strings wait, its draft stands. Returns the `Translation`."""
    source, _new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation


def say(translation, path, text):
    """Translate the string at `path` ("title") by `text`."""
    segment = translation.source.stringsegment_set.get(context__path=path)
    return StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=text,
        translation_type="manual",
    )
