"""The lists of words that texts are understood by, kept by staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from campaigns.sms.words.models import CommandWord, CryPhrase, ShortForm
from outreach_site.editing.records import RecordViewSet

SEES_COMMANDS = "campaigns.view_commandword"
SEES_PHRASES = "campaigns.view_cryphrase"
SEES_SHORT_FORMS = "campaigns.view_shortform"


class CommandWordViewSet(RecordViewSet):
    model = CommandWord
    icon = "tag"
    menu_label = _("Command words")
    list_display = list_export = ["word", "asks_for", "language", "alone"]
    list_filter = ["asks_for", "language"]
    search_fields = ["word", "squashed"]
    copy_view_enabled = False


class CryPhraseViewSet(RecordViewSet):
    model = CryPhrase
    icon = "openquote"
    menu_label = _("Phrases of cries")
    list_display = list_export = ["phrase", "weight", "language"]
    list_filter = ["weight", "language"]
    search_fields = ["phrase"]
    copy_view_enabled = False


class ShortFormViewSet(RecordViewSet):
    model = ShortForm
    icon = "cut"
    menu_label = _("Short forms")
    list_display = list_export = ["short", "word", "language"]
    list_filter = ["language"]
    search_fields = ["short", "word"]
    copy_view_enabled = False


register_snippet(CommandWordViewSet)
register_snippet(CryPhraseViewSet)
register_snippet(ShortFormViewSet)
