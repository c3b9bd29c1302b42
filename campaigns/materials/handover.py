"""The way over for sites whose materials lie on a plain page: it becomes a library, at its own address."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationSource

from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialPage
from outreach_site.pages.models import PlainPage


class NotAShelf(Exception):
    """The page holds more than materials; the message says what."""


@transaction.atomic
def make_library(plain):
    """Turn the `PlainPage` and its translations into libraries; address, children and history stay.

    Returns the new `MaterialIndexPage`s. Raises NotAShelf when a page has texts of its own, or
    pages below it that are no materials: they would be lost or shut out.
    """
    pages = list(PlainPage.objects.filter(translation_key=plain.translation_key))
    for page in pages:
        if page.body:
            raise NotAShelf(f"“{page.title}” has a text: move it to another page first.")
        if page.get_children().not_exact_type(MaterialPage).exists():
            raise NotAShelf(f"Below “{page.title}” are pages that are no materials: move them first.")
    return [_turn(page) for page in pages]


def _turn(page):
    old, new = (ContentType.objects.get_for_model(model) for model in (PlainPage, MaterialIndexPage))
    library = MaterialIndexPage(introduction=page.introduction)
    for field in Page._meta.concrete_fields:
        setattr(library, field.attname, getattr(page, field.attname))
    library.page_ptr_id, library.content_type = page.pk, new
    # The row of the page itself stays; only what its type adds to it changes.
    library.save_base(raw=True)
    Page.objects.filter(pk=page.pk).update(content_type=new)
    PlainPage.objects.filter(pk=page.pk)._raw_delete(using=page._state.db)
    Revision.objects.filter(content_type=old, object_id=str(page.pk)).update(content_type=new)
    TranslationSource.objects.filter(
        specific_content_type=old, object_id=page.translation_key, locale=page.locale
    ).update(specific_content_type=new)
    revision = MaterialIndexPage.objects.get(pk=page.pk).save_revision()
    if page.live:
        revision.publish()
    return MaterialIndexPage.objects.get(pk=page.pk)
