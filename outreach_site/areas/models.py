from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outreach_site.areas.fields import AreaForeignKey
from outreach_site.text import LocalizedTextField, fold, in_language

# No name and its parents' names together are longer; each word costs the search a comparison.
MOST_WORDS = 20


class CodePointField(models.CharField):
    """A short text that every database compares code point by code point.

    Sort keys and paths are made for that order; a PostgreSQL database in another collation would
    sort them its own way, and could not find a path's beginning by index.
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class AreaEditionQuerySet(models.QuerySet):
    def current(self, on=None):
        """Editions in force on `on` (default: today, site time), the newest first."""
        day = on or timezone.localdate()
        in_force = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        return self.filter(in_force, valid_from__lte=day).order_by("-valid_from")


class AreaEdition(models.Model):
    """The administrative map of a country between two days. Codes mean something only within one."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166, two letters."))
    name = LocalizedTextField(_("name"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Last day; empty: in force.")
    )
    source = models.TextField(_("source"), blank=True)

    objects = AreaEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of areas")
        verbose_name_plural = _("editions of areas")
        ordering = ["country", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="area_edition_ends_after_start",
            )
        ]

    def __str__(self):
        return str(in_language(self.name, get_language())) or self.code


class AreaQuerySet(models.QuerySet):
    def in_edition(self, code):
        """Areas of the edition `code` ("2025")."""
        return self.filter(edition__code=code)

    def within(self, area):
        """`area` and all areas below it, of its own edition."""
        # "0" is the code point after "/": the half-open range is the prefix, and an index serves it.
        return self.filter(path__gte=area.path, path__lt=f"{area.path[:-1]}0")

    def lying_in(self, area):
        """Areas of every edition that are known to lie wholly in `area`, itself included."""
        return self.filter(
            counterparts__edition=area.edition_id,
            counterparts__holder__path__gte=area.path,
            counterparts__holder__path__lt=f"{area.path[:-1]}0",
        )

    def classified(self, scheme, values, on=None):
        """Areas to which `scheme` gives one of `values` on `on` (default: today), or that lie in one."""
        classifications = Classification.objects.on(on or timezone.localdate())
        holding = classifications.filter(scheme=scheme, value__in=values).annotate(
            path=models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
        )
        return self.filter(models.Exists(holding.filter(path__startswith=models.F("area__path"))))

    def with_edition(self):
        """The edition in the same query, so that `label` costs nothing more."""
        return self.select_related("edition")

    def by_key(self, key):
        """Return the area with `key` ("2025/2/00691").

        Raises ValueError when `key` is not of that form, Area.DoesNotExist when nothing has it.
        """
        edition, level, code = split_key(key)
        try:
            return self.select_related("edition").get(edition__code=edition, level=level, code=code)
        except self.model.DoesNotExist as error:
            raise self.model.DoesNotExist(f"No area has the key {key}.") from error

    def search(self, text, on=None):
        """Areas in which every word of `text` begins a word of the full name or of an ancestor's.

        Whole names come first, then beginnings of names, then the rest; among equals the edition in
        force on `on` (default: today). Only whole names of former areas go before mere beginnings of
        present ones: else a province that is gone could not be found for all the places like it.
        Marks and case do not count. One query with the edition joined, not run yet: slice it.
        Nothing is found by an empty text, or by one of more
        than MOST_WORDS words.
        """
        words = fold(text).split()
        if not 0 < len(words) <= MOST_WORDS:
            return self.none()
        matches = self.with_edition()
        for word in words:
            matches = matches.filter(search_text__contains=f" {word}")
        return matches.annotate(
            former=_former(on or timezone.localdate()), name_rank=_name_rank(words)
        ).order_by(_not_whole, "former", "name_rank", "level", "sort_key", "path")


def _former(day):
    """0 for areas of an edition in force on `day`, 1 for all others."""
    in_force = models.Q(edition__valid_to__isnull=True) | models.Q(edition__valid_to__gte=day)
    return models.Case(
        models.When(in_force, edition__valid_from__lte=day, then=0),
        default=1,
        output_field=models.IntegerField(),
    )


def _name_rank(words):
    """0 the name is just these words, 1 it is the first of them, 2 it begins with them, 3 else."""
    whole = " ".join(words)
    named = models.Q(name_folded=whole) | models.Q(search_text__startswith=f" {whole},")
    parent_named = models.Q()
    for count in range(1, len(words)):
        beginning = " ".join(words[:count])
        parent_named |= models.Q(name_folded=beginning) | models.Q(search_text__startswith=f" {beginning},")
    beginning = models.Q(name_folded__startswith=whole) | models.Q(search_text__startswith=f" {whole}")
    ranks = [models.When(named | models.Q(search_text__contains=f" ; {whole},"), then=0)]
    if parent_named:
        ranks.append(models.When(parent_named, then=1))
    ranks.append(models.When(beginning, then=2))
    return models.Case(*ranks, default=3, output_field=models.IntegerField())


# 0 for the two ranks of whole names, 1 for the rest.
_not_whole = models.Case(models.When(name_rank__lte=1, then=0), default=1, output_field=models.IntegerField())


def split_key(key):
    """Return edition code, level and code of "2025/2/00691". Raises ValueError for any other form."""
    parts = str(key or "").split("/")
    if len(parts) != 3 or not all(parts) or not (parts[1].isascii() and parts[1].isdigit()):
        raise ValueError(
            f"“{key}” is not an area's key: it must read edition/level/code, as in 2025/2/00691."
        )
    return parts[0], int(parts[1]), parts[2]


class Area(models.Model):
    """An administrative unit in one edition: a province, a district, a commune.

    Codes were reused, so an area is known by edition, level and code together: its `key`. Records
    keep the area they were made in for ever; `Counterpart` says where it lies in another edition.
    `place`, `path` ("2025/08/00691/"), `name_folded`, `sort_key` and `search_text` follow from the
    rest and are written by `load_areas`.
    """

    edition = models.ForeignKey(
        AreaEdition, on_delete=models.PROTECT, related_name="areas", verbose_name=_("edition")
    )
    level = models.PositiveSmallIntegerField(_("level"), help_text=_("1 is the highest."))
    code = models.CharField(_("code"), max_length=20)
    type = models.CharField(_("type"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=150)
    full_name = models.CharField(_("full name"), max_length=220)
    other_names = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("Found by the search; separated by semicolons."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    lat = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    # Full name and those of the ancestors, so that a list of places needs no query for each parent.
    place = models.TextField(_("place"), editable=False)
    path = CodePointField(max_length=250, db_index=True, editable=False)
    name_folded = models.CharField(max_length=300, db_index=True, editable=False)
    sort_key = CodePointField(max_length=480, editable=False)
    search_text = models.TextField(editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["edition", "level", "sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level", "code"], name="area_key"),
            models.CheckConstraint(
                condition=models.Q(level=1, parent__isnull=True)
                | models.Q(level__gt=1, parent__isnull=False),
                name="area_has_parent_below_level_1",
            ),
        ]
        indexes = [models.Index(fields=["edition", "level", "sort_key"], name="area_in_order")]

    def __str__(self):
        return self.label

    @property
    def key(self):
        """Edition, level and code: "2025/2/00691"."""
        return f"{self.edition.code}/{self.level}/{self.code}"

    @property
    def parents_place(self):
        """The ancestors' full names, the nearest first: "Huyện Đồng Văn, Tỉnh Hà Giang", or ""."""
        return self.place[len(self.full_name) + 2 :]

    @property
    def label(self):
        """`place` and the edition, because names and codes come back: never a bare "Châu Thành"."""
        return f"{self.place} ({self.edition})"

    def facts_on(self, day):
        """Return the `Facts` that hold for this area on `day`."""
        from outreach_site.areas.facts import facts_on

        return facts_on(self, day)


class Succession(models.Model):
    """What became of an area: `old` went, wholly or in part, into `new` of another edition."""

    class Coverage(models.TextChoices):
        FULL = "full", _("the whole area")
        PARTIAL = "partial", _("a part of it")
        FULL_POPULATION = "full_population", _("all its people, a part of its land")
        AREA_ONLY = "area_only", _("land without people")

    old = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="successions", verbose_name=_("old area")
    )
    new = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="origins", verbose_name=_("new area")
    )
    coverage = models.CharField(_("coverage"), max_length=20, choices=Coverage.choices)
    share = models.DecimalField(
        _("share of the people"),
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("From 0 to 1; empty: unknown."),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("succession of areas")
        verbose_name_plural = _("successions of areas")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self):
        return f"{self.old} → {self.new}"


class CounterpartQuerySet(models.QuerySet):
    def in_edition(self, code):
        """Where areas lie in the edition `code`."""
        return self.filter(edition__code=code)


class Counterpart(models.Model):
    """`holder` is the smallest area of `edition` known to hold `area` wholly; empty when there is none.

    There is one row for every area and every edition of its country, its own included (the holder
    is then the area itself), so a roll-up is one join that neither loses nor doubles a row:

        entries.filter(area__counterparts__edition=edition)
               .values("area__counterparts__holder")      # None: cannot be placed in that edition
               .annotate(people=Sum("people"))

    Derived from the successions by `counterpart.rebuild_counterparts`; never edited.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="counterparts")
    edition = models.ForeignKey(AreaEdition, on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="held")

    objects = CounterpartQuerySet.as_manager()

    class Meta:
        verbose_name = _("counterpart")
        verbose_name_plural = _("counterparts")
        constraints = [models.UniqueConstraint(fields=["area", "edition"], name="counterpart_once")]

    def __str__(self):
        return f"{self.area} → {self.holder or '–'}"


class Population(models.Model):
    """How many people live in an area, by one source in one year. Sources are never mixed in one sum."""

    area = AreaForeignKey(on_delete=models.CASCADE, related_name="populations")
    people = models.PositiveIntegerField(_("people"))
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["area", "-year", "source"]
        constraints = [models.UniqueConstraint(fields=["area", "year", "source"], name="population_once")]

    def __str__(self):
        return f"{self.area}: {self.people} ({self.year})"


class ClassificationQuerySet(models.QuerySet):
    def on(self, day):
        """Classifications in force on `day`."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day), valid_from__lte=day)


class Classification(models.Model):
    """What an official scheme says of an area between two days: region III, poor district, border."""

    area = AreaForeignKey(on_delete=models.CASCADE, related_name="classifications")
    scheme = models.SlugField(_("scheme"), max_length=60)
    value = models.CharField(_("value"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("classification of an area")
        verbose_name_plural = _("classifications of areas")
        ordering = ["area", "scheme", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["area", "scheme", "valid_from"], name="classification_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="classification_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.area}: {self.scheme} {self.value}"
