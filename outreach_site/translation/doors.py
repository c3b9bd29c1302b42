"""Guards the views of wagtail-localize by our rules, and tells staff why something was refused.

A table of their names, because that is what stays when the library changes how a view works.
"""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from outreach_site.translation import changes, gates, rights, steps
from outreach_site.translation.faults import StringRefused, faults, limit_of
from outreach_site.translation.todo_screens import say

NAMESPACE = "wagtail_localize"


class TranslationDoors:
    """Middleware: asks before wagtail-localize's views run, and turns refusals of any view into an answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if NAMESPACE in match.namespaces and match.url_name in DOORS and request.user.is_authenticated:
            # Wagtail changes to a person's language only inside of its views.
            with translation.override(_language(request.user)):
                return DOORS[match.url_name](request, **kwargs)
        return None

    def process_exception(self, request, error):
        if isinstance(error, gates.NotYetPublishable | StringRefused):
            return refuse(request, *error.messages)
        return None


def _language(user):
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else translation.get_language()


def refuse(request, *reasons):
    """Answer with the reasons: as JSON to a script, else as messages where the person came from."""
    if request.method in ("PUT", "DELETE") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"detail": " ".join(reasons)}, status=403)
    for reason in reasons:
        messages.error(request, reason)
    return HttpResponseRedirect(way_back(request) or reverse("wagtailadmin_home"))


def way_back(request):
    """Return the address on this site that the request names or came from, "" when there is none."""
    asked = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # Not to itself: a refused page would send the browser round and round.
    round_trip = urlsplit(asked).path == request.path and request.method == "GET"
    return asked if ours and not round_trip else ""


# --- one function a door: None lets the request in -----------------------------------------
def _translators(request, translation_id, **_more):
    locale = get_object_or_404(Translation, pk=translation_id).target_locale
    return None if rights.may_translate(request.user, locale) else refuse(request, rights.refusal(locale))


def _reviewers(request, translation_id, **_more):
    locale = get_object_or_404(Translation, pk=translation_id).target_locale
    if rights.may_review(request.user, locale):
        return None
    message = _("Only a reviewer of %(language)s can take this page out of translation.")
    return refuse(request, message % {"language": locale.get_display_name()})


def _string(request, translation_id, string_segment_id):
    """A string is saved in the editor, which shows a reason beside the string only in an answer of success."""
    locale = get_object_or_404(Translation, pk=translation_id).target_locale
    allowed = rights.may_translate(request.user, locale)
    if request.method != "PUT":
        return None if allowed else refuse(request, rights.refusal(locale))
    segment = get_object_or_404(
        StringSegment.objects.select_related("context__object", "string"), pk=string_segment_id
    )
    value = _value(request)
    reasons = [rights.refusal(locale)]
    if allowed:
        reasons = faults(segment.string.data, value, *limit_of(segment.context))
    if not reasons:
        return None
    refused = {
        "string_id": segment.string_id,
        "segment_id": segment.pk,
        "data": value,
        "error": " ".join(reasons),
        "comment": _("Not saved"),
        "last_translated_by": None,
    }
    return JsonResponse(refused)


def _value(request):
    """Return the text that is to be saved. Django itself reads no form that comes by PUT."""
    request.body  # noqa: B018  kept, so that the view can read it again
    return Request(request, parsers=[FormParser(), MultiPartParser()]).data.get("value", "")


def _order(request, **_more):
    if request.method != "POST":
        return None
    for locale in Locale.objects.filter(pk__in=_numbers(request.POST.getlist("locales"))):
        if not rights.may_handle(request.user, locale):
            return refuse(request, rights.refusal(locale))
    return None


def _update(request, translation_source_id):
    if request.method != "POST":
        return None
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    records = source.translations.filter(enabled=True).select_related("target_locale")
    if request.POST.get("use_machine_translation"):
        for record in records:
            if not rights.may_translate(request.user, record.target_locale):
                return refuse(request, rights.refusal(record.target_locale))
    if request.POST.get("publish_translations"):
        message = _("Translations are published one by one, after a reviewer of the language approved them.")
        return refuse(request, message)
    changes.take_up_all(source)
    return None


def _never_alias(request, **_more):
    message = _("A page cannot become an alias of a page in another language: readers would not get theirs.")
    return refuse(request, message)


DOORS = {
    "edit_string_translation": _string,
    "edit_override": _translators,
    "machine_translate": _translators,
    "stop_translation": _reviewers,
    "submit_page_translation": _order,
    "submit_snippet_translation": _order,
    "update_translations": _update,
    "convert_to_alias": _never_alias,
}


def edit_page(request, page):
    """Before a translation is edited: is it hers, and if she publishes, may it be? A Wagtail hook."""
    record = gates.translation_of(page)
    if record is None or page.locale_id == record.source.locale_id:
        return None
    publishes = page.permissions_for_user(request.user).can_publish()
    may_look = publishes and rights.may_handle(request.user, page.locale)
    if not may_look and not rights.may_translate(request.user, page.locale):
        messages.error(request, rights.refusal(page.locale))
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    if record.enabled and request.method == "POST" and request.POST.get("action") == "publish":
        return _publish(request, record)
    return None


def _publish(request, record):
    if done := publish(request, record):
        say(request, done, "publish")
    return HttpResponseRedirect(request.path)


def publish(request, record):
    """Publish, and say in messages why not. Returns the sentence that it went live, "" when it did not."""
    try:
        steps.publish(record, request.user)
    except gates.NotYetPublishable as refusal:
        for reason in refusal.messages:
            messages.error(request, reason)
        return ""
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return ""
    page = record.get_target_instance()
    return _("“%(page)s” is published in %(language)s.") % {
        "page": page.title,
        "language": page.locale.get_display_name(),
    }


def _numbers(values):
    return [int(value) for value in values if value.isdigit()]
