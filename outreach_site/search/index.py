"""What can be found, kept right in the transaction that changes it. Only what everybody may read is here."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from outreach_site import languages
from outreach_site.hotline.models import Hotline, Organisation
from outreach_site.search import engine
from outreach_site.search.models import SearchEntry, SearchWord
from outreach_site.search.words import LONGEST_WORD, plain
from outreach_site.text import nfc

# A book's worth; what stands behind it is not found.
LONGEST_TEXT = 50_000


# --- pages ---------------------------------------------------------------------------------
def page_subject(page):
    return f"page:{page.translation_key}"


@transaction.atomic
def add_page(page):
    """Write the entry of a page; take it out when not everybody may read the page."""
    page = page.specific
    subject, language = page_subject(page), page.locale.language_code
    if not (page.live and hasattr(page, "search_kind") and is_public(page)):
        SearchEntry.objects.filter(subject=subject, language=language).delete()
        return
    text = "\n".join(str(piece) for piece in page.search_texts() if piece)
    _write(subject, language, page.search_kind, page.title, text, page=page, day=page.search_day())


def remove_page(page):
    SearchEntry.objects.filter(page_id=page.pk).delete()


def is_public(page):
    """Whether no page above, nor the page itself, is kept for some readers."""
    lineage = page.get_ancestors(inclusive=True)
    return not PageViewRestriction.objects.filter(page__in=lineage.values("pk")).exists()


def renew_below(page):
    """Write the entries of a page and of all pages below it anew."""
    # A page that moved takes those below it along: their entries are judged one by one.
    for one in Page.objects.descendant_of(page, inclusive=True).live().select_related("locale").iterator():
        add_page(one)


# --- numbers and organisations -------------------------------------------------------------
@transaction.atomic
def add_hotline(hotline):
    """Write the entries of a number, one for each language it has a name in."""
    about = _about(hotline.organisation) if hotline.organisation else {}
    _write_help(
        f"hotline:{hotline.pk}",
        {code: f"{hotline.number} · {name}" for code, name in hotline.name.items()},
        lambda code: [hotline.note.get(code), *about.get(code, ())],
        # However it is typed: "1900 96 96 80" and "1900969680".
        always=hotline.dialled,
    )


@transaction.atomic
def add_organisation(organisation):
    """Write the entries of an organisation; one that has numbers is found by those."""
    subject = f"organisation:{organisation.pk}"
    hotlines = list(organisation.hotlines.all())
    for hotline in hotlines:
        add_hotline(hotline)
    about = _about(organisation)
    _write_help(
        subject,
        {} if hotlines else organisation.name,
        lambda code: [*about.get(code, ()), organisation.public_address],
    )


def remove(subject):
    SearchEntry.objects.filter(subject=subject).delete()


def _about(organisation):
    """Return {language code: texts} of what an organisation does. Its address is not among them."""
    needs = list(organisation.needs.all())
    kept = [organisation.name, organisation.services, organisation.serves, *(need.name for need in needs)]
    return {
        language.code: [texts[language.code] for texts in kept if texts.get(language.code)]
        for language in languages.LANGUAGES
    }


def _write_help(subject, titles, texts, always=""):
    titles = {code: title for code, title in titles.items() if title and code in languages.BY_CODE}
    SearchEntry.objects.filter(subject=subject).exclude(language__in=titles).delete()
    for code, title in titles.items():
        text = "\n".join(text for text in texts(code) if text)
        _write(subject, code, SearchEntry.HELP, title, text, found_as=always)


# --- all -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rebuilt:
    """How many entries there are now; how many of them were missing, how many went."""

    entries: int
    missing: int
    stale: int


def rebuild():
    """Write every entry anew and drop the rest; return what was `Rebuilt`. Safe to run twice."""
    before = set(SearchEntry.objects.values_list("subject", "language"))
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        for page in Page.objects.live().filter(depth__gt=1).select_related("locale").iterator():
            add_page(page)
        for organisation in Organisation.objects.all():
            add_organisation(organisation)
        for hotline in Hotline.objects.select_related("organisation"):
            add_hotline(hotline)
        engine.resync()
    now = set(SearchEntry.objects.values_list("subject", "language"))
    return Rebuilt(len(now), len(now - before), len(before - now))


def _write(subject, language, kind, title, text, *, page=None, day=None, found_as=""):
    title, text = nfc(title), nfc(text)[:LONGEST_TEXT]
    title_words, text_words = plain(f"{title} {found_as}"), plain(text)
    SearchEntry.objects.update_or_create(
        subject=subject,
        language=language,
        defaults={
            "kind": kind,
            "page": page,
            "day": day,
            "title": title,
            "text": text,
            "title_words": title_words,
            "text_words": text_words,
        },
    )
    _learn({*title_words.split(), *text_words.split()})


def _learn(words):
    """Remember words of letters a–z, which a mistyped one may have been meant to be."""
    good = {word for word in words if 2 <= len(word) <= LONGEST_WORD and word.isalpha()}
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(good)], ignore_conflicts=True)
