"""What needs no network: links to pages, documents and records of our own, numbers, e-mail addresses."""

import re
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from outreach_site import languages
from outreach_site.hotline.models import Hotline
from outreach_site.links.models import CheckedLink
from outreach_site.links.numbers import Records

Kind, State = CheckedLink.Kind, CheckedLink.State
OK = (State.OK, "", None)
FIELDS = ["state", "reason", "hotline", "first_failed_at", "last_checked_at"]


def judge_all():
    """Judge every link that needs no network. A number ends with its day, without anybody saving anything."""
    judge(CheckedLink.objects.exclude(kind=Kind.SITE))


def judge(links, records=None):
    """Write what becomes of these links; those to other sites are left alone."""
    by_kind = {}
    for link in links:
        by_kind.setdefault(link.kind, []).append(link)
    changed = []
    for kind, judges in JUDGES.items():
        if not (found := by_kind.get(kind)):
            continue
        verdicts = judges(found, records)
        for link, verdict in zip(found, verdicts, strict=True):
            if (link.state, link.reason, link.hotline_id) != (verdict[0], verdict[1], verdict[2]):
                _write(link, *verdict)
                changed.append(link)
    CheckedLink.objects.bulk_update(changed, FIELDS, batch_size=200)


def _write(link, state, reason, hotline_id):
    now = timezone.now()
    link.first_failed_at = (link.first_failed_at or now) if state == State.BROKEN else None
    link.state, link.reason, link.hotline_id, link.last_checked_at = state, reason, hotline_id, now


def _pages(links, records):
    """A page link leads to the page in the reader's language where there is one."""
    wanted = [link.address.partition(" ")[::2] for link in links]
    ids = {int(pk) for pk, _code in wanted if pk.isdigit()}
    pages = {
        pk: (key, live, code)
        for pk, key, live, code in Page.objects.filter(pk__in=ids).values_list(
            "pk", "translation_key", "live", "locale__language_code"
        )
    }
    keys = {key for key, _live, _code in pages.values()}
    live = set(
        Page.objects.filter(translation_key__in=keys)
        .live()
        .values_list("translation_key", "locale__language_code")
    )
    return [_page(pages.get(int(pk)) if pk.isdigit() else None, code, live) for pk, code in wanted]


def _page(page, code, live):
    if page is None:
        return State.BROKEN, "page_gone", None
    key, is_live, own = page
    if (key, code or own) in live:
        return OK
    return State.BROKEN, "other_language" if is_live else "page_unpublished", None


def _documents(links, records):
    ids = [int(link.address) for link in links if link.address.isdigit()]
    there = {str(pk) for pk in get_document_model().objects.filter(pk__in=ids).values_list("pk", flat=True)}
    return [OK if link.address in there else (State.BROKEN, "document_gone", None) for link in links]


def _hotlines(links, records):
    known = {str(hotline.pk): hotline for hotline in (records or Records()).hotlines}
    return [_hotline(known.get(link.address)) for link in links]


def _hotline(hotline):
    if hotline is None:
        return State.BROKEN, "hotline_gone", None
    return (State.BROKEN, "hotline_ended", None) if hotline.has_ended() else OK


def _numbers(links, records):
    records = records or Records()
    return [_number(link.address, records) for link in links]


def _number(key, records):
    if current := records.current(key):
        return State.TYPED, "has_record", current.pk
    if records.has_ended(key):
        instead = records.instead_of(key)
        return State.BROKEN, "number_ended", instead.pk if instead else None
    return State.TYPED, "typed", None


def _mails(links, records):
    return [_mail(link.address) for link in links]


def _mail(address):
    try:
        validate_email(address)
    except ValidationError:
        return State.BROKEN, "mail_wrong", None
    return OK


def _own(links, records):
    """Addresses of this site typed by hand, such as /vi/help/."""
    homes = {}
    for site in Site.objects.select_related("root_page"):
        versions = Page.objects.filter(translation_key=site.root_page.translation_key).live()
        homes |= dict(versions.values_list("locale__language_code", "url_path"))
    paths = {link.pk: urlsplit(link.address).path for link in links}
    wanted = {pk: _url_path(unquote(path), homes) for pk, path in paths.items()}
    there = set(
        Page.objects.live()
        .filter(url_path__in=filter(None, wanted.values()))
        .values_list("url_path", flat=True)
    )
    documents = {str(pk) for pk in get_document_model().objects.values_list("pk", flat=True)}
    return [
        OK
        if _is_there(paths[link.pk], wanted[link.pk], there, documents)
        else (State.BROKEN, "own_missing", None)
        for link in links
    ]


def _url_path(path, homes):
    """Return the `url_path` of the page that `path` would be, None where it cannot be a page."""
    code, _slash, rest = path.strip("/").partition("/")
    return f"{homes[code]}{rest}/".replace("//", "/") if code in homes else None


def _is_there(path, url_path, there, documents):
    if url_path in there:
        return True
    if document := re.match(r"/documents/(\d+)/", path):
        return document[1] in documents
    code = path.strip("/").partition("/")[0]
    try:
        # What lies below a language is found while that language is on.
        with translation.override(code if code in languages.BY_CODE else None):
            return resolve(path).view_name != "wagtail_serve"
    except Resolver404:
        return False


JUDGES = {
    Kind.PAGE: _pages,
    Kind.DOCUMENT: _documents,
    Kind.HOTLINE: _hotlines,
    Kind.NUMBER: _numbers,
    Kind.MAIL: _mails,
    Kind.OWN: _own,
}


def judge_numbers(**_signal):
    """A hotline record changed: judge what depends on it."""
    judge(CheckedLink.objects.filter(kind__in=[Kind.NUMBER, Kind.HOTLINE]), Records(Hotline.objects.all()))


def judge_pages():
    judge(CheckedLink.objects.filter(kind__in=[Kind.PAGE, Kind.OWN]))


def judge_documents():
    judge(CheckedLink.objects.filter(kind__in=[Kind.DOCUMENT, Kind.OWN]))
