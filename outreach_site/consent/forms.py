from wagtail.admin.forms import WagtailAdminPageForm

from outreach_site.consent import rules


class SitePageForm(WagtailAdminPageForm):
    """The form of every page of the site: no picture of people who have not agreed."""

    def _post_clean(self):
        super()._post_clean()
        for path, picture, problem in rules.problems_of(self.instance):
            field = path.split(".")[0]
            # A block says itself what is wrong with its picture.
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, f"{picture.title}: {problem}")
