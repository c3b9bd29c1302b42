"""`two_provinces`: a small map to think with. `vietnam`: everything that load_areas brings."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from outreach_site.areas import loader
from outreach_site.areas.models import (
    Area,
    AreaEdition,
    Classification,
    Counterpart,
    Population,
    Succession,
)

EDITIONS = """\
code,country,name_vi,name_en,valid_from,valid_to,source
pre-2025,VN,trước 01/7/2025,before 1 July 2025,2008-08-01,2025-06-30,made for tests
2025,VN,từ 01/7/2025,from 1 July 2025,2025-07-01,,made for tests
"""

AREAS_BEFORE = """\
level,code,parent,type,name,other_names,lat,lon
1,02,,tỉnh,Hà Giang,,22.7662,104.9389
2,026,02,huyện,Đồng Văn,,,
3,00715,026,xã,Lũng Cú,,23.36,105.31
3,00721,026,thị trấn,Đồng Văn,,,
3,00736,026,xã,Sà Phìn,Xà Phìn,,
2,028,02,huyện,Yên Minh,,,
3,00829,028,xã,Sủng Cháng,,,
1,08,,tỉnh,Tuyên Quang,,,
2,072,08,huyện,Na Hang,,,
3,02233,072,xã,Sơn Phú,,,
1,89,,tỉnh,An Giang,,,
2,892,89,huyện,Châu Thành,,,
3,30604,892,xã,Vĩnh An,,,
3,30622,892,xã,Tân Phú,,,
"""

AREAS_SINCE = """\
level,code,parent,type,name,other_names,lat,lon
1,08,,tỉnh,Tuyên Quang,,22.4897,105.099
2,00715,08,xã,Lũng Cú,,23.3,105.3
2,00721,08,xã,Đồng Văn,,,
2,02233,08,xã,Sơn Phú,,,
1,91,,tỉnh,An Giang,,,
2,30604,91,xã,Vĩnh An,,,
2,30589,91,xã,Châu Thành,,,
"""

# Sà Phìn is divided; the new Đồng Văn takes communes of two old districts.
SUCCESSIONS = """\
old,new,coverage
pre-2025/1/02,2025/1/08,full
pre-2025/1/08,2025/1/08,full
pre-2025/1/89,2025/1/91,full
pre-2025/3/00715,2025/2/00715,full
pre-2025/3/00721,2025/2/00721,full
pre-2025/3/00736,2025/2/00715,partial
pre-2025/3/00736,2025/2/00721,partial
pre-2025/3/00829,2025/2/00721,full
pre-2025/3/02233,2025/2/02233,full
pre-2025/3/30604,2025/2/30604,full
pre-2025/3/30622,2025/2/30604,full
"""

POPULATION = """\
area,name,people,year,source
pre-2025/1/02,Hà Giang,854679,2019,census
pre-2025/1/89,An Giang,1908352,2019,census
pre-2025/1/89,An Giang,1900000,2020,estimate
"""

CLASSIFICATIONS = """\
area,name,scheme,value,valid_from,valid_to,source
pre-2025/2/026,Đồng Văn,poor-district,poor,2021-01-01,2025-12-31,Decision 353
2025/2/00715,Lũng Cú,region,III,2026-01-01,,Decision 60
"""

FILES = {
    "editions.csv": EDITIONS,
    "areas-pre-2025.csv": AREAS_BEFORE,
    "areas-2025.csv": AREAS_SINCE,
    "successions.csv": SUCCESSIONS,
    "population.csv": POPULATION,
    "classifications.csv": CLASSIFICATIONS,
}


@pytest.fixture
def write_folder(tmp_path):
    """Write the small folder, some files otherwise (None: left out); return its path."""

    def write(**changed):
        folder = tmp_path / "areas"
        folder.mkdir(exist_ok=True)
        files = {**FILES, **{f"{name.replace('_', '-')}.csv": content for name, content in changed.items()}}
        for name, content in files.items():
            (folder / name).unlink(missing_ok=True)
            if content is not None:
                (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def two_provinces(db, write_folder):
    """Hà Giang and An Giang in both editions, a handful of communes each."""
    return loader.load(write_folder())


@pytest.fixture
def area(two_provinces):
    """Find an area of the small map by its key."""
    return Area.objects.by_key


@pytest.fixture(autouse=True)
def summer_of_2026(monkeypatch):
    """Tests that ask for the present edition give the same answer for ever."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 7, 1))


@pytest.fixture(scope="module")
def vietnam(django_db_setup, django_db_blocker):
    """All areas that Loa brings. Loaded once for the module that asks, and cleared after it.

    Use it from one module only: loading takes some seconds, and other tests expect an empty table.
    """
    with django_db_blocker.unblock():
        clear()
        yield loader.load(Path(settings.AREA_DATA))
        clear()


def clear():
    for model in (Counterpart, Succession, Population, Classification, Area, AreaEdition):
        rows = model.objects.all()
        rows._raw_delete(rows.db)
