from django.urls import path

from campaigns.materials import views

urlpatterns = [
    path("<int:file_id>/", views.give, name="material_file"),
    path("help/<int:recording_id>/", views.play_help, name="play_help"),
    path("page/<int:page_id>/<int:recording_id>/", views.play, name="play"),
]
