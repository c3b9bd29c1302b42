"""What the editor's form says about itself."""

from django import template
from django.utils.html import format_html

from outreach_site.editing import versions

register = template.Library()


@register.simple_tag(takes_context=True)
def opened_version(context, page):
    """A hidden field with the version on which the form of `page` was opened."""
    version = versions.for_form(context["request"], page)
    return format_html('<input type="hidden" name="{}" value="{}">', versions.FIELD, version)
