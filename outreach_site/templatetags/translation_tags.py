"""What the translation screens of the admin show of the rules."""

from django import template

from outreach_site.translation import gates, rights, steps
from outreach_site.translation.models import TranslationWork

register = template.Library()
State = TranslationWork.State


@register.inclusion_tag("outreach_site/admin/translation_steps.html", takes_context=True)
def translation_steps(context, translation):
    """Where a translation stands and the buttons that this person has for it."""
    user, page = context["request"].user, translation.get_target_instance()
    work = steps.work_of(translation)
    missing = gates.incomplete(translation)
    reviews = rights.may_review(user, translation.target_locale)
    return {
        "translation": translation,
        "work": work,
        "missing": missing,
        "may_send": work.state == State.IN_TRANSLATION and not missing,
        "may_approve": reviews and work.state != State.APPROVED and not missing,
        "may_send_back": reviews and work.state != State.IN_TRANSLATION,
        "may_publish": work.state == State.APPROVED and page.permissions_for_user(user).can_publish(),
        "reason": steps.last_reason(page) if work.state == State.IN_TRANSLATION else "",
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
