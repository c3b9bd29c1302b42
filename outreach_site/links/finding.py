"""Every link and every typed number in the texts of an object: a page, or a record with texts of its own.

Nothing is asked of the database for a page that is loaded, except the records below it that have texts.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from django.conf import settings
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from outreach_site.hotline.models import Hotline
from outreach_site.links import numbers
from outreach_site.links.models import CheckedLink
from outreach_site.links.rich import Rich
from outreach_site.text import LocalizedTextField

Kind = CheckedLink.Kind
LEFT_OUT = {"slug"}
# Remarks of staff to each other, revisions, forms: nothing of what readers see.
NOT_READ = "wagtailcore"
ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
LONGEST_WORDS = 200
AROUND = 40


@dataclass(frozen=True)
class Piece:
    """One value that holds text or a link: where it is, in which language, and what it is."""

    path: str
    model_path: str
    form: str
    value: object
    language: str


@dataclass(frozen=True)
class Found:
    """A link at its place, as `CheckedLink` and `LinkPlace` keep it."""

    kind: str
    address: str
    language: str
    path: str
    model_path: str
    words: str
    is_rich: bool = False


def found_in(thing, records):
    """Yield the `Found` of a page or record; `records` are `numbers.Records`."""
    locale = getattr(thing, "locale", None)
    for piece in pieces(thing, locale.language_code if locale else getattr(thing, "language", "")):
        yield from FORMS[piece.form](piece, records)


# --- the values ----------------------------------------------------------------------------
def pieces(thing, language, path="", model_path=""):
    """Yield the `Piece`s of an object's fields and of the records below it."""
    for field in _fields(type(thing)):
        value = field.value_from_object(thing)
        if not value:
            continue
        at, model_at = f"{path}{field.name}", f"{model_path}{field.name}"
        if isinstance(field, StreamField):
            yield from _of_block(field.stream_block, value.get_prep_value(), at, model_at, language)
        elif isinstance(field, LocalizedTextField):
            yield from (Piece(at, model_at, "plain", text, code) for code, text in value.items() if text)
        else:
            yield Piece(at, model_at, _form_of(field), value, language)
    for name in _relations(type(thing)):
        for child in getattr(thing, name).all():
            yield from pieces(child, language, f"{path}{name}.{child.pk}.", f"{model_path}{name}.")


@cache
def _fields(model):
    left_out = {*LEFT_OUT, *getattr(model, "staff_only", ())}
    return [field for field in model._meta.concrete_fields if field.name not in left_out and _is_text(field)]


def _is_text(field):
    if isinstance(field, (StreamField, RichTextField, LocalizedTextField)):
        return True
    is_words = isinstance(field, (models.CharField, models.TextField)) and not isinstance(
        field, models.SlugField
    )
    return is_words and field.editable and not field.choices


def _form_of(field):
    if isinstance(field, RichTextField):
        return "rich"
    return "url" if isinstance(field, models.URLField) else "plain"


@cache
def _relations(model):
    """The names of the relations to records below `model` that have texts."""
    if not issubclass(model, ClusterableModel):
        return []
    related = [
        relation
        for relation in get_all_child_relations(model)
        if relation.related_model._meta.app_label != NOT_READ
    ]
    return [relation.get_accessor_name() for relation in related if _fields(relation.related_model)]


def _of_block(block, value, path, model_path, language):
    """Yield the pieces of a block's stored value, which needs no query to be read."""
    if value in (None, ""):
        return
    if isinstance(block, blocks.StreamBlock):
        for item in value:
            if child := block.child_blocks.get(item["type"]):
                at = f"{path}.{item['id']}"
                yield from _of_block(child, item["value"], at, f"{model_path}.{item['type']}", language)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), f"{path}.{name}", f"{model_path}.{name}", language)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            at = f"{path}.{item['id']}"
            yield from _of_block(block.child_block, item["value"], at, f"{model_path}.item", language)
    elif form := _form_of_block(block):
        yield Piece(path, model_path, form, value, language)


def _form_of_block(block):
    if isinstance(block, SnippetChooserBlock):
        return "hotline" if issubclass(block.target_model, Hotline) else None
    for kind, form in (
        (blocks.RichTextBlock, "rich"),
        (blocks.RawHTMLBlock, "rich"),
        (blocks.URLBlock, "url"),
        (blocks.PageChooserBlock, "page"),
        (DocumentChooserBlock, "document"),
        ((blocks.CharBlock, blocks.TextBlock), "plain"),
    ):
        if isinstance(block, kind):
            return form
    return None


# --- what is in them -----------------------------------------------------------------------
def _at(piece, kind, address, words="", is_rich=False):
    short = " ".join(words.split())[:LONGEST_WORDS]
    return Found(kind, address, piece.language, piece.path, piece.model_path, short, is_rich)


def _in_rich(piece, records):
    rich = Rich(piece.value)
    for link in rich.links:
        kind, address = target_of(link.attrs, piece.language)
        if kind:
            yield _at(piece, kind, address, link.words, is_rich=True)
    for typed in numbers.find(rich.text, records, piece.language):
        link = rich.link_at(typed.start)
        if link is None or target_of(link.attrs, "")[0] not in (Kind.NUMBER, Kind.HOTLINE):
            yield _at(piece, Kind.NUMBER, typed.key, around(rich.text, typed), is_rich=True)


def target_of(attrs, language):
    """Return (kind, address) of an <a>'s attributes; ("", "") of what leads nowhere by itself."""
    pk = attrs.get("id", "")
    if kind := {"page": Kind.PAGE, "document": Kind.DOCUMENT, "hotline": Kind.HOTLINE}.get(
        attrs.get("linktype")
    ):
        return kind, f"{pk} {language}" if kind == Kind.PAGE else pk
    return of_address(attrs.get("href", ""))


def of_address(href):
    """Return (kind, address) of an address as it stands in a text."""
    href = href.strip()
    scheme, _colon, rest = href.partition(":")
    if scheme.lower() in ("tel", "sms"):
        return Kind.NUMBER, numbers.key_of(unquote(rest).split("?")[0])
    if scheme.lower() == "mailto":
        return Kind.MAIL, unquote(rest).split("?")[0].strip()
    if f"{href}/".startswith(f"{settings.SITE_URL}/"):
        href = href.removeprefix(settings.SITE_URL) or "/"
    if href.startswith("/") and not href.startswith("//"):
        return Kind.OWN, href
    if scheme.lower() in ("http", "https"):
        return Kind.SITE, href
    return "", ""


def around(text, typed):
    """Return a typed number with the words beside it."""
    return text[max(0, typed.start - AROUND) : typed.end + AROUND]


def _in_plain(piece, records):
    text = str(piece.value)
    for match in ADDRESS.finditer(text):
        yield _at(piece, Kind.SITE, match[0].rstrip(".,;:!?)]}"), text)
    for typed in numbers.find(ADDRESS.sub(lambda match: " " * len(match[0]), text), records, piece.language):
        yield _at(piece, Kind.NUMBER, typed.key, around(text, typed))


def _in_url(piece, records):
    kind, address = of_address(str(piece.value))
    if kind:
        yield _at(piece, kind, address)


def _page(piece, records):
    yield _at(piece, Kind.PAGE, f"{piece.value} {piece.language}")


def _document(piece, records):
    yield _at(piece, Kind.DOCUMENT, str(piece.value))


def _hotline(piece, records):
    yield _at(piece, Kind.HOTLINE, str(piece.value))


FORMS = {
    "rich": _in_rich,
    "plain": _in_plain,
    "url": _in_url,
    "page": _page,
    "document": _document,
    "hotline": _hotline,
}
