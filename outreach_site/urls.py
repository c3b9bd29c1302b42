"""Every address of the site. What readers see lies under their language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from events.fieldwork.login import StaffLogin
from outreach_site.feeds import views as feeds
from outreach_site.hotline.leave import leave
from outreach_site.hotline.views import help_page
from outreach_site.pages import health, views
from outreach_site.search.views import search

handler404 = "outreach_site.pages.views.not_found"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("exit/", leave, name="leave"),
    path("sitemap.xml", feeds.sitemap),
    path("robots.txt", feeds.robots),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("tap/", include("campaigns.reach.urls")),
    path("m/", include("campaigns.printing.urls")),
    path("field/", include("events.fieldwork.urls")),
    path("areas/", include("outreach_site.areas.urls")),
    path("admin/login/", StaffLogin.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sms/", include("campaigns.sms.urls")),
]

if settings.PHONE_SIMULATOR:
    urlpatterns += [path("phone/", include("campaigns.sms.phone_urls"))]

if settings.DEBUG:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve_file, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("help/", help_page, name="help"),
    path("feed.rss", feeds.rss, name="feed_rss"),
    path("feed.atom", feeds.atom, name="feed_atom"),
    path("search/", search, name="search"),
    path("leaving/", views.leaving, name="leaving"),
    path("file/", include("campaigns.materials.urls")),
    path("_util/", include(wagtail_urls.urlpatterns[:2])),
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
)
