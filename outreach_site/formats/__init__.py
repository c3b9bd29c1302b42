"""Dates day/month/year in every language of the site.

Django's own formats read 05/06 as 6 May in Vietnamese and Khmer and refuse 25/06. It looks for
`outreach_site.formats.<code>.formats`, so each language of `languages.py` gets that module here.
"""

import sys
from types import ModuleType

from outreach_site.languages import LANGUAGES

FORMATS = {
    "DATE_FORMAT": "j/n/Y",
    "SHORT_DATE_FORMAT": "j/n/Y",
    "TIME_FORMAT": "H:i",
    "DATETIME_FORMAT": "H:i, j/n/Y",
    "SHORT_DATETIME_FORMAT": "H:i, j/n/Y",
    "FIRST_DAY_OF_WEEK": 1,
    "NUMBER_GROUPING": 3,
    "DATE_INPUT_FORMATS": ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"],
    "TIME_INPUT_FORMATS": ["%H:%M", "%H:%M:%S", "%Hh%M"],
    "DATETIME_INPUT_FORMATS": ["%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
}

for language in LANGUAGES:
    name = f"{__name__}.{language.code.replace('-', '_')}"
    package, formats = ModuleType(name), ModuleType(f"{name}.formats")
    package.__path__ = []
    vars(formats).update(FORMATS)
    sys.modules[name], sys.modules[f"{name}.formats"] = package, formats
