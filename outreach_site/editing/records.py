"""Records that have no history (numbers, print runs, consent records, settings): the same promise as for pages.

A form carries a digest of what it showed. When what it would show now is something else, nothing is saved:
the form comes back with what was typed, and says beside each field that differs what the newer version has.
Saving once more puts the own text in its place.
"""

import hashlib
import json

from django import forms
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.settings import views as settings_views
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.log_actions import registry as log_registry
from wagtail.snippets.views import snippets

from outreach_site.editing.versions import FIELD, in_a_sentence


class OpenedVersion(forms.CharField):
    """Hidden: what the form showed when it was opened. Never a change by itself."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def has_changed(self, initial, data):
        return False


def carry(form):
    """Have `form`, a ModelForm, say what it was opened on."""
    # Asked when the form is drawn: a view may take fields away until then.
    form.fields[FIELD] = OpenedVersion(initial=lambda: stamp(form, form.fields))


def stamp(form, names):
    """Return "<digest>@<now>" of what the unbound `form` shows in the fields `names` and in its rows."""
    return f"{digest(form, names)}@{timezone.now().isoformat()}"


def digest(form, names):
    shown = json.dumps(_shown(form, names), default=_plain, sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:24]


def _shown(form, names):
    fields = {name: _stored(form.initial[name]) for name in names if name in form.initial}
    rows = {
        key: [(row.instance.pk, _shown(row, row.fields)) for row in formset.initial_forms]
        for key, formset in getattr(form, "formsets", {}).items()
    }
    return {"fields": fields, "rows": rows}


def _stored(value):
    """Many related rows come in no order."""
    if isinstance(value, (list, models.QuerySet)):
        return sorted(map(_plain, value)) if all(isinstance(one, models.Model) for one in value) else value
    return value


def _plain(value):
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.name if isinstance(value, FieldFile) else str(value)


def is_behind(form, newest):
    """Return whether the bound `form` was opened on something else than `newest`, a form unbound, shows now.

    A form that does not say what it was opened on (a script, a test) is not asked.
    """
    sent, _at, _time = form.data.get(form.add_prefix(FIELD), "").partition("@")
    return bool(sent) and sent != digest(newest, form.fields)


def bring_back(form, newest, user):
    """Make the valid `form` one that was not saved: it says what `newest` has. Returns the sentence about it."""
    differs = [name for name in form.changed_data if name in newest.initial and _differs(form, newest, name)]
    for name in differs:
        there = Truncator(in_words(newest.instance, name, newest.initial[name])).chars(300)
        form.add_error(name, _("In the newer version: %(value)s") % {"value": there})
    rows = [
        str(capfirst(formset.model._meta.verbose_name_plural))
        for key, formset in getattr(form, "formsets", {}).items()
        if formset.has_changed() or _rows(formset) != _rows(newest.formsets[key])
    ]
    opened = parse_datetime(form.data[form.add_prefix(FIELD)].partition("@")[2])
    # The next saving knows of this newer version, and of no other.
    form.data = form.data.copy()
    form.data[form.add_prefix(FIELD)] = stamp(newest, form.fields)
    sentences = [
        who_saved(newest.instance, opened, user),
        _("Nothing was saved: what you wrote is in the form below."),
    ]
    if differs:
        sentences.append(_("Beside each field that differs stands what the newer version has."))
    if rows:
        sentences.append(_("Look at these too: %(names)s.") % {"names": ", ".join(rows)})
    sentences.append(_("Save once more to put yours in its place."))
    return " ".join(sentences)


def _differs(form, newest, name):
    """Return whether the valid `form` has something else in the field `name`: a widget may say so too early."""
    mine = forms.models.model_to_dict(form.instance, fields=[name]).get(name, form.cleaned_data.get(name))
    if isinstance(mine, list):
        # Many related rows: the instance has them only after saving.
        mine = list(form.cleaned_data.get(name) or [])
    # A database may give the keys of a JSON field back in another order.
    ours, theirs = (
        json.dumps(_stored(value), default=_plain, sort_keys=True) for value in (mine, newest.initial[name])
    )
    return ours != theirs


def _rows(formset):
    return [row.instance.pk for row in formset.initial_forms]


def who_saved(instance, since, user):
    """Return the sentence that says who saved the newer version, and when. A machine leaves no name."""
    entry = log_registry.get_logs_for_instance(instance).order_by("-timestamp").first()
    if entry is None or since is None or entry.timestamp < since:
        return _("There is a newer version by now.")
    return in_a_sentence(entry.user, entry.timestamp, user)


def in_words(instance, name, value):
    """Return what the field `name` of `instance` has, for people."""
    display = getattr(instance, f"get_{name}_display", None)
    there = display() if display else getattr(instance, name, value)
    if hasattr(there, "all"):
        there = list(there.all())
    if isinstance(there, dict):
        there = [f"{key}: {text}" for key, text in there.items() if text]
    if isinstance(there, (list, tuple)):
        there = ", ".join(map(str, there))
    if isinstance(there, bool):
        return _("yes") if there else _("no")
    if there is None or str(there) == "":
        return _("nothing")
    return f"“{formats.localize(there)}”"


class KeepsNewer:
    """For Wagtail's generic EditView: a form that is behind saves nothing over a newer version."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        carry(form)
        return form

    def form_valid(self, form):
        with transaction.atomic():
            # Whoever saves the same record at this moment waits here.
            newest = self.newest_form()
            if newest is None or not is_behind(form, newest):
                return super().form_valid(form)
        message = bring_back(form, newest, self.request.user)
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = message if self.expects_json_response else None
        if not self.expects_json_response:
            again = messages.button(self.request.get_full_path(), _("Take theirs"))
            messages.error(self.request, message, buttons=[again])
        return self.form_invalid(form)

    def newest_form(self):
        """Return the form as it would be opened now, on the row locked; None when the row is gone."""
        manager = self.object._meta.model._base_manager
        row = manager.select_for_update().filter(pk=self.object.pk).first()
        if row is None:
            return None
        kwargs = {**self.get_form_kwargs(), "instance": row}
        kwargs.pop("data", None), kwargs.pop("files", None)
        return self.get_form_class()(**kwargs)


class EditRecord(KeepsNewer, snippets.EditView):
    pass


class RecordViewSet(snippets.SnippetViewSet):
    """What every kind of record of ours starts from."""

    edit_view_class = EditRecord


class EditSetting(KeepsNewer, settings_views.EditView):
    pass


class EditPicture(KeepsNewer, images.EditView):
    pass


class EditFile(KeepsNewer, documents.EditView):
    pass
