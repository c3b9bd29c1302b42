"""`/<lang>/search/?q=…`: what a reader types is used for the answer and kept nowhere."""

from dataclasses import dataclass

from django.apps import apps
from django.shortcuts import render
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outreach_site import languages
from outreach_site.pages.cache import kept
from outreach_site.pages.models import SitePage
from outreach_site.pages.views import everywhere
from outreach_site.search import query
from outreach_site.search.models import SearchEntry
from outreach_site.search.words import units

LONGEST_QUERY = 100


@dataclass(frozen=True)
class Asked:
    """What the reader asked for; what makes no sense in a filter is taken as "everything"."""

    text: str
    kind: str
    only: str
    page: int
    problem: str = ""

    def address(self, page):
        """The query string for another page of the same list."""
        wanted = {"q": self.text, "kind": self.kind, "in": self.only, "page": page if page > 1 else ""}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


@require_safe
def search(request):
    """The search page. Without a question it offers the box; whatever happens, the number."""
    asked = read(request.GET)
    here = translation.get_language()
    results = None
    if asked.text and not asked.problem:
        results = query.find(asked.text, language=here, kind=asked.kind, only=asked.only, page=asked.page)
    labels = dict(kinds())
    for hit in results.hits if results else []:
        hit.label = labels.get(hit.kind, "")
        hit.url = hit.page.get_url(request) if hit.page else ""
    context = {
        "asked": asked,
        "results": results,
        "kinds": labels.items(),
        "languages": languages.LANGUAGES,
        "is_bare": here not in languages_with_entries(),
        "earlier": asked.address(results.page - 1) if results and results.page > 1 else "",
        "later": asked.address(results.page + 1) if results and results.page < results.pages else "",
        "versions": everywhere("search/"),
    }
    response = render(request, "outreach_site/search.html", context)
    # Neither the browser nor the next page learns what was looked for.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def read(given):
    """Return the `Asked` of a QueryDict, with a word to the reader where her question cannot be used."""
    text = " ".join(given.get("q", "").replace("\0", " ").split())
    problem = ""
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        problem = _("That is too long to search for. A few words are enough.")
    elif text and not units(text):
        problem = _("Please write a word or a number.")
    number = given.get("page", "")
    return Asked(
        text=text,
        kind=given.get("kind") if given.get("kind") in dict(kinds()) else "",
        only=given.get("in") if given.get("in") in languages.BY_CODE else "",
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        problem=problem,
    )


def kinds():
    """Return [(kind, what readers call it)] of everything that can be found."""
    pages = {
        model.search_kind: model.search_label for model in apps.get_models() if issubclass(model, SitePage)
    }
    return [*pages.items(), (SearchEntry.HELP, _("Numbers and organisations"))]


def languages_with_entries():
    """Return the codes of the languages in which something can be found."""
    return kept(
        "search-languages", lambda: set(SearchEntry.objects.values_list("language", flat=True).distinct())
    )
