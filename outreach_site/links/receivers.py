"""Which change has which links collected or judged anew. Nothing here may keep a page from being published."""

from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published, page_unpublished

from outreach_site.hotline.models import Hotline
from outreach_site.links import collecting, judging
from outreach_site.queue import nudge


def connect():
    page_published.connect(_page_changed, dispatch_uid="links-published")
    page_unpublished.connect(_page_changed, dispatch_uid="links-unpublished")
    for model in get_page_models():
        post_delete.connect(_page_deleted, sender=model, dispatch_uid=f"links-deleted-{model._meta.label}")
    for model in collecting.RECORDS:
        post_save.connect(_record_changed, sender=model, dispatch_uid=f"links-saved-{model._meta.label}")
        post_delete.connect(_record_changed, sender=model, dispatch_uid=f"links-gone-{model._meta.label}")
    post_delete.connect(_document_deleted, sender=get_document_model(), dispatch_uid="links-document")


def _page_changed(instance, **_signal):
    collecting.changed(instance)
    nudge(judge_task, "pages")


def _page_deleted(instance, **_signal):
    if isinstance(instance, Page):
        nudge(judge_task, "pages")


def _record_changed(instance, raw=False, **_signal):
    if raw:
        return
    collecting.changed(instance)
    if isinstance(instance, Hotline):
        nudge(judge_task, "numbers")


def _document_deleted(instance, **_signal):
    nudge(judge_task, "documents")


def judge_task(what):
    """Task: judge the links to whatever changed. The sweep does the same every ten minutes."""
    {"pages": judging.judge_pages, "numbers": judging.judge_numbers, "documents": judging.judge_documents}[
        what
    ]()
