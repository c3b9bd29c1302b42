"""`/admin/translations/<key>/<code>/`: source and translation beside each other, and what to do next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from outreach_site.languages import get as language
from outreach_site.translation import beginning, desk, paragraphs, status
from outreach_site.translation.models import TranslationWork
from outreach_site.translation.status import Kind


def side_by_side(request, key, code):
    page, locale = desk.find(request.user, key, code)
    state = status.of([page], [locale])[page.translation_key, code]
    work = TranslationWork.objects.filter(translation_key=key, locale=locale).first()
    target = Page.objects.filter(pk=state.page_id).first()
    earlier = work.source_revision if work and state.is_outdated else None
    found = paragraphs.beside(
        page.specific,
        locale,
        target=target and target.specific,
        translation=Translation.objects.filter(pk=state.translation_id).first(),
        earlier=earlier and earlier.as_object(),
    )
    rights = desk.Rights(request.user)
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
        "steps": steps(page, locale, state, rights),
        "header_title": _("%(title)s in %(language)s")
        % {"title": page.title, "language": language(code).name},
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": desk.address("translation_matrix"), "label": _("Translations")},
            {"url": "", "label": page.title},
        ],
    }
    return render(request, "outreach_site/translation/side_by_side.html", context)


@require_POST
def begin(request, key, code):
    """Begin a translation that is missing; a person without a right to the language is refused."""
    page, locale = desk.find(request.user, key, code)
    if not desk.Rights(request.user).translates(locale):
        raise PermissionDenied
    draft = beginning.begin(page, locale, request.user)
    messages.success(
        request, _("The translation is begun. It stays a draft until it is complete and approved.")
    )
    return redirect("wagtailadmin_pages:edit", draft.pk)


def steps(page, locale, state, rights):
    """Return the names of the steps that this person can take now, each with its address."""
    offered = []
    if rights.translates(locale):
        if state.page_id is None:
            offered.append("begin")
        elif state.kind in (Kind.IN_TRANSLATION, Kind.MACHINE_DRAFT, Kind.OUT_OF_DATE):
            offered.append("send_to_review")
    if rights.reviews(locale):
        if state.kind == Kind.IN_REVIEW:
            offered += ["approve", "send_back"]
        if state.kind == Kind.APPROVED:
            offered.append("publish")
    found = {name: _address(name, page, locale, state) for name in offered}
    return {name: url for name, url in found.items() if url}


def _address(name, page, locale, state):
    if name == "begin":
        return desk.address("translation_begin", page.translation_key, locale.language_code)
    return state.translation_id and desk.address(f"translation_{name}", state.translation_id)
