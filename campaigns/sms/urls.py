from django.urls import path

from campaigns.sms import views

# One view: what a call brings shows whether it is a text or a report.
urlpatterns = [
    path("<slug:gateway_slug>/in", views.webhook, name="sms_in"),
    path("<slug:gateway_slug>/status", views.webhook, name="sms_status"),
]
