"""What the translation screens of the admin show of the rules."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from outreach_site.translation import gates, rights, steps
from outreach_site.translation.models import TranslationWork

register = template.Library()
# Where wagtail-localize's script draws the strings.
STRINGS = '<div class="js-translation-editor"'
State = TranslationWork.State


@register.simple_tag(takes_context=True)
def translation_steps(context, translation):
    """Where a translation stands and the buttons that this person has for it."""
    user, page = context["request"].user, translation.get_target_instance()
    work = steps.work_of(translation)
    missing = gates.incomplete(translation)
    publishable = page.has_unpublished_changes and page.permissions_for_user(user).can_publish()
    offered = steps.offered(work, rights.Rights(user), complete=not missing, publishable=publishable)
    steps_now = {
        "translation": translation,
        "work": work,
        "missing": missing,
        "offered": offered,
        "reason": steps.last_reason(page) if work.state == State.IN_TRANSLATION else "",
    }
    return render_to_string("outreach_site/admin/translation_steps.html", steps_now, context["request"])


@register.filter
def with_steps(editor, steps):
    """Put the steps before the strings of wagtail-localize's editor, which has no block there; else on top."""
    header, mark, strings = editor.partition(STRINGS)
    return mark_safe(f"{header}{steps}{mark}{strings}" if mark else f"{steps}{editor}")
