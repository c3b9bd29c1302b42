from django.urls import path

from campaigns.sms import handset

urlpatterns = [
    path("", handset.handset, name="phone"),
    path("thread", handset.thread, name="phone_thread"),
]
