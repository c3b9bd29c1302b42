"""Folding, sorting and multilingual short texts: how the whole site treats words.

`fold` is the one definition of "the same word" for search, keywords and sorting. `LocalizedTextField`
keeps a short text in several languages inside one record, so that a hotline's number is never copied
for the sake of its name.
"""

import unicodedata
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach_site import languages

# Letters that Unicode does not decompose, with what people type for them.
UNDECOMPOSED = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"})
VIETNAMESE_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def nfc(text):
    """Return `text` with composed letters, as everything is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text):
    """Return `text` without marks, case, punctuation or doubled spaces: "Hoà  Bình!" → "hoa binh".

    Full-width letters become plain ones; letters of other scripts stay as they are, marks that
    carry meaning there (Khmer vowels, say) included.
    """
    decomposed = unicodedata.normalize("NFKD", text or "").translate(UNDECOMPOSED)
    # U+0300–U+036F are the marks of Latin, Greek and Cyrillic letters; other scripts keep theirs.
    plain = "".join(
        c for c in decomposed if not "\u0300" <= c <= "\u036f" and unicodedata.category(c) != "Cf"
    )
    plain = unicodedata.normalize("NFC", plain).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain).split())


def sort_key(text):
    """Return a string that sorts `text` in Vietnamese order when compared letter by letter.

    The alphabet first (a ă â b c d đ …), then the tones (none, huyền, hỏi, ngã, sắc, nặng), word by
    word; whatever is not in the alphabet keeps its code point order, digits before letters.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text or "").lower():
        tone, base = 0, char
        for mark in unicodedata.normalize("NFD", char)[1:]:
            if mark in TONES:
                tone = TONES[mark]
                base = unicodedata.normalize("NFC", unicodedata.normalize("NFD", char).replace(mark, ""))
        index = VIETNAMESE_ALPHABET.find(base) if base else -1
        # Letters sort as two characters from "a" on; all else sorts by itself, spaces first.
        letters.append(f"{chr(0x61 + index // 6)}{chr(0x61 + index % 6)}" if index >= 0 else base)
        tones.append(str(tone))
    return f"{''.join(letters)} {''.join(tones)}"


@dataclass(frozen=True)
class Text:
    """A piece of text and the code of the language that it is in."""

    text: str
    language: str

    def __str__(self):
        return self.text

    def __bool__(self):
        return bool(self.text)


def in_language(texts, code):
    """Return the `Text` of `texts` ({"vi": "…", "en": "…"}) that suits a reader of `code` best.

    Her own language, else the site's fallback, else English, else whatever there is; an empty
    `Text` when there is nothing at all.
    """
    texts = texts or {}
    for candidate in (code, languages.FALLBACK, "en", *texts):
        if texts.get(candidate):
            return Text(texts[candidate], candidate)
    return Text("", code)


class LocalizedTextWidget(forms.MultiWidget):
    """One box for each language of the site, named by the language itself."""

    template_name = "outreach_site/widgets/localized_text.html"

    def __init__(self, rows=1, attrs=None):
        box = forms.TextInput if rows == 1 else lambda attrs: forms.Textarea(attrs={**attrs, "rows": rows})
        widgets = {
            language.code: box(attrs={"lang": language.code, "aria-label": language.name})
            for language in languages.LANGUAGES
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        return [(value or {}).get(language.code, "") for language in languages.LANGUAGES]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for subwidget, language in zip(context["widget"]["subwidgets"], languages.LANGUAGES, strict=True):
            subwidget["language"] = language
        return context


class LocalizedTextFormField(forms.MultiValueField):
    """Asks for a text in the fallback language, and takes it in all the others."""

    def __init__(self, *, rows=1, required=True, max_length=None, **kwargs):
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        fields = [forms.CharField(required=False, max_length=max_length) for _language in languages.LANGUAGES]
        super().__init__(fields, widget=LocalizedTextWidget(rows=rows), required=False, **kwargs)
        self.must_have_fallback = required

    def compress(self, values):
        codes = [language.code for language in languages.LANGUAGES]
        return {
            code: nfc(text.strip())
            for code, text in zip(codes, values, strict=False)
            if text and text.strip()
        }

    def clean(self, value):
        texts = super().clean(value) or {}
        if self.must_have_fallback and not texts.get(languages.FALLBACK):
            name = languages.get(languages.FALLBACK).name
            raise ValidationError(_("Please write this in %(language)s at least.") % {"language": name})
        return texts


class LocalizedTextField(models.JSONField):
    """A short text in several languages: {"vi": "…", "en": "…"}. Read it with `in_language`."""

    def __init__(self, *args, rows=1, text_max_length=300, **kwargs):
        self.rows, self.text_max_length = rows, text_max_length
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "outreach_site.text.LocalizedTextField", args, kwargs

    def formfield(self, **kwargs):
        return models.Field.formfield(
            self,
            **{
                "form_class": LocalizedTextFormField,
                "rows": self.rows,
                "max_length": self.text_max_length,
                **kwargs,
            },
        )
