from django.urls import path

from campaigns.reach import views

urlpatterns = [path("<int:hotline_id>/", views.tap, name="tap")]
