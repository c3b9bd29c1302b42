"""A hotline record inside of a sentence: <a linktype="hotline" id="3">111</a>.

What is stored is the record; the number that stood in it when it was put in is a stand-in, which readers
never see: `with_numbers` puts the record's own number there each time the text is drawn.
"""

import re

from django.urls import reverse_lazy
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.rich_text import LinkHandler, RichText
from wagtail.rich_text.rewriters import extract_attrs

from outreach_site.hotline.models import Hotline
from outreach_site.pages.cache import kept

FEATURE = "hotline-link"
LINKED = re.compile(r"(<a\b[^>]*>)(.*?)</a>", re.DOTALL)


def _records():
    return {str(hotline.pk): hotline for hotline in Hotline.objects.all()}


def records():
    """Return {id: Hotline}, kept until a record changes."""
    return kept("hotline-records", _records)


def with_numbers(value):
    """Return the `RichText` with the number of today in each link to a record.

    A number that is over leaves the main number in its place: an expired one is never shown as callable.
    """
    if not isinstance(value, RichText) or 'linktype="hotline"' not in value.source:
        return value
    return RichText(LINKED.sub(_number, value.source))


def _number(match):
    attrs = extract_attrs(match[1])
    if attrs.get("linktype") != "hotline":
        return match[0]
    hotline = shown(attrs.get("id"))
    return f"{match[1]}{escape(hotline.number)}</a>" if hotline else ""


def shown(pk):
    """Return the record whose number readers see for a link to record `pk`; None when there is none to call."""
    hotline = records().get(str(pk))
    if hotline and hotline.is_in_use():
        return hotline
    kind = hotline.kind if hotline else Hotline.Kind.CALL
    return next(
        (one for one in records().values() if one.is_main and one.kind == kind and one.is_in_use()), None
    )


class HotlineLinkHandler(LinkHandler):
    identifier = "hotline"

    @staticmethod
    def get_model():
        return Hotline

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        numbers = [shown(attrs.get("id")) for attrs in attrs_list]
        return [f'<a href="{escape(one.link)}">' if one else "<a>" for one in numbers]

    @classmethod
    def extract_references(cls, attrs):
        if "id" in attrs:
            yield Hotline, attrs["id"], "", ""


class HotlineElementHandler(LinkElementHandler):
    """From the database to the editor."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs):
        pk = attrs.get("id", "")
        hotline = Hotline.objects.filter(pk=pk).first() if pk.isdigit() else None
        return {"id": pk, "title": str(hotline) if hotline else ""}


def hotline_entity(props):
    """From the editor to the database."""
    return DOM.create_element("a", {"linktype": "hotline", "id": props.get("id")}, props["children"])


def register_feature(features):
    """Hook: a button in the editor opens the chooser of hotline records; the report of links puts them in too."""
    features.register_link_type(HotlineLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        draftail.EntityFeature(
            {
                "type": "HOTLINE",
                "icon": "mobile-alt",
                "description": _("Hotline number"),
                "attributes": ["id", "title"],
                "chooserUrls": {
                    "hotlineChooser": reverse_lazy("wagtailsnippetchoosers_outreach_site_hotline:choose")
                },
            },
            # The first brings what the chooser's window does when it has loaded.
            js=["wagtailadmin/js/page-chooser-modal.js", "outreach_site/js/admin-hotline-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="hotline"]': HotlineElementHandler("HOTLINE")},
            "to_database_format": {"entity_decorators": {"HOTLINE": hotline_entity}},
        },
    )
