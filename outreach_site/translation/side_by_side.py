"""`/admin/translations/<key>/<code>/`: source and translation beside each other, and what to do next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from outreach_site.languages import get as language
from outreach_site.translation import beginning, desk, paragraphs, status, steps
from outreach_site.translation.models import TranslationWork
from outreach_site.translation.rights import Rights


def side_by_side(request, key, code):
    page, locale = desk.find(request.user, key, code)
    state = status.of([page], [locale])[page.translation_key, code]
    work = TranslationWork.objects.select_related("locale").filter(translation_key=key, locale=locale).first()
    target = Page.objects.filter(pk=state.page_id).first()
    earlier = work.source_revision if work and state.is_outdated else None
    found = paragraphs.beside(
        page.specific,
        locale,
        target=target and target.specific,
        translation=Translation.objects.filter(pk=state.translation_id).first(),
        earlier=earlier and earlier.as_object(),
    )
    rights = Rights(request.user)
    names = offered(request.user, locale, state, work, target, rights)
    heading = _("%(title)s in %(language)s") % {"title": page.title, "language": language(code).name}
    context = {
        "page": page,
        "target": target,
        "state": state,
        "work": work,
        "since": earlier and earlier.created_at,
        "paragraphs": found,
        "changed": sum(paragraph.is_changed for paragraph in found),
        "source_language": language(page.locale.language_code),
        "target_language": language(code),
        "may_translate": rights.translates(locale),
        "po": state.translation_id if target and rights.translates(locale) else None,
        "steps": {name: _address(name, page, locale, state) for name in names},
        "header_title": heading,
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": desk.address("translation_matrix"), "label": _("Translations")},
            {"url": "", "label": heading},
        ],
    }
    return render(request, "outreach_site/translation/side_by_side.html", context)


@require_POST
def begin(request, key, code):
    """Begin a translation that is missing; a person without a right to the language is refused."""
    page, locale = desk.find(request.user, key, code)
    if not Rights(request.user).translates(locale):
        raise PermissionDenied
    draft = beginning.begin(page, locale, request.user)
    messages.success(
        request, _("The translation is begun. It stays a draft until it is complete and approved.")
    )
    return redirect("wagtailadmin_pages:edit", draft.pk)


def offered(user, locale, state, work, target, rights):
    """Return the names of the steps that `user` can take now."""
    if target is None:
        return ["begin"] if rights.translates(locale) else []
    if work is None or state.translation_id is None:
        return []
    publishable = target.has_unpublished_changes and target.permissions_for_user(user).can_publish()
    complete = state.done == state.total
    return steps.offered(work, rights, complete=complete, publishable=publishable)


def _address(name, page, locale, state):
    if name == "begin":
        return desk.address("translation_begin", page.translation_key, locale.language_code)
    return desk.address(f"translation_{name}", state.translation_id)
