"""What staff ask for when they print."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.printing import sheets
from campaigns.printing.models import PrintJob, language_choices


class StickerForm(forms.Form):
    """How many stickers, in which language."""

    number = forms.IntegerField(
        label=_("How many stickers"), min_value=1, initial=sheets.STICKERS_A_SHEET, widget=forms.NumberInput
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number > sheets.MOST_STICKERS:
            raise forms.ValidationError(
                _(
                    "At most %(most)s stickers at a time; you asked for %(number)s. Print the sheet several times."
                )
                % {"most": sheets.MOST_STICKERS, "number": number}
            )
        return number


class PosterForm(forms.Form):
    """Which size, and in which of the languages that are published."""

    kind = forms.ChoiceField(
        label=_("Size"),
        choices=[
            (PrintJob.Kind.POSTER_A4, PrintJob.Kind.POSTER_A4.label),
            (PrintJob.Kind.POSTER_A3, PrintJob.Kind.POSTER_A3.label),
        ],
    )
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, published, **kwargs):
        """published: codes of the languages in which the material is published."""
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [choice for choice in language_choices() if choice[0] in published]
