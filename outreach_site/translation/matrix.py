"""`/admin/translations/`: every page in every language, and how far it is."""

from dataclasses import dataclass, field

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from outreach_site.languages import get as language
from outreach_site.text import fold
from outreach_site.translation import coverage, desk, status
from outreach_site.translation.rights import Rights
from outreach_site.translation.status import Kind, State

PAGES_A_SCREEN = 50
# The root has depth 1, a home page 2; the sections of the site are what lies right below a home page.
SECTION_DEPTH = 3
SECTION_PATH = Page.steplen * SECTION_DEPTH
FACTS = ("title", "draft_title", "path", "depth", "content_type_id", *status.VERSION_FACTS)


@dataclass
class Cell:
    """How far a page is in a language, and where that leads.

    url      the work itself, None for whoever has no right to the language
    compare  source and translation side by side, None where there is nothing to compare
    """

    code: str
    name: str
    state: State
    url: str | None = None
    compare: str | None = None


@dataclass
class Row:
    page: Page
    section: Page
    type_name: str
    edit: str
    cells: list = field(default_factory=list)


class MatrixForm(forms.Form):
    """What the matrix shows. Everything may be empty; a choice that does not exist is said, not swallowed."""

    q = forms.CharField(label=_("Title contains"), required=False, max_length=100)
    type = forms.TypedChoiceField(label=_("Type"), required=False, coerce=int, empty_value=None)
    section = forms.TypedChoiceField(label=_("Section"), required=False, coerce=int, empty_value=None)
    campaign = forms.TypedChoiceField(label=_("Campaign"), required=False, coerce=int, empty_value=None)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, rows, locales, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("type", {row.page.content_type_id: row.type_name for row in rows})
        self._offer("section", {row.section.pk: row.section.title for row in rows})
        self._offer("campaign", {group.pk: group.title for group in groups})
        codes = [locale.language_code for locale in locales]
        self._offer("language", {code: language(code).name for code in codes})
        self._offer("state", {kind.value: kind.label for kind in Kind if kind != Kind.ORIGINAL})

    def _offer(self, name, choices):
        self.fields[name].choices = [("", _("all")), *choices.items()]

    @property
    def asked(self):
        return self.cleaned_data if self.is_valid() else {}

    @property
    def chosen(self):
        """What was asked for, in the words of its choices."""
        answers = {name: value for name, value in self.asked.items() if value}
        return [
            str(dict(self.fields[name].choices)[value]) if name != "q" else value
            for name, value in answers.items()
        ]


def matrix(request):
    locales = desk.locales()
    rows, versions = rows_for(request.user)
    groups = coverage.groups([row.page for row in rows])
    form = MatrixForm(request.GET, rows=rows, locales=locales, groups=groups)
    rows = narrowed(rows, form.asked, groups)
    shown = [locale for locale in locales if form.asked.get("language") in (None, "", locale.language_code)]
    pages = [row.page for row in rows]
    states = status.of(pages, locales, versions=versions, with_progress=False)
    if form.asked.get("state"):
        rows = [row for row in rows if _has(row.page, shown, states, form.asked["state"])]
    paginator = Paginator(rows, PAGES_A_SCREEN)
    screen = paginator.get_page(request.GET.get("p"))
    rights = Rights(request.user)
    fill(screen.object_list, shown, states, rights)
    context = {
        "form": form,
        "for_po": _for_po(rows, shown, states, rights),
        "languages": [language(locale.language_code) for locale in shown],
        "screen": screen,
        "elided_page_range": paginator.get_elided_page_range(screen.number),
        "figures": coverage.figures(pages, locales, states),
        "campaigns": coverage.by_group(groups, pages, locales, states),
        "header_title": _("Translations"),
        "header_icon": "globe",
        "breadcrumbs_items": [{"url": "", "label": _("Translations")}],
    }
    return render(request, "outreach_site/translation/matrix.html", context)


def _for_po(rows, shown, states, rights):
    """Return the language that was chosen and how many of `rows` are not done in it, for whoever translates it."""
    if len(shown) != 1 or not rights.translates(shown[0]):
        return None
    code = shown[0].language_code
    left = sum(states[row.page.translation_key, code].kind in status.TO_TRANSLATE for row in rows)
    return {"code": code, "language": desk.language_name(shown[0]), "pages": left} if left else None


def rows_for(user):
    """Return a `Row` without cells for each page that `user` may see, section by section, and all versions."""
    versions = list(desk.versions_for(user).only(*FACTS).order_by("path"))
    oldest = {}
    for page in versions:
        oldest[page.translation_key] = min(page.pk, oldest.get(page.translation_key, page.pk))
    pages = [page for page in versions if page.pk == oldest[page.translation_key]]
    sections, names = _sections(pages), _type_names(pages)
    rows = [
        Row(
            page=page,
            section=sections[page.path[:SECTION_PATH]],
            type_name=names[page.content_type_id],
            edit=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        for page in pages
    ]
    return rows, versions


def _sections(pages):
    """Return {path: the section's page}, also of sections that are not among `pages`."""
    found = {page.path: page for page in pages if page.depth <= SECTION_DEPTH}
    if missing := {page.path[:SECTION_PATH] for page in pages} - set(found):
        found |= {page.path: page for page in Page.objects.filter(path__in=missing).only(*FACTS)}
    return found


def _type_names(pages):
    models = {page.cached_content_type.model_class() for page in pages}
    kinds = ContentType.objects.get_for_models(*models)
    return {kind.pk: str(capfirst(model._meta.verbose_name)) for model, kind in kinds.items()}


def narrowed(rows, asked, groups):
    """Return those of `rows` that the answers of a `MatrixForm` ask for, state and language aside."""
    if asked.get("type"):
        rows = [row for row in rows if row.page.content_type_id == asked["type"]]
    if asked.get("section"):
        rows = [row for row in rows if row.section.pk == asked["section"]]
    if asked.get("campaign"):
        members = next(group.members for group in groups if group.pk == asked["campaign"])
        rows = [row for row in rows if row.page.pk in members]
    if fold(asked.get("q") or ""):
        wanted = fold(asked["q"])
        rows = [row for row in rows if wanted in fold(row.page.title)]
    return rows


def _has(page, locales, states, kind):
    return any(states[page.translation_key, locale.language_code].kind == kind for locale in locales)


def fill(rows, locales, states, rights):
    """Give each of `rows` its cells, one for each of `locales`; `states` are those of more pages."""
    places = [(row.page.translation_key, locale.language_code) for row in rows for locale in locales]
    states = status.counted({place: states[place] for place in places})
    for row in rows:
        row.cells = [
            _cell(row.page, locale, states[row.page.translation_key, locale.language_code], rights)
            for locale in locales
        ]


def _cell(page, locale, state, rights):
    code = locale.language_code
    cell = Cell(code=code, name=language(code).name, state=state)
    if state.kind == Kind.ORIGINAL:
        return cell
    if state.page_id:
        cell.compare = reverse("translation_side_by_side", args=[page.translation_key, code])
    cell.url = work_address(page, locale, state, rights)
    return cell


def work_address(page, locale, state, rights):
    """Return where the work on this cell is done by somebody with `rights`, None where she has none.

    What waits for a reviewer leads to the review, a missing translation to where it is begun, the rest
    to the editor of the page.
    """
    if state.kind == Kind.ORIGINAL:
        return None
    side_by_side = reverse("translation_side_by_side", args=[page.translation_key, locale.language_code])
    if rights.reviews(locale) and state.kind in (Kind.IN_REVIEW, Kind.APPROVED):
        return side_by_side
    if not rights.translates(locale):
        return None
    if state.page_id is None or state.kind == Kind.OUT_OF_DATE:
        return side_by_side
    return reverse("wagtailadmin_pages:edit", args=[state.page_id])
