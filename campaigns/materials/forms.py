"""What an editor has to give before a material may be published. A draft may be saved without."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


def says_something(body):
    """Return whether the StreamField `body` has a text, or a recording with its transcript."""
    for block in body or ():
        if block.block_type == "text" and str(block.value.source if block.value else "").strip():
            return True
        if block.block_type == "recording" and block.value["recording"].transcript.strip():
            return True
    return False


def lacking_words(files, body):
    """Return a sentence on the `files` (`MaterialFile`s) that nobody can read without opening them, or "".

    The `body` of the page speaks for all of them.
    """
    mute = [] if says_something(body) else [str(file) for file in files if not file.in_words]
    if not mute:
        return ""
    return _(
        "Before this is published, write what it says: “%(files)s” has no text that a reader "
        "without the file, or with a screen reader, could use. You can save it as a draft."
    ) % {"files": "”, “".join(mute)}


class MaterialPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "also_in" in self.fields:
            self.fields["also_in"].queryset = self.fields["also_in"].queryset.model.objects.originals()
        if self.is_translation():
            for name in ("kind", "campaign", "topics", "also_in", "licence", "consent_reference"):
                self.fields.pop(name, None)

    def is_translation(self):
        return self.instance.pk is not None and self.instance.original.pk != self.instance.pk

    def clean(self):
        data = super().clean()
        files = self._files()
        if files and self.is_translation():
            self.add_error(
                None,
                _("Files are kept with “%(title)s”. Add the file there and say which language it is in.")
                % {"title": self.instance.original.title},
            )
        lacking = "" if self.is_deferred_validation else lacking_words(files, data.get("body"))
        if lacking:
            self.add_error("body", lacking)
        return data

    def _files(self):
        formset = self.formsets["files"]
        if not formset.is_bound or not formset.is_valid():
            return []
        return [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and form.instance.content
        ]
