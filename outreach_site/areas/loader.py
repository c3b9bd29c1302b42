"""Reads a folder of areas, refuses it as a whole when anything is wrong, else brings the tables into line.

    folder ─► read: every row checked, every problem with file and line ─► Folder
    Folder ─► store: one transaction; rows created, updated, left alone ─► Loaded

docs/areas.md describes the files. Nothing in the database is read before the whole folder is right.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from outreach_site.areas.counterpart import rebuild_counterparts
from outreach_site.areas.merge import Counts, merge
from outreach_site.areas.models import (
    Area,
    AreaEdition,
    Classification,
    Population,
    Succession,
    split_key,
)
from outreach_site.text import fold, nfc, sort_key

CODE = re.compile(r"[0-9A-Za-z.\-]{1,20}")
SLUG = re.compile(r"[0-9A-Za-z_\-]+")
COORDINATE_STEP = Decimal("0.00001")


class BadFolder(Exception):
    """The folder cannot be loaded; `problems` says why, one line each, with file and line."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass
class AreaRow:
    """One line of an areas file, with what follows from it."""

    line: int
    level: int
    code: str
    parent_code: str
    type: str
    name: str
    full_name: str
    other_names: str
    lat: Decimal | None
    lon: Decimal | None
    parent: "AreaRow | None" = None
    place: str = ""
    path: str = ""
    search_text: str = ""


@dataclass
class Folder:
    """What a folder says. Areas are found by (edition code, level, code)."""

    problems: list = field(default_factory=list)
    editions: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)
    successions: dict | None = None
    populations: dict = field(default_factory=dict)
    classifications: dict = field(default_factory=dict)


@dataclass
class Loaded:
    """What `load` did: `counts` by kind of row, and the keys of areas that the files no longer name."""

    counts: dict
    vanished: list

    @property
    def changed(self):
        return any(counts.changed for counts in self.counts.values())


def load(path):
    """Load the folder `path` (a Path); return `Loaded`. Raises BadFolder, and stores nothing then."""
    return store(read(path))


def read(path):
    """Return the `Folder` at `path`. Raises BadFolder with every problem found."""
    folder = Folder()
    if not path.is_dir():
        raise BadFolder([f"{path} is not a folder."])
    read_editions(folder, path / "editions.csv")
    editions_are_right = not folder.problems
    for edition in folder.editions:
        read_areas(folder, path / f"areas-{edition}.csv", edition)
    for file in sorted(path.glob("areas-*.csv")):
        if editions_are_right and file.stem.removeprefix("areas-") not in folder.editions:
            folder.problems.append(f"{file.name}: editions.csv has no such edition.")
    # A row about an area is judged only when the areas are right: else every fault is told twice.
    if not folder.problems:
        read_successions(folder, path / "successions.csv")
        read_populations(folder, path / "population.csv")
        read_classifications(folder, path / "classifications.csv")
    if folder.problems:
        raise BadFolder(folder.problems)
    return folder


# --- one file --------------------------------------------------------------------------------


class Row:
    """One line of a file: cells by column, and a place to note what is wrong with it."""

    def __init__(self, folder, file, line, cells):
        self.folder, self.file, self.line, self.cells = folder, file, line, cells
        self.good = True

    def bad(self, message):
        self.good = False
        self.folder.problems.append(f"{self.file}:{self.line}: {message}")

    def text(self, column, required=False, longest=None, pattern=None):
        value = self.cells.get(column, "")
        if required and not value:
            self.bad(f"{column} is empty")
        elif longest and len(value) > longest:
            self.bad(f"{column} is longer than {longest} characters")
        elif value and pattern and not pattern.fullmatch(value):
            self.bad(f"{column} “{value}” may hold letters without marks, digits and hyphens only")
        return value

    def number(self, column, low, high):
        """Return a whole number, or None when the cell is no such number between `low` and `high`."""
        value = self.cells.get(column, "")
        if not re.fullmatch(r"[0-9]{1,12}", value) or not low <= int(value) <= high:
            self.bad(f"{column} “{value}” is not a whole number from {low} to {high}")
            return None
        return int(value)

    def decimal(self, column, low, high, step=COORDINATE_STEP):
        """Return a decimal rounded to `step`; None when the cell is empty, or wrong and noted."""
        value = self.cells.get(column, "")
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not low <= number <= high:
            self.bad(f"{column} “{value}” is not a number from {low} to {high}")
            return None
        return number.quantize(step)

    def day(self, column, required=False):
        value = self.cells.get(column, "")
        if not value and not required:
            return None
        try:
            # fromisoformat alone would also take 20250701 and 2025-W27.
            return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
        except ValueError:
            self.bad(f"{column} “{value}” is not a date such as 2025-07-01")
            return None

    def area(self, column):
        """Return (edition, level, code) of the area that the cell names, None when there is none.

        A column `name` beside it must hold that area's name: a slip in a code is seen that way.
        """
        key = self.cells.get(column, "")
        try:
            found = split_key(key)
        except ValueError:
            self.bad(f"{column} “{key}” is not a key such as 2025/2/00691")
            return None
        area = self.folder.areas.get(found)
        if area is None:
            self.bad(f"{column} {key} is in no areas file")
            return None
        name = self.cells.get("name", "")
        if name and fold(name) not in (fold(area.name), fold(area.full_name)):
            self.bad(f"{column} {key} is {area.full_name}, not {name}")
            return None
        return found


def rows_of(folder, file, required, optional=(), needed=True):
    """Yield the `Row`s of `file`, cells in NFC without outer spaces; note what keeps it from being read.

    Columns that start with one of `optional` may be there too; a column that nobody reads is a
    slip of the pen, and a problem.
    """
    if not file.is_file():
        if needed:
            folder.problems.append(f"{file.name} is missing.")
        return
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        folder.problems.append(f"{file.name}:{line}: the file is not UTF-8")
        return
    reader = csv.reader(io.StringIO(nfc(text), newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        missing = [column for column in required if column not in header]
        unknown = [
            column for column in header if column not in required and not column.startswith(tuple(optional))
        ]
        doubled = [column for column, times in Counter(header).items() if times > 1]
        for problem, columns in (("missing", missing), ("not known", unknown), ("there twice", doubled)):
            if columns:
                folder.problems.append(f"{file.name}:1: columns {problem}: {', '.join(columns)}")
        if missing or unknown or doubled:
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row = Row(
                folder, file.name, reader.line_num, dict(zip(header, map(str.strip, cells), strict=False))
            )
            if len(cells) != len(header):
                row.bad(f"the line has {len(cells)} cells, the header {len(header)}")
                continue
            if any(unicodedata.category(char) == "Cc" for cell in cells for char in cell):
                row.bad("the line holds a control character")
                continue
            yield row
    except csv.Error as error:
        folder.problems.append(f"{file.name}:{reader.line_num}: the line is no CSV ({error})")


def put(row, target, key, value, what):
    """Store `value` under `key` unless the key is there already, which is a problem."""
    if key in target:
        row.bad(f"{what} stands in this file already")
    elif row.good:
        target[key] = value


# --- the five kinds of file ------------------------------------------------------------------


def read_editions(folder, file):
    for row in rows_of(folder, file, ["code", "country", "valid_from", "valid_to", "source"], ["name_"]):
        code = row.text("code", required=True, longest=30, pattern=SLUG)
        country = row.text("country", required=True)
        if country and not re.fullmatch("[A-Z]{2}", country):
            row.bad(f"country “{country}” is not two capital letters (ISO 3166)")
        names = {
            column.removeprefix("name_"): value
            for column, value in row.cells.items()
            if column.startswith("name_") and value
        }
        if not names:
            row.bad("the edition has no name: fill a column such as name_en")
        valid_from, valid_to = row.day("valid_from", required=True), row.day("valid_to")
        if valid_from and valid_to and valid_to < valid_from:
            row.bad("valid_to is before valid_from")
        for other, values in folder.editions.items():
            if row.good and values["country"] == country and _overlap(values, valid_from, valid_to):
                row.bad(f"the days of {code} and of {other} overlap")
        values = {"country": country, "name": names, "valid_from": valid_from, "valid_to": valid_to}
        put(row, folder.editions, code, {**values, "source": row.text("source")}, code)
    if not folder.editions and not folder.problems:
        folder.problems.append(f"{file.name}: no edition is in it.")


def _overlap(edition, valid_from, valid_to):
    starts_in_time = edition["valid_to"] is None or edition["valid_to"] >= valid_from
    return starts_in_time and (valid_to is None or edition["valid_from"] <= valid_to)


def read_areas(folder, file, edition):
    required = ["level", "code", "parent", "type", "name", "lat", "lon"]
    areas = {}
    rows = []
    for row in rows_of(folder, file, required, ["full_name", "other_names"]):
        area = _read_area(row)
        if (area.level, area.code) in areas:
            row.bad(
                f"level {area.level}, code {area.code} stands in line {areas[area.level, area.code].line}"
            )
        elif area.level:
            # A faulty row too, so that its children are not said to have no parent.
            areas[area.level, area.code] = area
        rows.append((row, area))
    if not rows and not folder.problems:
        folder.problems.append(f"{file.name}: no area is in it.")
    for row, area in rows:
        _find_parent(row, area, areas)
    for level in range(1, 1 + max((level for level, _code in areas), default=0)):
        for area in (area for area in areas.values() if area.level == level):
            _derive(area, edition)
    folder.areas.update({(edition, *key): area for key, area in areas.items()})


def _read_area(row):
    kind, name = row.text("type", longest=60), row.text("name", required=True, longest=150)
    full_name = row.text("full_name", longest=220) or f"{kind[:1].upper()}{kind[1:]} {name}".strip()
    lat, lon = row.decimal("lat", -90, 90), row.decimal("lon", -180, 180)
    if row.good and (lat is None) != (lon is None):
        row.bad("lat and lon must both be there or both be empty")
    return AreaRow(
        line=row.line,
        level=row.number("level", 1, 6),
        code=row.text("code", required=True, pattern=CODE),
        parent_code=row.text("parent"),
        type=kind,
        name=name,
        full_name=full_name,
        other_names=row.text("other_names", longest=300),
        lat=lat,
        lon=lon,
    )


def _find_parent(row, area, areas):
    if not area.level:
        return
    if area.level == 1:
        if area.parent_code:
            row.bad("an area of level 1 has no parent")
        return
    area.parent = areas.get((area.level - 1, area.parent_code))
    if area.parent is None and area.parent_code in {code for _level, code in areas}:
        row.bad(f"parent {area.parent_code} is not of level {area.level - 1}")
    elif area.parent is None:
        row.bad(f"parent {area.parent_code} is not in this file" if area.parent_code else "parent is empty")


def _derive(area, edition):
    """Fill what follows from the parent, which was filled before."""
    others = [fold(name) for name in area.other_names.split(";") if fold(name)]
    area.search_text = "".join([f" {fold(area.full_name)},", *(f" ; {name}," for name in others)])
    area.place, area.path = area.full_name, f"{edition}/{area.code}/"
    if area.parent:
        area.place = f"{area.full_name}, {area.parent.place}"
        area.path = f"{area.parent.path}{area.code}/"
        area.search_text += area.parent.search_text


def read_successions(folder, file):
    following = _following(folder.editions)
    for row in rows_of(folder, file, ["old", "new", "coverage"], ["share", "source"], needed=False):
        folder.successions = folder.successions or {}
        old, new = row.area("old"), row.area("new")
        coverage = row.text("coverage")
        if coverage not in Succession.Coverage.values:
            row.bad(f"coverage “{coverage}” is none of {', '.join(Succession.Coverage.values)}")
        if old and new and following.get(old[0]) != new[0]:
            row.bad(f"{new[0]} is not the edition that follows {old[0]}")
        share, source = row.decimal("share", 0, 1), row.text("source", longest=200)
        put(row, folder.successions, (old, new), (coverage, share, source), "the pair")


def _following(editions):
    """Return {edition code: code of the next edition of its country}."""
    by_day = sorted(editions, key=lambda code: (editions[code]["country"], editions[code]["valid_from"]))
    pairs = zip(by_day, by_day[1:], strict=False)
    return {
        one: next_one for one, next_one in pairs if editions[one]["country"] == editions[next_one]["country"]
    }


def read_populations(folder, file):
    for row in rows_of(folder, file, ["area", "people", "year", "source"], ["name"], needed=False):
        area, people = row.area("area"), row.number("people", 0, 2_000_000_000)
        year, source = row.number("year", 1800, 2200), row.text("source", required=True, longest=200)
        put(row, folder.populations, (area, year, source), (people,), "area, year and source")


def read_classifications(folder, file):
    columns = ["area", "scheme", "value", "valid_from", "valid_to", "source"]
    for row in rows_of(folder, file, columns, ["name"], needed=False):
        area, scheme = row.area("area"), row.text("scheme", required=True, longest=60, pattern=SLUG)
        value, source = (
            row.text("value", required=True, longest=60),
            row.text("source", required=True, longest=200),
        )
        valid_from, valid_to = row.day("valid_from", required=True), row.day("valid_to")
        if valid_from and valid_to and valid_to < valid_from:
            row.bad("valid_to is before valid_from")
        put(
            row,
            folder.classifications,
            (area, scheme, valid_from),
            (value, valid_to, source),
            "area, scheme and day",
        )


# --- storing ---------------------------------------------------------------------------------


@transaction.atomic
def store(folder):
    """Bring the tables into line with `folder`; return `Loaded`.

    Areas, populations and classifications that the files do not name stay: records keep their area
    and staff enter facts. Successions between the editions of the folder are as the file says.
    """
    counts = {"editions": _store_editions(folder)}
    editions = dict(AreaEdition.objects.filter(code__in=folder.editions).values_list("code", "pk"))
    counts["areas"], ids = _store_areas(folder, editions)
    if folder.successions is not None:
        counts["successions"] = _store_successions(folder, editions, ids)
    counts["populations"] = merge(
        Population.objects.all(),
        ["area_id", "year", "source"],
        ["people"],
        {(ids[area], *rest): values for (area, *rest), values in folder.populations.items()},
    )
    counts["classifications"] = merge(
        Classification.objects.all(),
        ["area_id", "scheme", "valid_from"],
        ["value", "valid_to", "source"],
        {(ids[area], *rest): values for (area, *rest), values in folder.classifications.items()},
    )
    counts["counterparts"] = rebuild_counterparts()
    vanished = sorted(f"{edition}/{level}/{code}" for edition, level, code in set(ids) - set(folder.areas))
    return Loaded(counts, vanished)


def _store_editions(folder):
    fields = ["country", "name", "valid_from", "valid_to", "source"]
    rows = {(code,): tuple(values[name] for name in fields) for code, values in folder.editions.items()}
    return merge(AreaEdition.objects.all(), ["code"], fields, rows)


AREA_FIELDS = [
    *("parent_id", "type", "name", "full_name", "other_names", "lat", "lon"),
    *("place", "path", "name_folded", "sort_key", "search_text"),
]


def _store_areas(folder, editions):
    """Store level by level, because a child needs its parent's id. Returns counts and ids by key."""
    counts, ids = Counts(), {}
    codes = {pk: code for code, pk in editions.items()}
    for level in sorted({level for _edition, level, _code in folder.areas}):
        rows = {
            (editions[edition], level, code): _area_values(
                area, ids.get((edition, level - 1, area.parent_code))
            )
            for (edition, area_level, code), area in folder.areas.items()
            if area_level == level
        }
        stored = Area.objects.filter(edition__in=codes, level=level)
        counts += merge(stored, ["edition_id", "level", "code"], AREA_FIELDS, rows)
        found = stored.values_list("pk", "edition_id", "code").order_by()
        ids.update({(codes[edition], level, code): pk for pk, edition, code in found})
    return counts, ids


def _area_values(area, parent_id):
    return (
        *(parent_id, area.type, area.name, area.full_name, area.other_names, area.lat, area.lon),
        *(area.place, area.path, fold(area.name), sort_key(area.name), area.search_text),
    )


def _store_successions(folder, editions, ids):
    rows = {(ids[old], ids[new]): values for (old, new), values in folder.successions.items()}
    stored = Succession.objects.filter(old__edition__in=editions.values(), new__edition__in=editions.values())
    return merge(stored, ["old_id", "new_id"], ["coverage", "share", "source"], rows, remove=True)
