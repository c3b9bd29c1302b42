"""A tap on a hotline number, told by the browser while the phone dials."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from campaigns.reach import visits
from outreach_site.hotline.models import Hotline


@csrf_exempt  # A beacon carries no token, changes nothing but a count, and no cookie comes with it.
@require_POST
def tap(request, hotline_id):
    """`POST /tap/<id>/`: sent by the link's `ping`, or by our script where a browser has none."""
    if Hotline.objects.in_use().filter(pk=hotline_id).exists():
        visits.count_tap(hotline_id, request)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
