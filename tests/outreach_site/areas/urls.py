"""Addresses for these tests: the combobox's questions, and a page with a form."""

from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from outreach_site.areas.forms import AreaField

PAGE = """<!doctype html>
<html lang="en"><head><title>A form</title><link rel="icon" href="data:,">{{ form.media }}</head>
<body><main><h1>A form</h1>
<form method="get">{{ form }}<p><label>Next <input name="next"></label><button>Send</button></p></form>
<p id="key">{{ form.cleaned_data.place.key }}</p></main></body></html>"""


class PlaceForm(forms.Form):
    place = AreaField()


def page(request):
    form = PlaceForm(request.GET or None)
    form.is_valid()
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("areas/", include("outreach_site.areas.urls")), path("form/", page)]
