"""What is wrong with one translated string, told in the reader's language before it is saved."""

from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.strings import INLINE_TAGS, StringValue, extract_ids

from outreach_site.translation import protected
from outreach_site.translation.protected import PLACEHOLDER

NEVER_CLOSED = {"br"}


ASK = object()


class StringRefused(ValidationError):
    """A translated string that cannot be kept; `messages` say why."""


def faults(source, text, limit=None, label="", words=ASK):
    """Return what is wrong with `text` as the translation of `source`: sentences, none when all is well.

    Both are wagtail-localize's HTML without attributes; `limit` is in characters as a reader sees them.
    Whoever judges many strings asks `protected.demanded` once and hands it on as `words`.
    """
    words = protected.demanded() if words is ASK else words
    try:
        seen = StringValue.from_translated_html(text).render_text()
    except ValueError as error:
        return [str(error)]
    return [
        *_too_long(seen, limit, label),
        *_links(source, text),
        *_placeholders(source, text),
        *_numbers(source, text, words),
        *_tags(text),
    ]


def faults_of(string_translation, words=ASK):
    """Return the faults of a StringTranslation in its context, before or after it was saved."""
    context = string_translation.context
    limit, label = (None, "") if context is None else limit_of(context)
    return faults(string_translation.translation_of.data, string_translation.data, limit, label, words)


def refuse_faulty(instance, raw=False, update_fields=None, **_signal):
    """Keep a faulty string from being saved, whichever way it came. A signal receiver.

    Raises StringRefused.
    """
    if raw or (update_fields is not None and "data" not in update_fields):
        return
    if found := faults_of(instance):
        raise StringRefused(found)


def limit_of(context):
    """Return (most characters or None, the field's name) for a TranslationContext."""
    model = _model_of(context)
    names = (context.field_path or context.path).split(".")
    try:
        field = model._meta.get_field(names[0])
    except Exception:
        return None, names[0]
    if isinstance(field, StreamField):
        return _limit_in_blocks(field.stream_block, names[1:])
    if field.is_relation and len(names) > 1:
        field = field.related_model._meta.get_field(names[-1])
    return getattr(field, "max_length", None), capfirst(getattr(field, "verbose_name", names[0]))


def _model_of(context):
    source = context.object.sources.select_related("specific_content_type").first()
    return (source.specific_content_type if source else context.object.content_type).model_class()


def _limit_in_blocks(block, names):
    for name in names:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(name, block)
    # Rich text is cut into paragraphs; its limit is not that of one of them.
    limit = None if isinstance(block, blocks.RichTextBlock) else getattr(block.field, "max_length", None)
    return limit, capfirst(block.label or names[-1])


def _too_long(seen, limit, label):
    over = len(seen) - limit if limit else 0
    if over <= 0:
        return []
    return [
        ngettext(
            "“%(field)s” is %(over)d character too long: it has %(length)d and may have %(limit)d.",
            "“%(field)s” is %(over)d characters too long: it has %(length)d and may have %(limit)d.",
            over,
        )
        % {"field": label, "over": over, "length": len(seen), "limit": limit}
    ]


def _links(source, text):
    lost, new = extract_ids(source) - extract_ids(text), extract_ids(text) - extract_ids(source)
    found = []
    if lost:
        found.append(_("The link %(link)s of the original is missing.") % {"link": _anchors(lost)})
    if new:
        found.append(_("The original has no link %(link)s.") % {"link": _anchors(new)})
    return found


def _anchors(ids):
    return ", ".join(f'<a id="{name}">' for name in sorted(ids))


def _placeholders(source, text):
    asked, given = sorted(PLACEHOLDER.findall(source)), sorted(PLACEHOLDER.findall(text))
    if asked == given:
        return []
    lost = [name for name in asked if name not in given]
    if lost:
        return [
            _("“%(name)s” of the original must stand in the translation as it is.")
            % {"name": ", ".join(lost)}
        ]
    return [
        _("The translation must hold the same placeholders as the original: %(names)s.")
        % {"names": ", ".join(asked) or "–"}
    ]


def _numbers(source, text, words):
    """Hotline numbers and keywords of the original that a reader of `text` would not find."""
    lost = set(words.findall(source)) - set(words.findall(text)) if words else set()
    return [
        _("“%(name)s” of the original must stand in the translation as it is.") % {"name": name}
        for name in sorted(lost)
    ]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.stray = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag in INLINE_TAGS and tag not in NEVER_CLOSED:
            self.stray.append(tag)


def _tags(text):
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return [
        _("The tag <%(tag)s> is not opened and closed in order.") % {"tag": tag}
        for tag in sorted(set(parser.open + parser.stray))
    ]
