"""The folder of areas: loaded as a whole or not at all, as often as one likes."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach_site.areas import loader
from outreach_site.areas.models import (
    Area,
    AreaEdition,
    Classification,
    Counterpart,
    Population,
    Succession,
)
from tests.outreach_site.areas.conftest import AREAS_SINCE, EDITIONS, FILES, POPULATION, SUCCESSIONS, clear

pytestmark = pytest.mark.django_db


def run(*arguments):
    output = StringIO()
    call_command("load_areas", *map(str, arguments), stdout=output)
    return output.getvalue()


def stored():
    return [model.objects.count() for model in (AreaEdition, Area, Succession, Population, Classification)]


def test_a_folder_is_loaded(write_folder):
    output = run(write_folder())

    assert stored() == [2, 21, 11, 3, 2]
    assert "areas: 21 created, 0 updated, 0 unchanged" in output


def test_an_area_has_all_that_follows_from_its_line(write_folder):
    run(write_folder())

    commune = Area.objects.by_key("pre-2025/3/00736")
    assert (commune.full_name, commune.name, commune.type) == ("Xã Sà Phìn", "Sà Phìn", "xã")
    assert commune.place == "Xã Sà Phìn, Huyện Đồng Văn, Tỉnh Hà Giang"
    assert commune.path == "pre-2025/02/026/00736/"
    assert commune.name_folded == "sa phin"
    assert commune.search_text == " xa sa phin, ; xa phin, huyen dong van, tinh ha giang,"


def test_a_second_run_changes_nothing_and_says_so(write_folder):
    run(write_folder())
    before = list(Area.objects.order_by("pk").values())

    output = run(write_folder())

    assert output.splitlines()[-1] == "Nothing changed."
    assert "areas: 0 created, 0 updated, 21 unchanged" in output
    assert list(Area.objects.order_by("pk").values()) == before


def test_only_what_differs_is_written_and_keeps_its_id(write_folder):
    run(write_folder())
    before = Area.objects.by_key("2025/1/91")

    output = run(write_folder(areas_2025=AREAS_SINCE.replace("1,91,,tỉnh", "1,91,,thành phố")))

    # The province, and the two communes whose place names it.
    assert "areas: 0 created, 3 updated, 18 unchanged" in output
    after = Area.objects.by_key("2025/1/91")
    assert (after.pk, after.full_name) == (before.pk, "Thành phố An Giang")
    assert Area.objects.by_key("2025/2/30604").place == "Xã Vĩnh An, Thành phố An Giang"


def test_an_area_that_left_the_file_stays_and_is_reported(write_folder):
    run(write_folder())

    output = run(write_folder(areas_2025=AREAS_SINCE.replace("2,30589,91,xã,Châu Thành,,,\n", "")))

    assert Area.objects.by_key("2025/2/30589").full_name == "Xã Châu Thành"
    assert "1 stored areas are not in the files. They stay, for records keep them: 2025/2/30589" in output


def test_a_succession_that_left_the_file_goes(write_folder):
    run(write_folder())
    divided = SUCCESSIONS.replace("pre-2025/3/00736,2025/2/00721,partial\n", "").replace(
        "15,partial", "15,full"
    )

    output = run(write_folder(successions=divided))

    assert "successions: 0 created, 1 updated, 1 removed, 9 unchanged" in output


def test_facts_that_staff_entered_stay(write_folder):
    run(write_folder())
    Population.objects.create(area=Area.objects.by_key("2025/1/91"), people=5, year=2026, source="province")

    run(write_folder())

    assert Population.objects.filter(source="province").exists()


def test_the_other_files_may_be_missing(write_folder):
    run(write_folder(successions=None, population=None, classifications=None))

    assert stored() == [2, 21, 0, 0, 0]


def test_text_is_composed_on_the_way_in(write_folder):
    decomposed = "2,30589,91,xa\u0303,Cha\u0302u Tha\u0300nh,,,"
    run(write_folder(areas_2025=AREAS_SINCE.replace("2,30589,91,xã,Châu Thành,,,", decomposed)))

    assert Area.objects.by_key("2025/2/30589").full_name == "Xã Châu Thành"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write_folder):
    content = "\ufeff" + AREAS_SINCE.replace("\n", "\r\n")

    run(write_folder(areas_2025=content))

    assert Area.objects.in_edition("2025").count() == 7


def test_a_full_name_is_taken_from_the_file_where_there_is_one(write_folder):
    head = "level,code,parent,type,name,full_name,lat,lon\n"
    content = head + "1,17,,khaet,Siem Reap,Siem Reap Province,13.36,103.86\n"
    editions = "code,country,name_en,valid_from,valid_to,source\n2020,KH,2020,2020-01-01,,\n"

    run(write_folder(editions=editions, areas_2020=content, areas_pre_2025=None, areas_2025=None, **LONE))

    assert Area.objects.get().label == "Siem Reap Province (2020)"


LONE = {"successions": None, "population": None, "classifications": None}


def test_check_stores_nothing(write_folder):
    folder = write_folder()

    assert run("--check", folder) == f"{folder} can be loaded: 21 areas in 2 editions.\n"
    assert stored() == [0, 0, 0, 0, 0]


def since(old, new):
    return {"areas_2025": AREAS_SINCE.replace(old, new)}


def bad_line(name, line):
    """The file `name` of the small folder with one more line."""
    return {name.replace("-", "_"): FILES[f"{name}.csv"] + line + "\n"}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"editions": None}, "editions.csv is missing."),
        ({"areas_2025": None}, "areas-2025.csv is missing."),
        ({"areas_2030": AREAS_SINCE}, "areas-2030.csv: editions.csv has no such edition."),
        ({"areas_2025": ""}, "areas-2025.csv:1: columns missing: level, code, parent, type, name, lat, lon"),
        (since("level,code", "level,kode"), "areas-2025.csv:1: columns missing: code"),
        (since("level,code", "level,kode"), "areas-2025.csv:1: columns not known: kode"),
        (since("lat,lon", "lat,lat"), "areas-2025.csv:1: columns there twice: lat"),
        ({"areas_2025": AREAS_SINCE.encode("utf-16")}, "areas-2025.csv:1: the file is not UTF-8"),
        (
            {"areas_2025": AREAS_SINCE.replace("Vĩnh An", "Vinh").encode().replace(b"Vinh", b"V\xffnh")},
            "areas-2025.csv:7: the file is not UTF-8",
        ),
        (since("Vĩnh An,,,", "Vĩnh An,,"), "areas-2025.csv:7: the line has 7 cells, the header 8"),
        (since("Vĩnh An", "Vĩnh\x00An"), "areas-2025.csv:7: the line holds a control character"),
        (since("Vĩnh An", '"Vĩnh An'), "areas-2025.csv:8: the line is no CSV (unexpected end of data)"),
        (since("Vĩnh An", " "), "areas-2025.csv:7: name is empty"),
        (since("Vĩnh An", "V" * 151), "areas-2025.csv:7: name is longer than 150 characters"),
        (since("2,30604", "2,30 604"), "areas-2025.csv:7: code “30 604” may hold letters without marks"),
        (since("2,30604", "2,30589"), "areas-2025.csv:8: level 2, code 30589 stands in line 7"),
        (since("2,30604", "zwei,30604"), "areas-2025.csv:7: level “zwei” is not a whole number from 1 to 6"),
        (since("2,30604", "²,30604"), "areas-2025.csv:7: level “²” is not a whole number from 1 to 6"),
        (since("2,30604,91", "2,30604,99"), "areas-2025.csv:7: parent 99 is not in this file"),
        (since("2,30604,91", "2,30604,"), "areas-2025.csv:7: parent is empty"),
        (since("2,30604,91", "3,30604,91"), "areas-2025.csv:7: parent 91 is not of level 2"),
        (since("1,91,", "1,91,08"), "areas-2025.csv:6: an area of level 1 has no parent"),
        (since("23.3,105.3", "93.3,105.3"), "areas-2025.csv:3: lat “93.3” is not a number from -90 to 90"),
        (since("23.3,105.3", "NaN,105.3"), "areas-2025.csv:3: lat “NaN” is not a number from -90 to 90"),
        (since("23.3,105.3", "23.3,200"), "areas-2025.csv:3: lon “200” is not a number from -180 to 180"),
        (since("23.3,105.3", "23.3,"), "areas-2025.csv:3: lat and lon must both be there or both be empty"),
        (
            {"editions": EDITIONS.replace("2025-07-01", "1/7/2025")},
            "editions.csv:3: valid_from “1/7/2025” is not a",
        ),
        (
            {"editions": EDITIONS.replace("2025-07-01", "20250701")},
            "editions.csv:3: valid_from “20250701” is not a",
        ),
        (
            {"editions": EDITIONS.replace("2025-07-01", "2025-02-30")},
            "editions.csv:3: valid_from “2025-02-30” is",
        ),
        (
            {"editions": EDITIONS.replace("2025-06-30", "2005-06-30")},
            "editions.csv:2: valid_to is before valid_from",
        ),
        (
            {"editions": EDITIONS.replace("2025-07-01", "2025-06-30")},
            "editions.csv:3: the days of 2025 and of pre-2025",
        ),
        (
            {"editions": EDITIONS.replace(",VN,", ",Viet Nam,")},
            "editions.csv:2: country “Viet Nam” is not two capital",
        ),
        ({"editions": EDITIONS.splitlines()[0]}, "editions.csv: no edition is in it."),
        (
            {"editions": EDITIONS.replace("\n2025,", "\npre-2025,")},
            "editions.csv:3: pre-2025 stands in this file already",
        ),
        (
            bad_line("successions", "pre-2025/3/99999,2025/2/00715,full"),
            "successions.csv:13: old pre-2025/3/99999 is in",
        ),
        (
            bad_line("successions", "00736,2025/2/00715,full"),
            "successions.csv:13: old “00736” is not a key such as",
        ),
        (
            bad_line("successions", "pre-2025/3/30604,2025/2/02233,half"),
            "successions.csv:13: coverage “half” is none of",
        ),
        (
            bad_line("successions", "pre-2025/1/02,2025/1/08,full"),
            "successions.csv:13: the pair stands in this file",
        ),
        (
            bad_line("successions", "2025/1/08,pre-2025/1/02,full"),
            "successions.csv:13: pre-2025 is not the edition that",
        ),
        (
            bad_line("population", "2025/1/91,An Giang,4.952.238,2025,x"),
            "population.csv:5: people “4.952.238” is not a",
        ),
        (
            bad_line("population", "2025/1/91,An Giang,-5,2025,x"),
            "population.csv:5: people “-5” is not a whole number",
        ),
        (
            bad_line("population", "2025/1/91,An Giang,5,25,x"),
            "population.csv:5: year “25” is not a whole number",
        ),
        (bad_line("population", "2025/1/91,An Giang,5,2025,"), "population.csv:5: source is empty"),
        (
            bad_line("population", "2025/1/91,Hà Giang,5,2025,x"),
            "population.csv:5: area 2025/1/91 is Tỉnh An Giang, not",
        ),
        (
            bad_line("population", "2025/1/99,An Giang,5,2025,x"),
            "population.csv:5: area 2025/1/99 is in no areas file",
        ),
        (
            bad_line("classifications", "2025/1/91,An Giang,khu vực,III,2026-01-01,,x"),
            "classifications.csv:4: scheme “khu vực” may hold letters without marks",
        ),
        (
            bad_line("classifications", "2025/1/91,An Giang,region,III,2026-01-01,2025-01-01,x"),
            "classifications.csv:4: valid_to is before valid_from",
        ),
    ],
)
def test_a_bad_folder_is_refused_as_a_whole(write_folder, changed, problem):
    with pytest.raises(CommandError) as refusal:
        run(write_folder(**changed))

    lines = [line.strip() for line in str(refusal.value).splitlines()]
    assert lines[0].endswith("was not loaded; nothing was stored.")
    assert any(line.startswith(problem) for line in lines[1:]), lines
    assert stored() == [0, 0, 0, 0, 0]


def test_every_problem_is_told_at_once(write_folder):
    content = AREAS_SINCE.replace("Vĩnh An", "").replace("23.3,", "nord,")

    with pytest.raises(CommandError) as refusal:
        run(write_folder(areas_2025=content, population=POPULATION))

    assert [line.strip() for line in str(refusal.value).splitlines()[1:]] == [
        "areas-2025.csv:3: lat “nord” is not a number from -90 to 90",
        "areas-2025.csv:7: name is empty",
    ]


def test_a_faulty_parent_is_one_problem_and_not_one_for_each_child(write_folder):
    with pytest.raises(loader.BadFolder) as refusal:
        loader.read(write_folder(areas_2025=AREAS_SINCE.replace("1,08,,tỉnh,Tuyên Quang", "1,08,,tỉnh,")))

    assert refusal.value.problems == ["areas-2025.csv:2: name is empty"]


def test_a_long_list_of_problems_is_cut(write_folder):
    lines = "".join(f"2,{code},91,xã,,,,\n" for code in range(60))

    with pytest.raises(CommandError) as refusal:
        run(write_folder(areas_2025=AREAS_SINCE + lines))

    assert str(refusal.value).splitlines()[-1].strip() == "… and 10 more."
    assert len(str(refusal.value).splitlines()) == 52


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere is not a folder"):
        run(tmp_path / "nowhere")


def test_a_failure_half_way_leaves_what_was_there(write_folder, monkeypatch):
    run(write_folder())

    def fail():
        raise RuntimeError("the power went")

    monkeypatch.setattr(loader, "rebuild_counterparts", fail)
    with pytest.raises(RuntimeError):
        run(write_folder(**since("Vĩnh An", "Vĩnh Hanh")))

    assert Area.objects.by_key("2025/2/30604").name == "Vĩnh An"
    assert Counterpart.objects.count() == 42


def test_loading_costs_the_same_queries_however_many_areas(write_folder):
    # Few enough for one INSERT: databases take only so many values at once.
    more = "".join(f"2,9{code},91,xã,Xã {code},,,\n" for code in range(20))
    queries = []
    for content in (AREAS_SINCE, AREAS_SINCE + more):
        clear()
        folder = loader.read(write_folder(areas_2025=content))
        with CaptureQueriesContext(connection) as context:
            loader.store(folder)
        queries.append(len(context))

    assert queries[0] == queries[1] <= 25


def test_the_packaged_folder_is_the_default():
    assert (Path(settings.AREA_DATA) / "editions.csv").is_file()
