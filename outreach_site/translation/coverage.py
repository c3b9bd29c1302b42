"""How much of the site, or of one campaign, readers of a language get."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from outreach_site.languages import get as language
from outreach_site.translation import desk, status

# Apps above register a function under this hook; it returns the page type that other pages belong to.
HOOK = "register_translation_groups"
# A page belongs to a group through a field of this name ("campaign", "campaigns"), not by a link in its text.
FIELD = "campaign"


@dataclass(frozen=True)
class Figure:
    """Of `pages` published originals, how many readers of the language get; shares are whole per cents.

    current     published and up to date in the language, or written in it
    with_audio  with a recording in the language
    """

    code: str
    name: str
    pages: int
    current: int
    with_audio: int

    @property
    def share(self):
        return 100 * self.current // self.pages if self.pages else 0

    @property
    def audio_share(self):
        return 100 * self.with_audio // self.pages if self.pages else 0


@dataclass(frozen=True)
class Group:
    """A page, its title, and the pks of the pages that belong to it, itself included."""

    pk: int
    title: str
    members: frozenset


def figures(pages, locales, states):
    """Return one `Figure` a language of those of `pages` (originals) that are published."""
    live = [page for page in pages if page.live]
    return [
        Figure(
            code=locale.language_code,
            name=language(locale.language_code).name,
            pages=len(live),
            current=sum(states[page.translation_key, locale.language_code].is_current for page in live),
            with_audio=sum(states[page.translation_key, locale.language_code].has_audio for page in live),
        )
        for locale in locales
    ]


def groups(pages):
    """Return the `Group`s among `pages` (originals): those of the types that the apps above register."""
    models = [register() for register in hooks.get_hooks(HOOK)]
    types = {kind.pk for kind in ContentType.objects.get_for_models(*models).values()}
    heads = [page for page in pages if page.content_type_id in types]
    members = _members([page.pk for page in heads])
    return [Group(page.pk, page.title, frozenset({page.pk, *members[page.pk]})) for page in heads]


def of_page(page):
    """Return the `Figure`s of one campaign and of what belongs to it, a language each."""
    members = {page.pk, *_members([page.pk])[page.pk]}
    older = Page.objects.filter(pk__in=members).order_by("pk")
    pages = list({member.translation_key: member for member in reversed(older)}.values())
    locales = desk.locales()
    return figures(pages, locales, status.of(pages, locales, with_progress=False))


def by_group(groups, pages, locales, states):
    """Return [(Group, [Figure])] of those groups of which `pages` holds something."""
    found = []
    for group in groups:
        own = [page for page in pages if page.pk in group.members]
        if own:
            found.append((group, figures(own, locales, states)))
    return found


def _members(head_ids):
    """Return {head pk: [pk of a page that names it in its field]} in one query."""
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        base_content_type=kind,
        to_content_type=kind,
        to_object_id__in=[str(pk) for pk in head_ids],
        model_path__startswith=FIELD,
    )
    members = defaultdict(list)
    for page_id, head_id in references.values_list("object_id", "to_object_id"):
        members[int(head_id)].append(int(page_id))
    return members
