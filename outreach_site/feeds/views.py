"""`/<lang>/feed.rss`, `/<lang>/feed.atom`, `/sitemap.xml`, `/robots.txt`."""

import unicodedata
from uuid import uuid5

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import feedgenerator, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from outreach_site import languages
from outreach_site.feeds import sitemap as site_map
from outreach_site.feeds.addresses import absolute, path_of
from outreach_site.pages.cache import keep
from outreach_site.pages.models import SitePage
from outreach_site.pages.views import homes

NEWEST = 30
# Programs that read feeds ask often; a quarter of an hour late is early enough.
MAY_BE_STORED = {"Cache-Control": "public, max-age=900"}


class Rss(feedgenerator.Rss201rev2Feed):
    mime_type = content_type = "application/rss+xml; charset=utf-8"


class Atom(feedgenerator.Atom1Feed):
    mime_type = content_type = "application/atom+xml; charset=utf-8"


@require_safe
def rss(request):
    """The newest pages of a language, as RSS."""
    return _feed(request, Rss, "feed.rss")


@require_safe
def atom(request):
    """The newest pages of a language, as Atom."""
    return _feed(request, Atom, "feed.atom")


def _feed(request, kind, name):
    code = translation.get_language()
    front = homes(request).get(code)
    home = Page.objects.get(pk=front[0]) if front else None
    feed = kind(
        title=_xml(home.title if home else settings.WAGTAIL_SITE_NAME),
        link=absolute(f"/{code}/"),
        feed_url=absolute(f"/{code}/{name}"),
        description=_("News, materials, campaigns and events"),
        language=code,
    )
    for page in newest(home) if home else []:
        address = absolute(path_of(page, request))
        feed.add_item(
            title=_xml(page.title),
            link=address,
            description=_xml(page.feed_summary()),
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
            unique_id=uuid5(page.translation_key, code).urn,
            unique_id_is_permalink=False,
            categories=[str(page.search_label)],
        )
    return keep(
        HttpResponse(feed.writeString("utf-8"), content_type=kind.content_type, headers=MAY_BE_STORED)
    )


def newest(home):
    """Return the newest public pages below `home` of the types that belong into feeds."""
    kinds = [model for model in apps.get_models() if issubclass(model, SitePage) and model.in_feeds]
    pages = (
        Page.objects.live().public().descendant_of(home).type(*kinds).filter(first_published_at__isnull=False)
    )
    return pages.order_by("-first_published_at", "-pk").select_related("locale").specific()[:NEWEST]


def _xml(text):
    """Return `text` without the control characters that XML cannot hold."""
    return "".join(char for char in text or "" if char in "\n\t" or unicodedata.category(char) != "Cc")


@require_safe
def sitemap(request):
    """Every public page in every language, each naming all its versions."""
    xml = render_to_string("outreach_site/sitemap.xml", {"places": site_map.places(request)})
    return keep(HttpResponse(xml, content_type="application/xml; charset=utf-8", headers=MAY_BE_STORED))


@require_safe
def robots(request):
    """What machines should leave alone. A demonstration wants none of them."""
    closed = ["/"] if settings.DEBUG else ["/admin/", "/field/", "/phone/", "/sms/", "/tap/", "/exit/", "/m/"]
    if not settings.DEBUG:
        closed += [f"/{code}/search/" for code in languages.BY_CODE]
    rows = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse(
        "\n".join(rows) + "\n", content_type="text/plain; charset=utf-8", headers=MAY_BE_STORED
    )
