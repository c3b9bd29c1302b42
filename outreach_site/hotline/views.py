"""The help page: the nearest thing to an emergency card."""

from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from outreach_site.hotline import directory
from outreach_site.hotline.models import HelpCard
from outreach_site.pages.cache import keep
from outreach_site.pages.views import everywhere


@require_safe
def help_page(request):
    """`/<lang>/help/`: the number, what happens when you call, the other numbers by need."""
    site = Site.find_for_request(request)
    card = HelpCard.objects.filter(site=site).first()
    recordings = card.recordings.select_related("recording") if card else []
    context = {
        "main": directory.main_numbers(),
        "shelves": directory.by_need(),
        "card": card,
        "recording": next(
            (one.recording for one in recordings if one.language == translation.get_language()), None
        ),
        "versions": everywhere("help/"),
    }
    return keep(render(request, "outreach_site/help.html", context))
