from django.urls import path

from events.fieldwork import views

urlpatterns = [
    path("", views.overview, name="fieldwork"),
    path("count/", views.new_count, name="new_count"),
    path("count/<uuid:token>/", views.correct_count, name="correct_count"),
]
