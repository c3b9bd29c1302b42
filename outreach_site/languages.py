"""The languages of the site, in one place.

To add a language: one line in `LANGUAGES` below and, where its script needs a face that cheap
phones lack, the face's file name in `font`. Run `make messages`; nothing else knows the list.
Django's and Wagtail's own tables are extended from here, and `compile_catalogues` gives each
language the compiled catalogue without which its URLs do not resolve.

`interface` says whether our own words (buttons, labels, errors) are complete in that language.
Where they are not, they stand in `FALLBACK` and are marked with its `lang`: see `pages.templatetags`.
"""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO


def _(text):
    """Mark `text` for translation. Django's own mark asks for the settings, which are made from this module."""
    return text


@dataclass(frozen=True)
class Language:
    """One language in which pages can be published.

    code       BCP 47 tag, as in the URL
    name       what the language calls itself
    english    its name in English; the settings have staff read it in their own language
    interface  our own words are complete in it
    direction  "ltr" or "rtl"
    font       name of a subset face under static/fonts/, or "" for the phone's own
    """

    code: str
    name: str
    english: str
    interface: bool = False
    direction: str = "ltr"
    font: str = ""


LANGUAGES = (
    Language("vi", "Tiếng Việt", _("Vietnamese"), interface=True),
    Language("en", "English", _("English"), interface=True),
    Language("km", "ភាសាខ្មែរ", _("Khmer"), font="noto-sans-khmer"),
    # "hmn" is the broad tag on purpose: two Latin spellings and several varieties are in use,
    # and it is for the partner in the province to say which one a text is in.
    Language("hmn", "Hmoob", _("Hmong")),
)

DEFAULT = LANGUAGES[0].code
FALLBACK = DEFAULT

BY_CODE = {language.code: language for language in LANGUAGES}


def get(code):
    """Return the `Language` for `code` ("vi", "en-us" …), or the default one when it is unknown."""
    return BY_CODE.get(code) or BY_CODE.get((code or "").split("-")[0]) or BY_CODE[DEFAULT]


def interface_code(code):
    """Return the code of the language in which our own words appear on a page in `code`."""
    return code if get(code).interface else FALLBACK


def extend_django():
    """Teach Django the languages it does not ship; called once by the settings."""
    for language in LANGUAGES:
        LANG_INFO.setdefault(
            language.code,
            {
                "bidi": language.direction == "rtl",
                "code": language.code,
                "name": language.english,
                "name_local": language.name,
            },
        )
