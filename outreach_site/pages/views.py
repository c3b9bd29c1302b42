"""The front door, every page, and what is said where a page is not there in the reader's language."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from outreach_site import languages
from outreach_site.hotline.leave import COOKIE
from outreach_site.pages.cache import keep, kept


def homes(request):
    """Return {language code: (id, url path)} of the live home pages of the site that `request` is for."""
    if not hasattr(request, "_wagtail_site"):
        # Where Wagtail keeps its own answer for the rest of the request.
        request._wagtail_site = kept(f"site:{request.get_host()}", lambda: Site.find_for_request(request))
    site = request._wagtail_site
    return kept(f"homes:{site.pk}", lambda: _homes(site)) if site else {}


def _homes(site):
    pages = (
        Page.objects.filter(translation_key=site.root_page.translation_key).live().select_related("locale")
    )
    return {page.locale.language_code: (page.pk, page.url_path) for page in pages}


def best_language(header, available):
    """Return the code of the language to open the site in.

    `header` is an Accept-Language value ("km,en;q=0.5"), `available` the codes in which there is a
    home page. The first one asked for that there is, else the site's own.
    """
    for wanted, _weight in parse_accept_lang_header((header or "")[:500]):
        for code in (wanted, wanted.split("-")[0]):
            if code in available:
                return code
    return languages.DEFAULT


@require_safe
def front_door(request):
    """`/`: to the home page in the reader's best language. Also the way back in after leaving."""
    code = best_language(request.headers.get("Accept-Language"), homes(request))
    response = HttpResponseRedirect(f"/{code}/")
    # A shared cache may keep it, a phone asks each time: the cookie of leaving ends here.
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=300"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if request.COOKIES.get(COOKIE):
        response.headers["Cache-Control"] = "no-store"
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def serve(request, path):
    """Any page of the tree, in the language of its address, or a word about where else it is."""
    front = homes(request)
    code = translation.get_language()
    if code in front:
        page = page_at(f"{front[code][1]}{path}")
        if page:
            # Saves Wagtail a query for every part of the path; what has routes of its own goes its way.
            request._wagtail_route_for_request = RouteResult(page)
        try:
            return wagtail_views.serve(request, path)
        except Http404:
            pass
    versions = versions_at(request, front, path)
    return not_yet(request, versions) if versions else not_found(request)


def page_at(url_path):
    """Return the live page at `url_path` as its own type, or None."""
    page = Page.objects.filter(url_path=url_path, live=True).select_related("locale").first()
    if page is None:
        return None
    specific = page.specific
    specific.locale = page.locale
    return specific


def versions_at(request, front, path):
    """Return [(Language, url)] of the live pages that have `path` in some language of the site."""
    # Slugs are the same in all languages, so the path under another home finds the page.
    paths = [f"{url_path}{path}" for _pk, url_path in front.values()]
    page = Page.objects.filter(url_path__in=paths, live=True).first()
    if page is None or not hasattr(page.specific_class, "versions"):
        return []
    return [
        (languages.get(version.locale.language_code), version.get_url(request))
        for version in page.specific.versions
    ]


def not_yet(request, versions):
    """Say honestly that the page is not in this language; the hotline is."""
    return render(request, "outreach_site/not_yet.html", {"versions": versions}, status=404)


def not_found(request, exception=None):
    """No such page in any language; the hotline is there all the same."""
    return render(request, "404.html", {"versions": []}, status=404)


@require_safe
def leaving(request):
    """What leaving quickly does, and what it does not erase."""
    return keep(render(request, "outreach_site/leaving.html", {"versions": everywhere("leaving/")}))


def everywhere(path):
    """Return [(Language, url)] for a view that exists in every language."""
    return [(language, f"/{language.code}/{path}") for language in languages.LANGUAGES]
