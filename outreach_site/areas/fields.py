from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaForeignKey(models.ForeignKey):
    """A foreign key to `Area` that every form asks for with the area chooser.

    Takes what ForeignKey takes; `to`, `on_delete` and `verbose_name` may be left out. Records keep
    their area for ever, so deleting an area that a record names is refused. Migrations see a plain
    ForeignKey.
    """

    def __init__(self, to="outreach_site.Area", on_delete=models.PROTECT, **kwargs):
        kwargs.setdefault("verbose_name", _("area"))
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs

    def formfield(self, **kwargs):
        from outreach_site.areas.forms import AreaField

        # ForeignKey.formfield adds a queryset of 14,000 options; the chooser needs none.
        return models.Field.formfield(self, **{"form_class": AreaField, **kwargs})
