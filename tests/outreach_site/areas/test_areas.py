"""Areas, what is known of them, and where they lie in another edition."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from outreach_site.areas import counterpart, loader
from outreach_site.areas.facts import denominator, facts_on
from outreach_site.areas.fields import AreaForeignKey
from outreach_site.areas.models import Area, AreaEdition, Counterpart, Population

pytestmark = pytest.mark.django_db


def names(areas):
    return [area.full_name for area in areas]


# --- what an area is ------------------------------------------------------------------------


def test_an_area_is_known_by_edition_level_and_code(area):
    assert area("pre-2025/1/08").key == "pre-2025/1/08"
    assert area("pre-2025/1/08") != area("2025/1/08")


@pytest.mark.parametrize(
    "key", ["", None, "2025", "2025/08", "2025/x/08", "2025/²/08", "2025//08", "a/1/b/c"]
)
def test_what_is_no_key_says_how_a_key_reads(area, key):
    with pytest.raises(ValueError, match="must read edition/level/code, as in 2025/2/00691"):
        area(key)


@pytest.mark.parametrize("key", ["2025/1/99", "2030/1/08", "2025/2/08"])
def test_an_unknown_key_is_named(area, key):
    with pytest.raises(Area.DoesNotExist, match=f"No area has the key {key}."):
        area(key)


def test_a_key_stands_for_one_area_only(area):
    copy = area("2025/1/08")
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_a_label_shows_parents_and_edition_in_the_readers_language(area):
    with translation.override("vi"):
        assert str(area("pre-2025/2/892")) == "Huyện Châu Thành, Tỉnh An Giang (trước 01/7/2025)"
    with translation.override("en"):
        assert str(area("2025/2/30589")) == "Xã Châu Thành, Tỉnh An Giang (from 1 July 2025)"


def test_a_list_of_labels_costs_one_query(two_provinces, django_assert_num_queries):
    with django_assert_num_queries(1):
        labels = [area.label for area in Area.objects.with_edition()]

    assert len(labels) == 21


def test_the_edition_in_force_depends_on_the_day(two_provinces):
    assert [edition.code for edition in AreaEdition.objects.current()] == ["2025"]
    assert [edition.code for edition in AreaEdition.objects.current(date(2025, 6, 30))] == ["pre-2025"]
    assert [edition.code for edition in AreaEdition.objects.current(date(2025, 7, 1))] == ["2025"]
    assert list(AreaEdition.objects.current(date(1999, 1, 1))) == []


def test_names_sort_in_vietnamese_order(two_provinces):
    for number, name in enumerate(
        ["Yên Minh", "Đồng Văn", "Du Già", "Đông Hà", "An Cư", "Ô Lâm", "Om", "Ăn"]
    ):
        edition = AreaEdition.objects.get(code="2025")
        key = loader.sort_key(name)
        Area.objects.create(
            edition=edition,
            level=1,
            code=f"x{number}",
            name=name,
            full_name=name,
            path=f"2025/x{number}/",
            sort_key=key,
        )

    ordered = Area.objects.filter(code__startswith="x").order_by("sort_key")

    assert names(ordered) == ["An Cư", "Ăn", "Du Già", "Đông Hà", "Đồng Văn", "Om", "Ô Lâm", "Yên Minh"]


def test_within_is_the_area_and_all_below_it(area):
    within = Area.objects.within(area("pre-2025/2/026")).order_by("path")

    assert names(within) == ["Huyện Đồng Văn", "Xã Lũng Cú", "Thị trấn Đồng Văn", "Xã Sà Phìn"]


def test_within_does_not_take_a_longer_code_for_a_child(area):
    neighbour = area("2025/1/08")
    neighbour.pk, neighbour.code, neighbour.path = None, "08A", "2025/08A/"
    neighbour.save()

    assert neighbour not in Area.objects.within(area("2025/1/08"))


# --- facts ----------------------------------------------------------------------------------


def test_a_classification_holds_for_its_days_and_for_all_within(area):
    commune = area("pre-2025/3/00715")

    def found(day):
        return [
            (fact.area.full_name, fact.scheme, fact.value) for fact in commune.facts_on(day).classifications
        ]

    assert found(date(2020, 12, 31)) == []
    assert found(date(2021, 1, 1)) == [("Huyện Đồng Văn", "poor-district", "poor")]
    assert found(date(2026, 1, 1)) == []


def test_areas_are_found_by_classification_on_a_day(two_provinces):
    poor = Area.objects.classified("poor-district", ["poor"], date(2022, 5, 1)).order_by("path")
    assert names(poor) == ["Huyện Đồng Văn", "Xã Lũng Cú", "Thị trấn Đồng Văn", "Xã Sà Phìn"]

    assert names(Area.objects.classified("region", ["II", "III"])) == ["Xã Lũng Cú"]
    assert names(Area.objects.classified("region", ["II"])) == []
    assert names(Area.objects.classified("poor-district", ["poor"])) == []


def test_each_source_speaks_for_itself(area):
    facts = facts_on(area("pre-2025/1/89"), date(2020, 6, 1))

    assert [(fact.people, fact.year, fact.source) for fact in facts.populations] == [
        (1900000, 2020, "estimate"),
        (1908352, 2019, "census"),
    ]


def test_a_denominator_is_of_one_source_and_year_and_has_no_gaps(two_provinces):
    both = Area.objects.in_edition("pre-2025").filter(level=1, code__in=["02", "89"])

    assert denominator(both, "census", 2019) == 854679 + 1908352
    assert denominator(both, "estimate", 2020) is None
    assert denominator(Area.objects.in_edition("pre-2025").filter(level=1), "census", 2019) is None
    assert denominator(Area.objects.none(), "census", 2019) is None


def test_a_denominator_counts_nobody_twice(area):
    Population.objects.create(area=area("pre-2025/2/026"), people=80000, year=2019, source="census")
    province_and_district = Area.objects.filter(path__in=["pre-2025/02/", "pre-2025/02/026/"])

    assert denominator(province_and_district, "census", 2019) is None


# --- counterparts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "edition", "holder"),
    [
        ("pre-2025/3/00715", "2025", "2025/2/00715"),  # one commune, whole
        ("pre-2025/3/00736", "2025", "2025/1/08"),  # divided between two communes
        ("pre-2025/2/026", "2025", "2025/1/08"),  # a district, through its communes
        ("pre-2025/2/892", "2025", "2025/2/30604"),  # a district that went into one commune
        ("pre-2025/1/02", "2025", "2025/1/08"),
        ("2025/2/30604", "pre-2025", "pre-2025/2/892"),  # made of two communes of one district
        ("2025/2/00721", "pre-2025", "pre-2025/1/02"),  # made of communes of two districts
        ("2025/2/00715", "pre-2025", "pre-2025/2/026"),
        ("2025/2/02233", "pre-2025", "pre-2025/3/02233"),
        ("2025/1/91", "pre-2025", "pre-2025/1/89"),
        ("2025/1/08", "pre-2025", None),  # made of two provinces
        ("2025/2/30589", "pre-2025", "pre-2025/1/89"),  # nothing known: where its province was
        ("2025/2/30589", "2025", "2025/2/30589"),
    ],
)
def test_the_holder_is_the_smallest_area_known_to_hold_the_whole(area, key, edition, holder):
    found = counterpart.holder(area(key), edition)

    assert (found.key if found else None) == holder


def test_a_lone_part_leaves_the_rest_unknown(write_folder):
    lone = "old,new,coverage\npre-2025/1/02,2025/1/08,full\npre-2025/3/00715,2025/2/00715,partial\n"
    loader.load(write_folder(successions=lone))

    assert counterpart.holder(Area.objects.by_key("pre-2025/3/00715"), "2025").key == "2025/1/08"


def test_a_district_of_which_one_commune_is_unknown_lies_where_its_province_went(write_folder):
    one = "old,new,coverage\npre-2025/1/02,2025/1/08,full\npre-2025/3/00715,2025/2/00715,full\n"
    loader.load(write_folder(successions=one))

    assert counterpart.holder(Area.objects.by_key("pre-2025/2/026"), "2025").key == "2025/1/08"


def test_editions_in_a_row_are_followed_to_the_end(write_folder):
    editions = (
        "code,country,name_en,valid_from,valid_to,source\n"
        "a,XX,a,2000-01-01,2009-12-31,\nb,XX,b,2010-01-01,2019-12-31,\nc,XX,c,2020-01-01,,\nz,YY,z,2020-01-01,,\n"
    )
    head = "level,code,parent,type,name,lat,lon\n"
    province = "1,1,,,P,,\n"
    communes = {"a": "12", "b": "34", "c": "56", "z": "9"}
    files = {
        f"areas_{edition}": head + province + "".join(f"2,{code},1,,C{code},,\n" for code in codes)
        for edition, codes in communes.items()
    }
    successions = "old,new,coverage\na/2/1,b/2/3,full\na/2/2,b/2/4,full\nb/2/3,c/2/5,full\n"
    successions += "b/2/4,c/2/5,partial\nb/2/4,c/2/6,partial\n"
    loader.load(
        write_folder(
            editions=editions,
            successions=successions,
            population=None,
            classifications=None,
            areas_pre_2025=None,
            areas_2025=None,
            **files,
        )
    )

    def holders(key):
        rows = Counterpart.objects.filter(area=Area.objects.by_key(key)).order_by("edition__code")
        return [(row.edition.code, row.holder and row.holder.key) for row in rows]

    assert holders("a/2/1") == [("a", "a/2/1"), ("b", "b/2/3"), ("c", "c/2/5")]
    assert holders("a/2/2") == [("a", "a/2/2"), ("b", "b/2/4"), ("c", "c/1/1")]
    assert holders("c/2/6") == [("a", "a/2/2"), ("b", "b/2/4"), ("c", "c/2/6")]
    assert holders("c/2/5") == [("a", "a/1/1"), ("b", "b/1/1"), ("c", "c/2/5")]
    assert holders("z/2/9") == [("z", "z/2/9")]


def test_every_area_has_one_counterpart_in_each_edition_of_its_country(two_provinces):
    assert Counterpart.objects.count() == 2 * Area.objects.count()
    assert counterpart.rebuild_counterparts().changed == 0


def test_what_lies_in_an_area_is_asked_for_across_editions(area):
    in_tuyen_quang = Area.objects.lying_in(area("2025/1/08"))
    assert in_tuyen_quang.count() == 4 + 7 + 3
    assert area("2025/1/08") in in_tuyen_quang
    assert area("pre-2025/3/00736") in in_tuyen_quang
    assert area("2025/1/91") not in in_tuyen_quang

    in_ha_giang = Area.objects.lying_in(area("pre-2025/1/02"))
    # The new province is two old ones: it lies in neither, and neither do its totals.
    assert area("2025/1/08") not in in_ha_giang
    assert area("2025/2/00721") in in_ha_giang


def test_a_roll_up_neither_loses_nor_doubles_a_row(area):
    """Population rows stand for any record with an area."""
    Population.objects.all().delete()
    for number, key in enumerate(["pre-2025/3/00715", "2025/2/00715", "2025/1/08", "pre-2025/2/026"]):
        Population.objects.create(area=area(key), people=10**number, year=2025, source="test")

    def rolled_up(edition):
        rows = Population.objects.filter(area__counterparts__edition__code=edition)
        return set(rows.values_list("area__counterparts__holder__path", "people"))

    assert rolled_up("2025") == {
        ("2025/08/00715/", 1),
        ("2025/08/00715/", 10),
        ("2025/08/", 100),
        ("2025/08/", 1000),
    }
    assert rolled_up("pre-2025") == {
        ("pre-2025/02/026/00715/", 1),
        ("pre-2025/02/026/", 10),
        (None, 100),
        ("pre-2025/02/026/", 1000),
    }


# --- searching ------------------------------------------------------------------------------


def found(text, on=None):
    return [area.key for area in Area.objects.search(text, on)]


def test_marks_and_case_do_not_count_and_whole_names_come_first(two_provinces):
    assert (
        found("dong van")
        == found("Đồng VĂN")
        == found("  đồng   văn ")
        == [
            "2025/2/00721",  # the name, in the edition in force
            "pre-2025/2/026",  # the name, in the former one: higher levels first
            "pre-2025/3/00721",
            "pre-2025/3/00715",  # only the district's name fits
            "pre-2025/3/00736",
        ]
    )


def test_a_province_that_is_gone_is_found_before_places_that_only_begin_like_it(two_provinces):
    assert found("ha giang")[0] == "pre-2025/1/02"
    assert found("tuyen quang", date(2025, 6, 1))[:2] == ["pre-2025/1/08", "2025/1/08"]
    assert found("tuyen quang")[:2] == ["2025/1/08", "pre-2025/1/08"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("xa dong van", ["2025/2/00721", "pre-2025/3/00715", "pre-2025/3/00736"]),
        ("dong van tuyen quang", ["2025/2/00721"]),
        ("Đồng Văn, Tuyên Quang", ["2025/2/00721"]),
        ("lung cu ha giang", ["pre-2025/3/00715"]),
        ("giang lung", ["pre-2025/3/00715"]),
        ("lun", ["2025/2/00715", "pre-2025/3/00715"]),
        ("ung cu", []),
        ("xà phìn", ["pre-2025/3/00736"]),
        ("50%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("", []),
        ("   ", []),
        ("dong " * 21, []),
    ],
)
def test_every_word_begins_a_word_of_the_place(two_provinces, text, keys):
    assert found(text) == keys


def test_a_search_is_one_query(two_provinces, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [area.label for area in Area.objects.search("dong van")[:10]]


# --- the field ------------------------------------------------------------------------------


def test_migrations_see_a_plain_foreign_key():
    field = AreaForeignKey(null=True, related_name="+")

    _name, path, _args, kwargs = field.deconstruct()

    assert path == "django.db.models.ForeignKey"
    assert kwargs["to"] == "outreach_site.area"
    assert field.remote_field.on_delete.__name__ == "PROTECT"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="other databases compare code points anyway")
def test_paths_and_sort_keys_compare_code_point_by_code_point(two_provinces):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'outreach_site_area' AND collation_name = 'C' ORDER BY 1"
        )
        columns = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Area.objects.within(Area.objects.by_key("2025/1/08")).order_by().explain()

    assert columns == ["path", "sort_key"]
    assert "Index" in plan
