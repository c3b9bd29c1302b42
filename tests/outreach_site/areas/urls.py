from django.urls import include, path

urlpatterns = [path("areas/", include("outreach_site.areas.urls"))]
