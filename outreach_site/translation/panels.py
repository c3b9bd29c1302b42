"""What translation adds to the form of a page."""

from wagtail.admin.panels import Panel
from wagtail_localize.models import TranslationSource


class MinorEditPanel(Panel):
    """A switch on a page that has translations: this time they stay valid. It is not stored with the page."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "outreach_site/admin/minor_edit.html"

        def is_shown(self):
            page = self.instance
            return (
                bool(page.pk)
                and TranslationSource.objects.filter(
                    object_id=page.translation_key, locale_id=page.locale_id, translations__enabled=True
                ).exists()
            )
