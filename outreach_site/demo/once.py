"""Nothing is planted twice: each thing has a key, and Wagtail's log remembers which keys were planted.

So a second run adds nothing, and what staff changed or deleted in the meantime stays as they left it.
"""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

MARK = "demo_seed"


class Planted:
    """What has been planted so far; `new` counts what this run added, by the first word of the key."""

    def __init__(self):
        self.places = {}
        self.new = Counter()
        for entry in ModelLogEntry.objects.filter(data__has_key=MARK):
            self.places[entry.data[MARK]] = (entry.content_type_id, entry.object_id)
        for entry in PageLogEntry.objects.filter(data__has_key=MARK):
            self.places[entry.data[MARK]] = (entry.content_type_id, entry.page_id)

    def once(self, key, make):
        """Return the record that `key` ("hotline/main") names, made by `make` if it never was.

        None when it was made once and staff have deleted it since, and when `make` returns None,
        which means that it cannot be made now.
        """
        if key in self.places:
            return self.find(key)
        with transaction.atomic():
            record = make()
            if record is None:
                return None
            log(record, "wagtail.create", data={MARK: key})
        self.places[key] = (ContentType.objects.get_for_model(record).pk, record.pk)
        self.new[key.split("/")[0]] += 1
        return record

    def find(self, key):
        """Return the record planted under `key`, None when there is none (any more)."""
        type_id, pk = self.places.get(key, (None, None))
        if type_id is None:
            return None
        model = ContentType.objects.get_for_id(type_id).model_class()
        return model._default_manager.filter(pk=pk).first()
