"""How many materials each choice in the library leaves, told before anybody chooses it.

What can be told apart is read once for a shelf, in a few queries whatever its length, and kept until
something is published; counting is then sets.
"""

from dataclasses import dataclass

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast

from campaigns.materials.models import MaterialFile, MaterialPage
from campaigns.pages.models import CampaignPage


@dataclass(frozen=True)
class Shelf:
    """The materials of a shelf as numbers, and by field and value the numbers of those that fit."""

    everything: frozenset
    fitting: dict

    def left(self, field, wanted):
        """Return {value: number of materials} of `field`, with the other choices of `wanted` in force."""
        others = [
            self.fitting[name].get(value, frozenset()) for name, value in wanted.items() if name != field
        ]
        among = self.everything.intersection(*others)
        return {value: len(among & fitting) for value, fitting in self.fitting[field].items()}


def read(materials, forms):
    """Return the `Shelf` of a MaterialQuerySet. `forms` is {value: Q on MaterialFile}."""
    rows = list(_with_key(materials.order_by(), "translation_key", "kind", "campaign_id"))
    number = {key: place for place, (key, _kind, _campaign) in enumerate(rows)}
    slugs = dict(CampaignPage.objects.originals().values_list("pk", "slug"))
    cases = [When(condition, then=Value(value)) for value, (_words, condition) in forms.items()]
    files = MaterialFile.objects.annotate(form=Case(*cases, default=Value(""), output_field=CharField()))
    files = list(_with_key(files.order_by(), "material__translation_key", "language", "form").distinct())
    versions = MaterialPage.objects.live().order_by()
    pairs = {
        "kind": [(key, kind) for key, kind, _campaign in rows],
        "campaign": [
            *((key, slugs.get(campaign)) for key, _kind, campaign in rows if campaign),
            *((key, slugs.get(campaign)) for key, campaign in _through("also_in", "campaignpage_id")),
        ],
        "topic": [(key, str(topic)) for key, topic in _through("topics", "topic_id")],
        "language": [
            *_with_key(versions, "translation_key", "locale__language_code"),
            *((key, language) for key, language, _form in files),
        ],
        "form": [(key, form) for key, _language, form in files],
    }
    return Shelf(
        frozenset(number.values()), {field: _by_value(found, number) for field, found in pairs.items()}
    )


def _with_key(queryset, key, *fields):
    """Return rows of (translation key as text, *fields): thousands of keys are not worth an object each."""
    return queryset.annotate(own_key=Cast(key, CharField())).values_list("own_key", *fields)


def _through(relation, field):
    rows = getattr(MaterialPage, relation).through.objects.order_by()
    return _with_key(rows, "materialpage__translation_key", field)


def _by_value(pairs, number):
    found = {}
    for key, value in pairs:
        if key in number and value:
            found.setdefault(value, set()).add(number[key])
    return {value: frozenset(numbers) for value, numbers in found.items()}
