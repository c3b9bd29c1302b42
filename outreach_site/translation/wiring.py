"""Connects the rules of translation to what happens to pages, strings and records; called once at the start."""

from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published
from wagtail_localize import models as localize
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, SegmentOverride, StringTranslation, Translation

from outreach_site.translation import changes, faults, gates, steps
from outreach_site.translation.panels import MinorEditPanel


def connect(app):
    gates.guard_publishing()
    pre_save.connect(faults.refuse_faulty, sender=StringTranslation)
    for signal in (post_save, post_delete):
        for model in (StringTranslation, SegmentOverride):
            signal.connect(steps.string_changed, sender=model)
    post_save.connect(steps.begun, sender=Translation)
    page_published.connect(steps.published)
    page_published.connect(changes.source_published)
    post_migrate.connect(changes.ensure_schedules, sender=app)
    # wagtail-localize writes the month out, in English whatever language staff read.
    localize.DATE_FORMAT = "%d/%m/%Y"
    _no_live_aliases()
    _offer_minor_edit()


def _no_live_aliases():
    for model in (Page, *get_page_models()):
        pre_save.connect(gates.keep_alias_a_draft, sender=model)
    pre_save.connect(gates.no_synchronisation, sender=LocaleSynchronization)
    # Nobody is offered what would be refused.
    LOCALE_COMPONENTS[:] = [one for one in LOCALE_COMPONENTS if one["model"] is not LocaleSynchronization]


def _offer_minor_edit():
    """End the form of every page type with the switch, after all that a type adds itself."""
    for model in get_page_models():
        panels = model.content_panels
        if model is not Page and not any(isinstance(panel, MinorEditPanel) for panel in panels):
            model.content_panels = [*panels, MinorEditPanel()]
