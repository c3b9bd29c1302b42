"""A hotline record inside of a sentence: readers see the number of its record, whatever was stored."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, ReferenceIndex
from wagtail.rich_text import RichText
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from outreach_site.blocks import TextBlock
from outreach_site.hotline.models import Hotline
from tests.factories import ArticlePageFactory, HotlineFactory
from tests.outreach_site.links.test_collecting import BLOCK, text

pytestmark = pytest.mark.django_db


def stored(hotline, number="111"):
    return f'<p>Gọi <a linktype="hotline" id="{hotline.pk}">{number}</a> nhé, <a href="https://example.org/">xem</a></p>'


def shown(html):
    return " ".join(TextBlock().render(RichText(html)).split())


def test_readers_see_the_number_of_today():
    hotline = HotlineFactory(number="111")
    html = stored(hotline)
    assert '<a href="tel:111">111</a> nhé, <a href="https://example.org/">xem</a>' in shown(html)

    hotline.number = "1900 96 96 80"
    hotline.save()

    assert '<a href="tel:1900969680">1900 96 96 80</a>' in shown(html)


def test_an_ended_or_deleted_number_leaves_the_main_one():
    HotlineFactory(number="111")
    old = HotlineFactory(number="1800 1567", is_main=False, valid_to=timezone.localdate() - timedelta(days=1))
    html = stored(old, "1800 1567")
    assert '<a href="tel:111">111</a>' in shown(html)

    old.delete()

    assert '<a href="tel:111">111</a>' in shown(html)
    assert "1800" not in shown(html)


def test_without_any_number_to_call_none_is_shown():
    hotline = HotlineFactory()
    html = stored(hotline)
    Hotline.objects.all().delete()

    assert "111" not in shown(html)


def test_a_text_with_numbers_costs_one_query_however_many(django_assert_num_queries):
    html = stored(HotlineFactory()) * 5

    with django_assert_num_queries(1):
        shown(html)
    with django_assert_num_queries(0):
        shown(html)


def test_the_editor_keeps_it():
    html = stored(HotlineFactory())
    converter = ContentstateConverter(features=TextBlock().features)

    there_and_back = converter.to_database_format(converter.from_database_format(html))

    assert f'<a linktype="hotline" id="{Hotline.objects.get().pk}">111</a>' in there_and_back


def test_the_record_knows_where_it_is_used():
    hotline = HotlineFactory()
    page = ArticlePageFactory(body=[text(stored(hotline))])

    assert [place.pk for place, _references in ReferenceIndex.get_grouped_references_to(hotline)] == [page.pk]


def test_a_translation_carries_it_through():
    hotline = HotlineFactory()
    page = ArticlePageFactory(body=[text(stored(hotline))])
    locale, _new = Locale.objects.get_or_create(language_code="en")
    source, _new = TranslationSource.update_or_create_from_instance(page)
    record = Translation.objects.create(source=source, target_locale=locale)
    string = String.objects.get(data__contains="<a")
    StringTranslation.objects.create(
        translation_of=string,
        locale=locale,
        context=TranslationContext.objects.get(path=f"body.{BLOCK}"),
        data=string.data.replace("Gọi", "Call").replace("nhé", "please").replace("xem", "look"),
    )

    record.save_target(publish=False)

    translated = record.get_target_instance().get_latest_revision_as_object().body[0].value
    assert 'linktype="hotline"' in translated.source
    assert 'Call <a href="tel:111">111</a> please' in shown(translated.source)
