"""What editors build a page from. Each block shows them what they will get: icon, one line, preview."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtailmedia.blocks import AbstractMediaChooserBlock

from outreach_site.consent import rules


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        template = "outreach_site/blocks/text.html"
        description = _("Paragraphs, headings, lists and links")
        preview_value = _(
            "<h2>What happens when you call</h2><p>Somebody listens. You need not say your name.</p>"
        )

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "features", ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hotline-link"]
        )
        super().__init__(**kwargs)


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("What it shows"),
        help_text=_("For those who cannot see it. Leave empty only if it adds nothing to the text."),
    )
    caption = blocks.CharBlock(required=False, max_length=300, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "outreach_site/blocks/picture.html"
        description = _("A picture with a caption; people in it need a consent record")
        preview_template = "outreach_site/blocks/picture_preview.html"

    def clean(self, value):
        value = super().clean(value)
        picture = value.get("picture")
        problem = rules.problem_with(picture) if picture else ""
        if problem:
            raise blocks.StructBlockValidationError(block_errors={"picture": ValidationError(problem)})
        return value


class RecordingChooserBlock(AbstractMediaChooserBlock):
    def render_basic(self, value, context=None):
        return str(value or "")


class RecordingBlock(blocks.StructBlock):
    recording = RecordingChooserBlock(label=_("Recording"))

    class Meta:
        icon = "media"
        label = _("Audio or video")
        template = "outreach_site/blocks/recording.html"
        description = _("Sound or film, loaded only when somebody plays it, with its transcript")
        preview_template = "outreach_site/blocks/recording_preview.html"


class CallToActionBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=_("Words on the button"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("or address of another site"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "outreach_site/blocks/call_to_action.html"
        description = _("One button: the thing to do on this page")
        preview_value = {"label": _("Join the campaign"), "url": "https://example.org/"}

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")):
            message = ValidationError(_("Choose a page or write an address: one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        return value


class PageCardBlock(blocks.StructBlock):
    """A page of another app as a card: the page brings its own `card_template`."""

    class Meta:
        template = "outreach_site/blocks/page_card.html"
        preview_template = "outreach_site/blocks/page_card_preview.html"


class MaterialBlock(PageCardBlock):
    page = blocks.PageChooserBlock("campaigns.MaterialPage", label=_("Material"))

    class Meta:
        icon = "doc-full"
        label = _("IEC material")
        description = _("A leaflet, poster or film with its cover")


class EventBlock(PageCardBlock):
    page = blocks.PageChooserBlock("events.EventPage", label=_("Event"))

    class Meta:
        icon = "date"
        label = _("Event")
        description = _("An event with its date and place")


class HotlineBlock(blocks.StructBlock):
    hotline = SnippetChooserBlock(
        "outreach_site.Hotline",
        required=False,
        label=_("Hotline"),
        help_text=_("Empty: the site's main number."),
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Hotline")
        template = "outreach_site/blocks/hotline.html"
        description = _("A number with tariff, hours and languages, always as its record says")
        preview_value = {"hotline": None}


BODY_BLOCKS = [
    ("text", TextBlock(label=_("Text"))),
    ("picture", PictureBlock()),
    ("recording", RecordingBlock()),
    ("call_to_action", CallToActionBlock()),
    ("material", MaterialBlock()),
    ("event", EventBlock()),
    ("hotline", HotlineBlock()),
]
