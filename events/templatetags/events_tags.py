"""What events offer to other apps' pages."""

from django import template

from events.pages.models import EventPage

register = template.Library()


@register.simple_tag(takes_context=True)
def coming_events(context, most=3, campaign=None):
    """Coming events in the language of the page, of one campaign where it is given."""
    pages = EventPage.objects.coming().filter(locale__language_code=context["text_language"])
    if campaign is not None:
        pages = pages.filter(campaign=campaign.original)
    return list(pages.defer_streamfields().select_related("area")[:most])
