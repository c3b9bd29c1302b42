"""A new address, or a hotline record, put into a new draft of a page. Readers see it once somebody publishes it."""

from html import escape

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from outreach_site.links import numbers
from outreach_site.links.finding import of_address, target_of
from outreach_site.links.models import CheckedLink
from outreach_site.links.rich import Rich
from outreach_site.translation import gates

Kind, State = CheckedLink.Kind, CheckedLink.State


class NotReplaced(Exception):
    """The draft stayed as it is; the words say why and what to do."""


def offer(place, link):
    """Return what a button beside the place may put in: "address", "hotline", or "" for nothing."""
    if place.page_id is None:
        return ""
    if link.kind == Kind.SITE and link.state == State.MOVED and link.new_address:
        return "address"
    return "hotline" if link.kind == Kind.NUMBER and link.hotline_id and place.is_rich else ""


@transaction.atomic
def replace(place, user):
    """Put what is offered at `place` into a new draft of its page. Returns the page.

    Raises PermissionDenied, or NotReplaced where the text is a translation kept in strings, is locked, or
    has changed meanwhile.
    """
    what = offer(place, place.link)
    page = Page.objects.select_for_update().get(pk=place.page_id).specific if what else None
    if page is None:
        raise NotReplaced(_("There is nothing to put in here. Change the text by hand."))
    tester = page.permissions_for_user(user)
    if not tester.can_edit():
        raise PermissionDenied
    if tester.page_locked():
        raise NotReplaced(_("The page is locked, or waits for approval. Try again when it is free."))
    record = gates.translation_of(page)
    if record and record.enabled:
        raise NotReplaced(
            _("This text is a translation: replace it in the original, the translation follows.")
        )
    draft = page.get_latest_revision_as_object()
    change = _with_hotline(place) if what == "hotline" else _with_address(place.link)
    if not _change(draft, place.path, change):
        raise NotReplaced(
            _("It is not in the newest draft any more. Publish that draft, or change it by hand.")
        )
    draft.save_revision(user=user, log_action=True)
    return draft


# --- where -----------------------------------------------------------------------------------
def _change(page, path, change):
    """Put `change(value, is_rich)` in the place of the value at `path`. Returns whether anything changed."""
    name, _dot, rest = path.partition(".")
    field = page._meta.get_field(name)
    if not isinstance(field, StreamField):
        old = field.value_from_object(page)
        new = change(old, isinstance(field, RichTextField))
        setattr(page, name, new)
        return new != old
    stream = field.value_from_object(page)
    data = stream.get_prep_value()
    if not _change_block(field.stream_block, data, rest.split("."), change):
        return False
    setattr(page, name, field.stream_block.to_python(data))
    return True


def _change_block(block, value, path, change):
    """Change the stored value `value` of `block`, in place, at `path` below it."""
    if isinstance(block, blocks.StructBlock):
        return _change_at(value, path[0], block.child_blocks.get(path[0]), path[1:], change)
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        item = next((item for item in value if item["id"] == path[0]), None)
        if item is None:
            return False
        child = (
            block.child_blocks.get(item["type"])
            if isinstance(block, blocks.StreamBlock)
            else block.child_block
        )
        return _change_at(item, "value", child, path[1:], change)
    return False


def _change_at(holder, key, block, rest, change):
    if block is None or holder.get(key) is None:
        return False
    if rest:
        return _change_block(block, holder[key], rest, change)
    new = change(holder[key], isinstance(block, blocks.RichTextBlock))
    changed = new != holder[key]
    holder[key] = new
    return changed


# --- what ------------------------------------------------------------------------------------
def _with_address(link):
    def change(value, is_rich):
        if is_rich:
            return _spliced(value, [piece for one in Rich(value).links for piece in _href(value, one, link)])
        return link.new_address if value == link.address else value.replace(link.address, link.new_address)

    return change


def _href(html, anchor, link):
    if of_address(anchor.attrs.get("href", "")) == (Kind.SITE, link.address):
        tag_end = html.index(">", anchor.start) + 1
        old = f'href="{escape(anchor.attrs["href"])}"'
        tag = html[anchor.start : tag_end]
        new = f'href="{escape(link.new_address)}"'
        # Quotes and signs may be kept plain or escaped.
        plain = f'href="{anchor.attrs["href"]}"'
        yield anchor.start, tag_end, tag.replace(old, new) if old in tag else tag.replace(plain, new)


def _with_hotline(place):
    hotline, key, language = place.link.hotline, place.link.address, place.language
    inline = f'<a linktype="hotline" id="{hotline.pk}">{escape(hotline.number)}</a>'

    def change(value, is_rich):
        rich = Rich(value)
        pieces = [
            (one.start, one.end, inline)
            for one in rich.links
            if target_of(one.attrs, "") == (Kind.NUMBER, key)
        ]
        for typed in numbers.find(rich.text, numbers.Records(), language):
            start, end = rich.span(typed.start, typed.end)
            is_plain = rich.link_at(typed.start) is None and "<" not in value[start:end]
            if typed.key == key and is_plain:
                pieces.append((start, end, inline))
        return _spliced(value, pieces)

    return change


def _spliced(html, pieces):
    """Return `html` with [(start, end, text)] put in; the pieces do not overlap."""
    for start, end, text in sorted(pieces, reverse=True):
        html = html[:start] + text + html[end:]
    return html
