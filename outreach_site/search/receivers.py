"""Which change makes which entries anew, within the change's own transaction."""

from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_unpublished, post_page_move

from outreach_site.hotline.models import Hotline, Need, Organisation
from outreach_site.pages.cache import forget_pages
from outreach_site.pages.files import Recording
from outreach_site.pages.shared import SharesFacts
from outreach_site.search import engine, index


def connect(app):
    """Listen to everything that readers can find. `app` is the foundation's AppConfig."""
    post_migrate.connect(_prepare, sender=app)
    page_published.connect(_page_published)
    page_unpublished.connect(_page_unpublished)
    post_page_move.connect(_page_moved)
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction)
    post_save.connect(_recording_saved, sender=Recording)
    pre_save.connect(_hotline_about_to_change, sender=Hotline)
    post_save.connect(_hotline_saved, sender=Hotline)
    post_delete.connect(_hotline_deleted, sender=Hotline)
    post_save.connect(_organisation_saved, sender=Organisation)
    post_delete.connect(_organisation_deleted, sender=Organisation)
    post_save.connect(_need_saved, sender=Need)
    m2m_changed.connect(_needs_changed, sender=Organisation.needs.through)


def _prepare(using, **_signal):
    from django.db import connections

    connection = connections[using]
    if engine.TABLE in connection.introspection.table_names():
        engine.prepare(connection)


def _page_published(instance, **_signal):
    index.add_page(instance)
    if isinstance(instance, SharesFacts):
        # Its facts and files are those of its translations too.
        _add_all(Page.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk))


def _add_all(pages):
    for page in pages.live().select_related("locale"):
        index.add_page(page)


def _page_unpublished(instance, **_signal):
    index.remove_page(instance)


def _page_moved(instance, **_signal):
    # Only who may read a page depends on where it stands.
    if PageViewRestriction.objects.exists():
        index.renew_below(instance)


def _restriction_changed(instance, **_signal):
    forget_pages()
    if page := Page.objects.filter(pk=instance.page_id).first():
        index.renew_below(page)


def _recording_saved(instance, raw=False, created=False, **_signal):
    """A new transcript: the pages that the recording stands on."""
    if raw or created:
        return
    references = ReferenceIndex.get_references_to(instance).filter(base_content_type__app_label="wagtailcore")
    pages = {row.object_id for row in references}
    keys = Page.objects.filter(pk__in=pages).values("translation_key")
    _add_all(Page.objects.filter(translation_key__in=keys))


def _hotline_about_to_change(instance, raw=False, **_signal):
    """Remember whose the number was: that organisation no longer has it to be found by."""
    before = None if raw else Hotline.objects.filter(pk=instance.pk).values_list("organisation", flat=True)
    instance._was_of = before.first() if before else None


def _hotline_saved(instance, raw=False, **_signal):
    if raw:
        return
    index.add_hotline(instance)
    for organisation in Organisation.objects.filter(pk__in={instance.organisation_id, instance._was_of}):
        index.add_organisation(organisation)


def _hotline_deleted(instance, **_signal):
    index.remove(f"hotline:{instance.pk}")
    if organisation := Organisation.objects.filter(pk=instance.organisation_id).first():
        index.add_organisation(organisation)


def _organisation_saved(instance, raw=False, **_signal):
    if not raw:
        index.add_organisation(instance)


def _organisation_deleted(instance, **_signal):
    index.remove(f"organisation:{instance.pk}")
    # Its numbers are left without it.
    for hotline in Hotline.objects.filter(organisation=None):
        index.add_hotline(hotline)


def _need_saved(instance, raw=False, created=False, **_signal):
    if raw or created:
        return
    for organisation in instance.organisations.all():
        index.add_organisation(organisation)


def _needs_changed(instance, action, reverse=False, pk_set=None, **_signal):
    if action.startswith("post_"):
        changed = Organisation.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
        for organisation in changed:
            index.add_organisation(organisation)
