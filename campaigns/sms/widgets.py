"""A box to write a text in, with its parts and cost below."""

from django.conf import settings
from django.forms.widgets import Script
from wagtail.admin.widgets import AdminAutoHeightTextInput

from campaigns.sms import composing


class SmsTextInput(AdminAutoHeightTextInput):
    """Says below the box how many parts the text makes, as it is stored and while it changes.

    `price` of a part is set by the form, once for all its boxes.
    """

    template_name = "campaigns/widgets/sms_text.html"
    price = 0

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        measured = composing.measure(str(value or ""))
        context["widget"] |= {
            "measure": measured,
            "price": self.price,
            "cost": measured.parts * self.price,
            "currency": settings.SMS_CURRENCY,
        }
        return context

    class Media:
        js = [Script("campaigns/sms/parts.js", type="module")]
