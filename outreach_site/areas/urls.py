from django.urls import path

from outreach_site.areas import views

app_name = "areas"
urlpatterns = [path("", views.search, name="search")]
