"""A walk through the admin along its own links, and a record of the texts that had no Vietnamese."""

import re
from collections import Counter
from html import unescape

from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import trans_real

LINK = re.compile(r'(?:href|action|hx-get|formaction|data-[\w-]*url|data-[\w-]*url-value)="(/admin/[^"#]*)')
JSON_LINK = re.compile(r'"(/admin/[^"#\\ ]+)"')
# What signs out, and scripts and styles, which hold no text of a screen.
LEFT_OUT = ("wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog")
# Visits to one view: the first and the second page, file or record are enough to see its words.
ENOUGH = 2
FORM_VIEWS = re.compile(r"(:|_)(add|create|edit|chooser_upload|add_multiple)$|submit_translation")


class Missing:
    """While it is entered: notes every text that is looked up in Vietnamese and is not there."""

    def __init__(self):
        self.texts = set()

    def __enter__(self):
        self.catalogue = trans_real.translation("vi")
        gettext, ngettext = self.catalogue.gettext, self.catalogue.ngettext

        def noting(message):
            if message not in self.catalogue._catalog:
                self.texts.add(message)
            return gettext(message)

        def noting_plural(one, many, number):
            if (one, self.catalogue.plural(number)) not in self.catalogue._catalog and (
                one,
                0,
            ) not in self.catalogue._catalog:
                self.texts.add(one)
            return ngettext(one, many, number)

        self.catalogue.gettext, self.catalogue.ngettext = noting, noting_plural
        return self

    def __exit__(self, *error):
        del self.catalogue.gettext, self.catalogue.ngettext


def view_of(address):
    """Return the name of the view at `address`, None when there is none."""
    try:
        match = resolve(address.split("?")[0])
    except Resolver404:
        return None
    return match.view_name or str(match.func)


def walk(client, beginnings, most=1500):
    """Open `beginnings` and whatever they lead to; forms are sent empty as well, for what they say then.

    Returns {view name: visits}. Raises AssertionError when a screen answers 500.
    """
    visits, waiting, seen = Counter(), list(beginnings), set()
    while waiting and sum(visits.values()) < most:
        address = waiting.pop(0)
        name = view_of(address)
        if address in seen or name is None or name in LEFT_OUT or visits[name] >= ENOUGH:
            continue
        seen.add(address)
        visits[name] += 1
        answers = [client.get(address, follow=True)]
        if FORM_VIEWS.search(name):
            answers += empty_form(client, address)
        for answer in answers:
            assert answer.status_code != 500, address
            if not answer.streaming:
                text = unescape(answer.content.decode(errors="replace"))
                waiting += LINK.findall(text.replace("&quot;", '"')) + JSON_LINK.findall(text)
    return visits


def empty_form(client, address):
    """Send the form at `address` with next to nothing in it; what is no form then answers nothing."""
    try:
        return [client.post(address, {"body-count": "0"})]
    except MultiValueDictKeyError:
        return []
