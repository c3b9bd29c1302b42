from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.reach.ledger import MOST_CONTACTS, AgeBand, Sex
from events.pages.models import EventPage
from outreach_site.areas.forms import AreaField

# "Women" says more at the roadside than "female, 18 to 59".
GROUPS = {
    (Sex.FEMALE, AgeBand.CHILD): _("Girls (under 18)"),
    (Sex.MALE, AgeBand.CHILD): _("Boys (under 18)"),
    (Sex.NOT_RECORDED, AgeBand.CHILD): _("Children, sex not recorded"),
    (Sex.FEMALE, AgeBand.ADULT): _("Women (18 to 59)"),
    (Sex.MALE, AgeBand.ADULT): _("Men (18 to 59)"),
    (Sex.NOT_RECORDED, AgeBand.ADULT): _("Adults, sex not recorded"),
    (Sex.FEMALE, AgeBand.OLDER): _("Women of 60 and over"),
    (Sex.MALE, AgeBand.OLDER): _("Men of 60 and over"),
    (Sex.NOT_RECORDED, AgeBand.OLDER): _("People of 60 and over, sex not recorded"),
    (Sex.FEMALE, AgeBand.NOT_RECORDED): _("Women and girls, age not recorded"),
    (Sex.MALE, AgeBand.NOT_RECORDED): _("Men and boys, age not recorded"),
    (Sex.NOT_RECORDED, AgeBand.NOT_RECORDED): _("Not recorded: neither sex nor age"),
}


def field_name(sex, age_band):
    """Return the name of the form field for one group: "people_f_18-59", "people__"."""
    return f"people_{sex}_{age_band}"


class HeadCountForm(forms.Form):
    """How many came, by sex and age band. Empty boxes are zero."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    event = forms.ModelChoiceField(label=_("Event"), queryset=EventPage.objects.none())
    day = forms.DateField(label=_("Day"), help_text=_("Day/month/year"))
    area = AreaField(label=_("Place"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("No names of people, please.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = EventPage.objects.originals().held_by()
        for (sex, band), label in GROUPS.items():
            self.fields[field_name(sex, band)] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=MOST_CONTACTS,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-people": ""}),
                error_messages={
                    "min_value": _("Fewer than nobody cannot come: write 0 or more."),
                    "max_value": _(
                        "That is more people than one count can hold. Is it a slip of the finger?"
                    ),
                    "invalid": _("Write a whole number."),
                },
            )

    def groups(self):
        """The bound fields of the groups, in the order in which they are asked."""
        return [self[field_name(sex, band)] for sex, band in GROUPS]

    def people(self):
        """Return {(sex, age band): number}, zeros left out."""
        cells = {key: self.cleaned_data.get(field_name(*key)) or 0 for key in GROUPS}
        return {key: number for key, number in cells.items() if number}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        data = super().clean()
        event, day = data.get("event"), data.get("day")
        if event and day and day < event.starts_on:
            self.add_error("day", _("The event had not begun yet on this day."))
        if not self.errors:
            total = sum(self.people().values())
            if not total:
                raise forms.ValidationError(
                    _("Nobody is counted yet. Write how many came in one of the boxes.")
                )
            if total > MOST_CONTACTS:
                raise forms.ValidationError(
                    _("That is more people than one count can hold. Is it a slip of the finger?")
                )
        return data
