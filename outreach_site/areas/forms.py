"""The area chooser: one text box, which JavaScript makes a combobox and the server understands anyway.

Sent are `<name>` (what is in the box), `<name>_pick` (an area's id) and `<name>_for` (the text to
which that id belongs). While the box still reads `_for`, the pick counts; any other text is searched.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outreach_site import languages
from outreach_site.areas import chooser
from outreach_site.areas.models import Area


@dataclass(frozen=True)
class Answer:
    """What came with a form. `text_of_pick` is None when the form did not say."""

    text: str = ""
    pick: str = ""
    text_of_pick: str | None = None

    @property
    def is_picked(self):
        return bool(self.pick) and self.text_of_pick in (None, self.text)

    @property
    def is_empty(self):
        return not self.text.strip() and not (self.pick and self.text_of_pick is None)


class AreaWidget(forms.Widget):
    """The box; radio buttons too when what was typed fits several areas."""

    template_name = "outreach_site/widgets/area.html"

    class Media:
        css = {"all": ["outreach_site/css/area-chooser.css"]}
        js = [Script("outreach_site/js/area-chooser.js", type="module")]

    def value_from_datadict(self, data, files, name):
        return Answer(
            text=" ".join(data.get(name, "").split()),
            pick=data.get(f"{name}_pick", ""),
            text_of_pick=" ".join(data[f"{name}_for"].split()) if f"{name}_for" in data else None,
        )

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_pick" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        language = get_language()
        own = languages.interface_code(language)
        # Where our own words are not in the reader's language, they say in which one they are.
        words_in = "" if own == language else own
        context["widget"].update(_shown(value), url=_search_url(), language=language, words_in=words_in)
        return context


def _shown(value):
    """Return what the widget shows for an area, an id, an `Answer` or nothing."""
    found = chooser.Found(None, [], False)
    if isinstance(value, Answer):
        area = _area_with_id(value.pick) if value.is_picked else None
        if area is None and not value.is_empty:
            found = chooser.find(value.text)
    else:
        area = value if isinstance(value, Area) else _area_with_id(value)
    area = area or found.area
    if area:
        return {"text": area.label, "pick": area.pk, "matches": [], "more": False}
    text = value.text if isinstance(value, Answer) else ""
    return {"text": text, "pick": "", "matches": found.matches, "more": found.more}


def _area_with_id(pk):
    """Return the area with the id `pk`, as a number or as text; None when there is none."""
    text = str(pk or "")
    # Longer numbers are no ids, and some databases cannot even compare them.
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        return None
    return Area.objects.with_edition().filter(pk=int(text)).first()


def _search_url():
    """Where the combobox asks; "" leaves the plain box when the site has no such address."""
    try:
        return reverse("areas:search")
    except NoReverseMatch:
        return ""


class AreaField(forms.Field):
    """Asks for one area; cleans to an `Area`, or to None when left empty and not required."""

    widget = AreaWidget
    default_error_messages = {
        "several": _("Several places match. Choose one."),
        "none": _("No place of that name. Check the spelling, or write the district or province too."),
        "unknown": _("This place is not in the list. Search for it again."),
    }

    def to_python(self, value):
        """Return the area meant by an `Answer`, an area or an id. Raises ValidationError."""
        if value in self.empty_values or isinstance(value, Area):
            return value or None
        if not isinstance(value, Answer):
            value = Answer(pick=str(value))
        if value.is_empty:
            return None
        if value.is_picked:
            return self._picked(value.pick)
        found = chooser.find(value.text)
        if not found.area:
            raise self._error("several" if found.matches else "none")
        return found.area

    def _picked(self, pick):
        area = _area_with_id(pick)
        if area is None:
            raise self._error("unknown")
        return area

    def _error(self, code):
        return ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial, data):
        before = initial.pk if isinstance(initial, Area) else initial
        try:
            after = self.to_python(data)
        except ValidationError:
            return True
        return (after.pk if after else None) != (before or None)
