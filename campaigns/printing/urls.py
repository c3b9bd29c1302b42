from django.urls import path

from campaigns.printing import views

# Whoever types an address leaves out the last slash.
urlpatterns = [path("<str:code>/", views.follow, name="follow_code"), path("<str:code>", views.follow)]
