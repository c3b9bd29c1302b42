"""A translation begins: its page as a draft, its strings waiting."""

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from outreach_site.translation.models import TranslationWork


@transaction.atomic
def begin(page, locale, user):
    """Begin the translation of `page` (an original) into `locale`; return the draft page.

    Sections above it that are not in the language yet come along as drafts: readers of the language
    get neither them nor the page. Begun twice, it is begun once.
    """
    existing = Page.objects.filter(translation_key=page.translation_key, locale=locale, alias_of=None).first()
    if existing:
        return existing
    translate_object(page.specific, [locale], user=user)
    draft = Page.objects.get(translation_key=page.translation_key, locale=locale)
    TranslationWork.objects.get_or_create(
        translation_key=page.translation_key,
        locale=locale,
        defaults={"source_revision": page.live_revision or page.latest_revision},
    )
    return draft
