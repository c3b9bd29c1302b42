"""What campaigns offer to other apps' pages."""

from urllib.parse import quote

from django import template
from django.utils import timezone, translation
from django.utils.http import urlencode

from campaigns.materials.models import MaterialPage
from campaigns.pages.models import CampaignPage
from campaigns.reach import totals, usage
from campaigns.sms import invitation, verbs
from outreach_site import languages
from outreach_site.hotline import directory

register = template.Library()


@register.simple_tag
def help_page_plays():
    """[(what the language calls itself, how often the help page read aloud in it was played)]."""
    found = usage.help_page_plays().by_language
    return [(languages.get(code).name, number) for code, number in sorted(found.items())]


@register.simple_tag(takes_context=True)
def running_campaigns(context, most=2):
    """Running campaigns in the language of the page."""
    pages = CampaignPage.objects.running().filter(locale__language_code=context["text_language"])
    return list(
        pages.defer_streamfields()
        .select_related("lead")
        .prefetch_related(*CampaignPage.card_needs)
        .order_by("ends_on")[:most]
    )


@register.simple_tag(takes_context=True)
def newest_materials(context, most=4):
    """The newest materials in the language of the page."""
    pages = MaterialPage.objects.live().filter(locale__language_code=context["text_language"])
    return list(pages.for_cards()[:most])


@register.inclusion_tag("campaigns/parts/reach_line.html", takes_context=True)
def reach_line(context, campaign=None):
    """How many contacts face to face or by text there were since January."""
    january = timezone.localdate().replace(month=1, day=1)
    return {
        "contacts": totals.direct_contacts(since=january, campaign=campaign),
        "since": january,
        "text_language": context.get("text_language"),
    }


@register.simple_tag(takes_context=True)
def campaign_materials(context, campaign, most=8):
    """The materials that a campaign shows, in the language of the page."""
    pages = MaterialPage.objects.live().filter(locale__language_code=context["text_language"])
    return list(pages.of_campaign(campaign).for_cards()[:most])


@register.simple_tag(takes_context=True)
def share(context, page):
    """Ways to pass `page` on that tell nobody else: an address to copy, a text to send."""
    # As the reader reached it; not as the site's record says, which may lag behind.
    url = context["request"].build_absolute_uri(page.get_url(context["request"]))
    text = quote(f"{page.title} {url}")
    # With "&" it works on iPhones too, which read no "?body=" while there is no number.
    return {"url": url, "sms": f"sms:?&body={text}"}


@register.filter
def language_name(code):
    """What the language with this code calls itself."""
    return languages.get(code).name


@register.simple_tag
def campaign_reach(campaign):
    """What a campaign has reached so far, by channel; direct and indirect stay apart."""
    lines = totals.by_channel(campaign=campaign)
    return {
        "direct": sum(line.contacts for line in lines if line.is_direct),
        "indirect": [line for line in lines if not line.is_direct],
    }


@register.simple_tag
def campaign_partners(campaign):
    """The organisations that carry the campaign, in their order."""
    partners = campaign.original.partners.select_related("organisation")
    return [partner.organisation for partner in partners]


@register.simple_tag(takes_context=True)
def in_same_language(context, campaign):
    """The live translation of `campaign` in the language of the page, or None."""
    if campaign is None:
        return None
    pages = CampaignPage.objects.live().filter(
        translation_key=campaign.translation_key, locale__language_code=context["text_language"]
    )
    return pages.first()


@register.inclusion_tag("campaigns/parts/how_to_join.html", takes_context=True)
def how_to_join(context, campaign):
    """Which word to text to which number; nothing when the campaign is not open or has no word."""
    number = directory.main_numbers().text
    today = timezone.localdate()
    can_join = bool(campaign.keyword and number)
    state = campaign.state(today)
    is_open = can_join and state == "running"
    language = translation.get_language()
    message = invitation.to_join(campaign, language)
    return {
        "is_open": is_open,
        "begins": campaign.starts_on if can_join and state == "coming" else None,
        "is_over": state == "over",
        "message": message,
        "leave": verbs.shown(verbs.LEAVE, language),
        "with_place": invitation.to_join_from(campaign, language) if is_open else "",
        "number": number,
        "link": f"{number.link}?{urlencode({'body': message}).replace('+', '%20')}" if number else "",
        "text_language": context.get("text_language"),
    }
