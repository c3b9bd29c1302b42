"""What every screen of the workflow asks first: which pages and which languages a person has."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from outreach_site.languages import LANGUAGES

# What one needs of a page in order to see it in the admin, there and below.
SEEING = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


def originals_for(user):
    """Pages as they were first written, of those that `user` may work on in any language."""
    older = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return versions_for(user).filter(~Exists(older))


def versions_for(user):
    """Pages in all their languages, of those that `user` may work on in any."""
    pages = Page.objects.filter(depth__gt=1, alias_of=None)
    if user.is_superuser:
        return pages
    seen = PagePermissionPolicy().instances_user_has_any_permission_for(user, SEEING)
    return pages.filter(translation_key__in=seen.order_by().values("translation_key"))


def locales():
    """The site's languages that pages can be in, in the site's order."""
    order = [language.code for language in LANGUAGES]
    known = [locale for locale in Locale.objects.all() if locale.language_code in order]
    return sorted(known, key=lambda locale: order.index(locale.language_code))


def language_name(locale):
    """Return what the person at the screen calls the language of `locale`."""
    return get_language_info(locale.language_code)["name_translated"]


def find(user, key, code):
    """Return (original page, locale) for an address, as `user` may see them.

    Raises Http404 for a page that is not there or not hers to see, for an unknown language and for
    the language that the original itself is in.
    """
    page = originals_for(user).filter(translation_key=key).select_related("locale").first()
    locale = next((locale for locale in locales() if locale.language_code == code), None)
    if page is None or locale is None or locale.pk == page.locale_id:
        raise Http404
    return page, locale


def address(name, *args):
    """Return the address called `name`, None when the site has none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
