"""What the screen of links shows: which of them, whose places, in which words."""

from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers
from django import forms
from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtailmedia.permissions import permission_policy as recording_rights

from outreach_site import languages
from outreach_site.hotline.models import Hotline
from outreach_site.links import replacing, words
from outreach_site.links.collecting import RECORDS, Owner
from outreach_site.links.models import CheckedLink, LinkPlace
from outreach_site.pages.files import Recording

Kind, State = CheckedLink.Kind, CheckedLink.State
# The sections of the site are what lies right below a home page.
SECTION_PATH = Page.steplen * 3
ATTENTION, QUIETED, ALL = "attention", "quieted", "all"
# What is worst comes first.
ORDER = [State.BROKEN, State.MOVED, State.UNSURE, State.TYPED, State.NEW, State.OK]


# --- whose places ----------------------------------------------------------------------------
def places_for(user):
    """Return the places that `user` may edit: pages by her rights on them, records by hers on their kind."""
    if user.is_superuser:
        return LinkPlace.objects.all()
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    mine = Q(page__in=pages.order_by().values("pk"))
    for model in RECORDS:
        if model is Recording:
            files = recording_rights.instances_user_has_any_permission_for(user, ["change"])
            mine |= Q(owner__in=[str(Owner.of(one)) for one in files.only("pk")])
        elif user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
            mine |= Q(page=None, owner__startswith=f"{model._meta.label_lower}:")
    return LinkPlace.objects.filter(mine)


def links_for(user, places=None):
    """Return the links that stand in places that `user` may edit."""
    places = places_for(user) if places is None else places
    return CheckedLink.objects.filter(Exists(places.filter(link=OuterRef("pk"))))


# --- which of them ---------------------------------------------------------------------------
class LinksForm(forms.Form):
    """What the screen shows. A choice that does not exist is said, not swallowed."""

    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)

    def __init__(self, *args, sections=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", pgettext_lazy("links", "to look at")),
            *((state.value, state.label) for state in ORDER),
            (QUIETED, pgettext_lazy("links", "called fine by somebody")),
            (ALL, _("all")),
        ]
        self.fields["kind"].choices = [("", _("all")), *Kind.choices]
        self.fields["language"].choices = [
            ("", _("all")),
            *((language.code, language.name) for language in languages.LANGUAGES),
        ]
        self.fields["section"].choices = [("", _("all")), *sections]


def sections_of(places):
    """Return [(path, title)] of the sections in which `places` stand."""
    paths = (
        places.exclude(page=None)
        .annotate(section=Left("page__path", SECTION_PATH))
        .values("section")
        .distinct()
    )
    pages = Page.objects.filter(path__in=paths, depth=3).select_related("locale").order_by("path")
    return [(page.path, f"{page.title} ({page.locale.language_code})") for page in pages]


def chosen(user, answers):
    """Return (links, places) that the answers of a `LinksForm` ask for, the worst first."""
    places = places_for(user)
    if answers.get("language"):
        places = places.filter(language=answers["language"])
    if answers.get("section"):
        places = places.filter(page__path__startswith=answers["section"])
    links = links_for(user, places)
    if answers.get("kind"):
        links = links.filter(kind=answers["kind"])
    return in_order(_in_state(links, answers.get("state") or ATTENTION)), places


def _in_state(links, state):
    if state == ATTENTION:
        return links.troubling()
    if state == QUIETED:
        return links.exclude(quieted_at=None)
    return links if state == ALL else links.filter(state=state)


def in_order(links):
    rank = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(ORDER)))
    # A number that a record can keep right comes before one that nobody can say anything of.
    return links.order_by(
        rank, Case(When(hotline=None, then=Value(1)), default=Value(0)), "-first_failed_at", "pk"
    )


# --- in which words --------------------------------------------------------------------------
@dataclass
class Line:
    """A place, for whoever goes there."""

    place: LinkPlace
    title: str
    kind: str
    language: str
    field: str
    url: str | None
    offer: str = ""
    draft_waits: bool = False


@dataclass
class Row:
    """A link with its places."""

    link: CheckedLink
    name: str
    reason: str
    href: str = ""
    lines: list = field(default_factory=list)


def rows(links, places, user):
    """Return a `Row` for each of `links`, with those of `places` that are its own."""
    links = list(links)
    found = list(
        places.filter(link__in=[link.pk for link in links])
        .select_related("page__locale", "page__content_type")
        .order_by("page__path", "owner", "path")
    )
    names, records = _names(links), _records(found)
    finder = AdminURLFinder(user)
    by_link = {link.pk: Row(link, names[link.pk], words.reason(link), _href(link)) for link in links}
    for place in found:
        row = by_link[place.link_id]
        row.lines.append(_line(place, row.link, records, finder))
    return list(by_link.values())


def _line(place, link, records, finder):
    if place.page_id:
        model, title = place.page.specific_class or Page, place.page.get_admin_display_title()
        url = reverse("wagtailadmin_pages:edit", args=[place.page_id])
    else:
        thing = records.get(place.owner)
        model, title = apps.get_model(Owner.read(place.owner).label), str(thing or "")
        url = finder.get_edit_url(thing) if thing else None
    return Line(
        place=place,
        title=title,
        kind=str(capfirst(model._meta.verbose_name)),
        language=languages.get(place.language).name if place.language else "",
        field=field_label(model, place.model_path),
        # Wagtail's editor scrolls to the block and marks it.
        url=f"{url}#:w:contentpath={place.path}" if url else None,
        offer=replacing.offer(place, link),
        draft_waits=bool(place.page_id and place.page.has_unpublished_changes),
    )


def field_label(model, model_path):
    """Return the names of the field and of the blocks in it: "Text › Call to action"."""
    return " › ".join(str(capfirst(label)) for label in _labels(model, model_path))


@lru_cache(maxsize=500)
def _labels(model, model_path):
    name, *rest = model_path.split(".")
    found = model._meta.get_field(name)
    if getattr(found, "related_model", None) and rest:
        return (found.related_model._meta.verbose_name_plural, *_labels(found.related_model, ".".join(rest)))
    labels, block = [found.verbose_name], found.stream_block if isinstance(found, StreamField) else None
    for name in rest:
        block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(name)
        if block is None:
            break
        if block.label:
            labels.append(block.label)
    # Two blocks of one name, such as a text in a text, are said once.
    return tuple(
        label
        for place, label in enumerate(labels)
        if place == 0 or str(label).casefold() != str(labels[place - 1]).casefold()
    )


def _records(places):
    """Return {owner: record} of the places that are no pages."""
    by_label = {}
    for place in places:
        if place.page_id is None:
            owner = Owner.read(place.owner)
            by_label.setdefault(owner.label, set()).add(owner.pk)
    return {
        f"{label}:{pk}": thing
        for label, pks in by_label.items()
        for pk, thing in apps.get_model(label).objects.in_bulk([int(pk) for pk in pks]).items()
    }


def _names(links):
    """Return {id of the link: what it leads to, by name}."""
    wanted = {kind: [link.address.split(" ")[0] for link in links if link.kind == kind] for kind in Kind}
    titles = {Kind.PAGE: Page.objects, Kind.DOCUMENT: get_document_model().objects}
    found = {
        kind: dict(
            objects.filter(pk__in=[pk for pk in wanted[kind] if pk.isdigit()]).values_list("pk", "title")
        )
        if wanted[kind]
        else {}
        for kind, objects in titles.items()
    }
    if wanted[Kind.HOTLINE]:
        found[Kind.HOTLINE] = Hotline.objects.in_bulk(
            [int(pk) for pk in wanted[Kind.HOTLINE] if pk.isdigit()]
        )
    return {link.pk: _name(link, found.get(link.kind)) for link in links}


def _name(link, titles):
    if link.kind == Kind.NUMBER:
        return written(link.address)
    if titles is None:
        return link.address
    pk = link.address.split(" ")[0]
    return str(
        titles.get(int(pk) if pk.isdigit() else None) or gettext("deleted (number %(pk)s)") % {"pk": pk}
    )


def written(key):
    """Return a number as people read it."""
    if not key.startswith("+"):
        return key
    try:
        number = phonenumbers.parse(key)
    except phonenumbers.NumberParseException:
        return key
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _href(link):
    return link.address if link.kind in (Kind.SITE, Kind.OWN) else ""
