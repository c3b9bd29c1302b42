#!/usr/bin/env python3
"""Derive outreach_site/areas/data/vn from the Python package `vietnamadminunits` 1.0.4 (MIT).

    python scripts/derive_vn_areas.py              downloads the package with pip
    python scripts/derive_vn_areas.py PACKAGE      a wheel, or the folder it was unpacked to

Writes areas-pre-2025.csv, areas-2025.csv and successions.csv; editions.csv, population.csv and
classifications.csv in that folder are kept by hand. Needs nothing but Python; the package itself is
read, never imported. docs/areas.md says what the steps below leave out and why.
"""

import argparse
import csv
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

PACKAGE = "vietnamadminunits==1.0.4"
TARGET = Path(__file__).resolve().parent.parent / "outreach_site" / "areas" / "data" / "vn"
OLD, NEW = "pre-2025", "2025"

# The word with which a full name begins. The package's own type column is wrong for five communes.
TYPES = ["thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã"]

# Resolution 30/2026/QH16, in force since 30 April 2026: the province became a city, and ten of its
# communes wards. The package is older; codes and boundaries did not change.
CHANGED_TYPES = {
    (1, "75"): "thành phố",
    (2, "25270"): "phường",
    (2, "25357"): "phường",
    (2, "25363"): "phường",
    (2, "26116"): "phường",
    (2, "26170"): "phường",
    (2, "26248"): "phường",
    (2, "26326"): "phường",
    (2, "26368"): "phường",
    (2, "26425"): "phường",
    (2, "26485"): "phường",
}

# Spellings in which another official list has communes of the pilot provinces, for the search.
OTHER_NAMES = {
    (3, "00736"): "Xà Phìn",
    (3, "00829"): "Sủng Tráng",
    (3, "01060"): "Sán Xả Hồ",
    (3, "30475"): "Ô Long Vỹ",
}

# A slip of the package: "Nguơn" is no Vietnamese syllable.
SPELLINGS = {"Vĩnh Nguơn": "Vĩnh Ngươn"}

FAR_KM = 25  # A commune is smaller than that: two centres of one place never lie so far apart.
FAR_FROM_DISTRICT_KM = 60


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", nargs="?", type=Path, help="wheel or folder; downloaded when not given")
    parser.add_argument("--to", type=Path, default=TARGET, help="folder to write to")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        data = find_data(options.package or download(Path(work)), Path(work))
        old, new, units = read_areas(data / "dataset.db")
        pairs = read_pairs(data / "converter_2025.json", units)
    pairs, false_pairs = without_namesakes(pairs, units)
    doubted = drop_doubtful_coordinates(old, new, pairs)
    options.to.mkdir(parents=True, exist_ok=True)
    write_areas(options.to / f"areas-{OLD}.csv", old)
    write_areas(options.to / f"areas-{NEW}.csv", new)
    write_successions(options.to / "successions.csv", pairs)
    levels = {name: Counter(level for level, _code in areas) for name, areas in [(OLD, old), (NEW, new)]}
    print(f"{OLD}: {dict(levels[OLD])}; {NEW}: {dict(levels[NEW])}; {len(pairs)} successions")
    print(f"left out: {len(false_pairs)} pairs between namesakes, {doubted} doubtful coordinates")


# --- reading the package ---------------------------------------------------------------------


def download(folder):
    """Fetch the wheel with pip, from whatever index this machine uses; return its path."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
        PACKAGE,
    ]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def find_data(package, work):
    """Return the folder with dataset.db, out of a wheel or an unpacked one. Exits when there is none."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            wheel.extractall(work / "wheel")
        package = work / "wheel"
    found = next(package.rglob("dataset.db"), None)
    if found is None:
        raise SystemExit(f"{package} holds no dataset.db: is it vietnamadminunits 1.0.4?")
    return found.parent


def read_areas(database):
    """Return both editions, and the units by the package's own keys.

    An edition is {(level, code): {"parent", "type", "name", "lat", "lon"}}; the units are
    {"old": {key: row}, "new": {(province key, ward key): row}} with the rows of the database.
    """
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    old_rows = connection.execute("SELECT * FROM admin_units_legacy").fetchall()
    new_rows = connection.execute("SELECT * FROM admin_units").fetchall()
    connection.close()
    old, new = {}, {}
    for row in old_rows:
        old[1, row["provinceCode"]] = area(1, row, "province", "")
        old[2, row["districtCode"]] = area(2, row, "district", row["provinceCode"])
        # Five island districts have no communes.
        if row["wardCode"]:
            old[3, row["wardCode"]] = area(3, row, "ward", row["districtCode"])
    for row in new_rows:
        new[1, row["provinceCode"]] = area(1, row, "province", "", changed=CHANGED_TYPES)
        new[2, row["wardCode"]] = area(2, row, "ward", row["provinceCode"], changed=CHANGED_TYPES)
    units = {
        "old": {f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": row for row in old_rows},
        "new": {(row["provinceKey"], row["wardKey"]): row for row in new_rows},
        "old provinces": {row["provinceKey"]: row["provinceCode"] for row in old_rows},
        "new provinces": {row["provinceKey"]: row["provinceCode"] for row in new_rows},
    }
    return old, new, units


def area(level, row, kind, parent, changed=None):
    """Return one area out of the columns of `row` that begin with `kind`."""
    full_name = unicodedata.normalize("NFC", " ".join(row[kind].split()))
    word = next(word for word in TYPES if full_name.lower().startswith(f"{word} "))
    return {
        "parent": parent,
        "type": (changed or {}).get((level, row[f"{kind}Code"]), word),
        "name": SPELLINGS.get(full_name[len(word) + 1 :], full_name[len(word) + 1 :]),
        "lat": row[f"{kind}Lat"],
        "lon": row[f"{kind}Lon"],
    }


def read_pairs(converter, units):
    """Return {((level, old code), (level, new code)): coverage} for provinces and communes."""
    tables = json.loads(converter.read_text(encoding="utf-8"))
    pairs = {}
    for province, old_provinces in tables["DICT_PROVINCE"].items():
        for old_province in old_provinces:
            pairs[(1, units["old provinces"][old_province]), (1, units["new provinces"][province])] = "full"
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for old_key in old_keys:
                pairs[old_id(units, old_key), (2, units["new"][province, ward]["wardCode"])] = "full"
    for province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in parts:
                new_code = units["new"][province, part["newWardKey"]]["wardCode"]
                pairs[old_id(units, old_key), (2, new_code)] = "partial"
    return pairs


def old_id(units, key):
    """Return (level, code) of the old unit `key`: a commune, or an island district without communes."""
    row = units["old"][key]
    return (3, row["wardCode"]) if row["wardCode"] else (2, row["districtCode"])


# --- leaving out what cannot be right --------------------------------------------------------


def without_namesakes(pairs, units):
    """Return `pairs` without the false ones, and those.

    The package confuses communes of one name: ward 4 of one town is said to have gone, in part, to
    the ward that took ward 4 of another town. A part is left out when nothing else of its district
    went there while a namesake from a district that did go there stands beside it. A commune that
    has one part left went there whole.
    """
    rows = {(3, row["wardCode"]): row for row in units["old"].values()}
    sources = defaultdict(set)
    for old, new in pairs:
        if old in rows:
            sources[new].add(old)

    def namesakes(old, new):
        return [other for other in sources[new] - {old} if rows[other]["wardKey"] == rows[old]["wardKey"]]

    def has_neighbours(old, new):
        district = rows[old]["districtCode"]
        return any(
            rows[other]["districtCode"] == district and not namesakes(other, new)
            for other in sources[new] - {old}
        )

    false_pairs = {
        (old, new)
        for (old, new), coverage in pairs.items()
        if coverage == "partial"
        and not has_neighbours(old, new)
        and any(has_neighbours(other, new) for other in namesakes(old, new))
    }
    left = {pair: coverage for pair, coverage in pairs.items() if pair not in false_pairs}
    parts = Counter(old for old, _new in left)
    return {pair: "full" if parts[pair[0]] == 1 else coverage for pair, coverage in left.items()}, false_pairs


def drop_doubtful_coordinates(old, new, pairs):
    """Blank the coordinates that contradict others; return how many.

    The package's old communes were placed by a public geocoder, which answers a name it does not
    know with the district's or province's centre, or with a namesake. So a point that several
    communes share goes; of an old and its new commune far apart, the one goes that the others of the
    same merger contradict, or both when nothing decides; a district far from all its communes goes.
    """
    before = sum(item["lat"] is not None for item in [*old.values(), *new.values()])
    shared = Counter((item["lat"], item["lon"]) for (level, _code), item in old.items() if level == 3)
    for (level, _code), item in old.items():
        if level == 3 and shared[item["lat"], item["lon"]] > 1:
            blank(item)
    mergers, places = defaultdict(list), defaultdict(list)
    for (old_area, new_area), coverage in pairs.items():
        if old_area[0] == 3 and coverage == "full":
            mergers[new_area].append(old[old_area])
    for new_area, members in mergers.items():
        settle(new[new_area], [member for member in members if member["lat"] is not None], old)
    for (old_area, new_area), _coverage in pairs.items():
        if old_area[0] == 3:
            places[old[old_area]["parent"]] += [old[old_area], new[new_area]]
    for (level, code), item in old.items():
        located = [place for place in places[code] if place["lat"] is not None]
        if level == 2 and located and min(distance(item, place) for place in located) > FAR_FROM_DISTRICT_KM:
            blank(item)
    return before - sum(item["lat"] is not None for item in [*old.values(), *new.values()])


def settle(whole, members, old):
    """Blank whichever of a new commune and the old ones in it lies where it cannot."""
    far = [member for member in members if distance(whole, member) > FAR_KM]
    if far and len(far) == len(members):
        middle = {key: median(member[key] for member in members) for key in ("lat", "lon")}
        agree = [member for member in members if distance(middle, member) <= FAR_KM]
        # The district's centre is a third witness: the geocoder knows districts.
        districts = [old[2, member["parent"]] for member in members]
        if min(distance(whole, district) for district in districts) <= FAR_KM:
            return [blank(member) for member in far]
        blank(whole)
        if len(agree) == len(members) and min(map(distance, members, districts)) <= FAR_KM:
            far = []
    return [blank(member) for member in far]


def blank(item):
    item["lat"] = item["lon"] = None


def distance(one, other):
    """Return the distance in km between two things with "lat" and "lon", near enough for a country."""
    north = (one["lat"] - other["lat"]) * 111.2
    east = (one["lon"] - other["lon"]) * 111.2 * math.cos(math.radians(one["lat"]))
    return math.hypot(north, east)


# --- writing ---------------------------------------------------------------------------------


def write_areas(path, areas):
    rows = [
        [
            level,
            code,
            item["parent"],
            item["type"],
            item["name"],
            OTHER_NAMES.get((level, code), ""),
            coordinate(item["lat"]),
            coordinate(item["lon"]),
        ]
        for (level, code), item in sorted(areas.items())
    ]
    write(path, ["level", "code", "parent", "type", "name", "other_names", "lat", "lon"], rows)


def coordinate(degrees):
    """Four decimals are 11 m: more than a commune's centre deserves."""
    return "" if degrees is None else f"{degrees:.4f}".rstrip("0").rstrip(".")


def write_successions(path, pairs):
    rows = [
        [f"{OLD}/{old[0]}/{old[1]}", f"{NEW}/{new[0]}/{new[1]}", coverage]
        for (old, new), coverage in sorted(pairs.items())
    ]
    write(path, ["old", "new", "coverage"], rows)


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
