from django.http import JsonResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from outreach_site import languages
from outreach_site.areas.models import Area
from outreach_site.text import fold

MOST_RESULTS = 10
SHORTEST, LONGEST = 2, 80  # letters


@require_GET
def search(request):
    """The first ten areas for `q`, for the combobox: {"results": [{id, label, …}], "more": false}.

    `lang` says in which language the editions are named; it stands in the address, so that shared
    caches keep the answers apart. Less than two letters find nothing, and from the 81st on none counts.
    """
    text = request.GET.get("q", "")[:LONGEST]
    areas = list(Area.objects.search(text)[: MOST_RESULTS + 1]) if len(fold(text)) >= SHORTEST else []
    with translation.override(languages.get(request.GET.get("lang")).code):
        results = [
            {
                "id": area.pk,
                "label": area.label,
                "name": area.full_name,
                "parent": area.parents_place,
                "edition": str(area.edition),
            }
            for area in areas[:MOST_RESULTS]
        ]
    response = JsonResponse({"results": results, "more": len(areas) > MOST_RESULTS})
    patch_cache_control(response, public=True, max_age=3600)
    return response
