"""The form of a campaign: what its parts have to agree on."""

from django.utils.translation import gettext_lazy as _

from campaigns.pages import keywords, targets
from campaigns.sms import composing
from campaigns.sms.widgets import SmsTextInput
from outreach_site.consent.forms import SitePageForm


class CampaignPageForm(SitePageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        boxes = self._text_boxes()
        price = composing.price_of_a_part() if boxes else 0
        for box in boxes.values():
            box.widget.price = price

    def _text_boxes(self):
        """Return {name: field} of the texts that phones get."""
        return {name: field for name, field in self.fields.items() if isinstance(field.widget, SmsTextInput)}

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The campaign ends before it starts."))
        elif starts and ends and data.get("keyword"):
            self._check_keyword(data["keyword"], starts, ends)
        self._check_texts(data)
        self._check_targets(starts)
        self._check_what_the_original_keeps()
        return data

    def _check_keyword(self, keyword, starts, ends):
        other = keywords.collision(keyword, starts, ends, except_key=self.instance.translation_key)
        if other:
            message = _(
                "“%(keyword)s” cannot be told from “%(other)s” of the campaign “%(title)s”, which runs then too."
            )
            self.add_error(
                "keyword", message % {"keyword": keyword, "other": other.keyword, "title": other.title}
            )

    def _check_texts(self, data):
        for name in self._text_boxes():
            for refusal in composing.refusals(data.get(name), self.instance.locale.language_code):
                self.add_error(name, refusal)

    def _check_targets(self, starts_on):
        areas = [data["area"] for _form, data in self._rows("aims") if data.get("area")]
        for form, data in self._rows("targets"):
            for name, message in targets.problems(data, starts_on=starts_on, areas=areas):
                form.add_error(name, message)

    def _check_what_the_original_keeps(self):
        original = self.instance.original
        if original is self.instance:
            return
        for name in self.instance.kept_with_original:
            if any(True for _row in self._rows(name)):
                message = _(
                    "Partners and targets stand with the original page, “%(title)s”: enter them there."
                )
                self.add_error(None, message % {"title": original.title})
                return

    def _rows(self, name):
        """Yield (form, cleaned data) of the rows of a part that are to stay."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_bound:
            return
        formset.is_valid()
        for form in formset.forms:
            data = getattr(form, "cleaned_data", None)
            if data and not data.get("DELETE"):
                yield form, data
