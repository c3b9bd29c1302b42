"""Facts that a page and its translations share: dates, places, keywords are not translated."""

from django.db import models
from django.db.models import Exists, OuterRef
from wagtail.models import PageQuerySet


class OriginalsQuerySet(PageQuerySet):
    def originals(self):
        """Leave out translations: of the pages that translate each other, keep the oldest."""
        older = self.model._base_manager.filter(
            translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
        )
        return self.filter(~Exists(older))


class SharesFacts(models.Model):
    """Mixin for a page type whose `shared_fields` are the same in all its languages.

    The oldest of the translations is the original: it is the one that records point to. Saving it
    carries its facts to the others; saving another takes them from it. So a stale draft of a
    translation cannot bring back an old date.
    """

    shared_fields = ()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        vars(self).pop("_original", None)
        original = self.original
        if original is not self:
            for name in self.shared_fields:
                setattr(self, name, getattr(original, name))
        result = super().save(*args, **kwargs)
        if original is self:
            facts = {name: getattr(self, name) for name in self.shared_fields}
            others = type(self)._base_manager.filter(translation_key=self.translation_key)
            others.exclude(pk=self.pk).update(**facts)
        return result

    @property
    def original(self):
        """The page that records point to; the page itself when it was not translated from another."""
        if not hasattr(self, "_original"):
            older = type(self)._base_manager.filter(
                translation_key=self.translation_key, pk__lt=self.pk or 2**62
            )
            self._original = older.exclude(pk=self.pk).order_by("pk").first() or self
        return self._original
