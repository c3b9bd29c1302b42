"""Brings many rows of a table into line with what a file says, in few queries."""

from dataclasses import dataclass


@dataclass
class Counts:
    """How many rows were created, updated, removed, and how many were right already."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other):
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )

    @property
    def changed(self):
        return self.created + self.updated + self.removed


def merge(stored, key_fields, value_fields, rows, remove=False):
    """Make the rows of the queryset `stored` say what `rows` says; return `Counts`.

    `rows` is {tuple of the key fields: tuple of the value fields}, with foreign keys as ids. Only
    rows that differ are written. What `rows` does not name is left, or removed when `remove`.
    """
    split = len(key_fields)
    existing, ids = {}, {}
    for pk, *values in stored.order_by().values_list("pk", *key_fields, *value_fields):
        key = tuple(values[:split])
        existing[key], ids[key] = tuple(values[split:]), pk
    different = {key: values for key, values in rows.items() if existing.get(key) != values}
    columns = [*key_fields, *value_fields]
    stored.model.objects.bulk_create(
        [
            stored.model(**dict(zip(columns, (*key, *values), strict=True)))
            for key, values in different.items()
        ],
        update_conflicts=True,
        unique_fields=[name.removesuffix("_id") for name in key_fields],
        update_fields=[name.removesuffix("_id") for name in value_fields],
        batch_size=2000,
    )
    gone = [pk for key, pk in ids.items() if key not in rows] if remove else []
    for start in range(0, len(gone), 2000):
        stored.model.objects.filter(pk__in=gone[start : start + 2000]).delete()
    updated = sum(key in existing for key in different)
    return Counts(len(different) - updated, updated, len(gone), len(rows) - len(different))
