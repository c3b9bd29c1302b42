"""Machine translation that leaves alone what must reach a reader unharmed.

`Guarded` wraps the service that is configured. Hotline numbers, keywords, addresses, code and placeholders
are replaced by tokens before a string leaves the site; a string whose tokens do not all come back once,
or which does not fit its field, stays untranslated. The drafts are marked and need a person's approval.
"""

import re

from django.utils.module_loading import import_string
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import String, StringSegment
from wagtail_localize.strings import StringValue

from outreach_site.translation import protected
from outreach_site.translation.faults import faults, limit_of

# Letters and digits without a meaning in any language: services leave such words as they are.
TOKEN = "ZX{}QZ"


class Guarded(BaseMachineTranslator):
    """Options: CLASS, dotted name of the service's translator, and OPTIONS, its own."""

    def __init__(self, options):
        super().__init__(options)
        self.service = import_string(options["CLASS"])(options.get("OPTIONS", {}))
        self.display_name = self.service.display_name

    def can_translate(self, source_locale, target_locale):
        return self.service.can_translate(source_locale, target_locale)

    def translate(self, source_locale, target_locale, strings):
        """Return {StringValue: StringValue} for the strings that came back whole."""
        pattern = protected.pattern()
        hidden = {string: _hide(string.data, pattern) for string in strings}
        asked = {string: StringValue(text) for string, (text, _kept) in hidden.items()}
        answers = self.service.translate(source_locale, target_locale, list(set(asked.values())))
        found = {}
        for string, (_text, kept) in hidden.items():
            answer = answers.get(asked[string])
            text = _restore(answer.data, kept) if answer is not None and answer.data else None
            if text is not None and not _misfits(string.data, text, source_locale):
                found[string] = StringValue(text)
        return found


def _hide(text, pattern):
    """Return the text with tokens, and the list of what they stand for. Tags are not looked into."""
    kept = []

    def token(match):
        kept.append(match[0])
        return TOKEN.format(len(kept))

    return pattern.sub(token, text), kept


def _restore(text, kept):
    """Return the text with everything in its place again; None when a token is lost, doubled or new."""
    tokens = [TOKEN.format(number) for number in range(1, len(kept) + 1)]
    if sorted(re.findall(TOKEN.format(r"\d+"), text)) != sorted(tokens):
        return None
    for token, original in zip(tokens, kept, strict=True):
        text = text.replace(token, original)
    return text


def _misfits(source, text, source_locale):
    """Return whether `text` could not be saved in some place where `source` stands."""
    segments = StringSegment.objects.filter(
        string__locale=source_locale, string__data_hash=String._get_data_hash(source)
    ).select_related("context__object")
    limits = [limit_of(segment.context) for segment in segments] or [(None, "")]
    words = protected.demanded()
    return any(faults(source, text, limit, label, words=words) for limit, label in limits)
