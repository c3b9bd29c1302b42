"""The screen on which an administrator makes a section with its groups, files and workflow."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList

from outreach_site.editing.records import RecordViewSet
from outreach_site.staff import roles
from outreach_site.staff.models import Section


class SectionForm(WagtailAdminModelForm):
    def clean_page(self):
        page = self.cleaned_data["page"]
        # A section is known by one page for all languages; any of them may be chosen.
        oldest = type(page).objects.filter(translation_key=page.translation_key).order_by("pk").first()
        return oldest or page

    def save(self, commit=True):
        section = super().save(commit)
        if commit:
            return roles.ensure_section(section.page, section.name)
        return section


class SectionViewSet(RecordViewSet):
    model = Section
    icon = "group"
    menu_label = _("Sections")
    add_to_settings_menu = True
    list_display = ["name", "page", "editors", "reviewers", "collection"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("page"),
            HelpPanel(
                _(
                    "Saving makes two groups, for the section's editors and its reviewers, and a collection "
                    "for its files. Then put accounts into these groups, and into no others."
                )
            ),
        ],
        base_form_class=SectionForm,
    )
