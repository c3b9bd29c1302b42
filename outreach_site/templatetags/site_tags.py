"""Tags of every template: languages marked, icons, pictures, dates, the parts of the frame."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext, pgettext_lazy
from wagtail.models import Page

from outreach_site import languages
from outreach_site.hotline import directory
from outreach_site.hotline.models import PHRASES
from outreach_site.links import inline
from outreach_site.pages import pictures
from outreach_site.pages.cache import kept
from outreach_site.pages.models import PlainPage
from outreach_site.pages.views import homes
from outreach_site.text import Text, in_language

register = template.Library()


def own_language():
    """Return the code of the language in which our own words appear now."""
    return languages.interface_code(translation.get_language())


def marked(piece, around):
    """Return the `Text` as HTML, with its `lang` where that differs from the text `around` it."""
    if piece.language == around or not piece.text:
        return conditional_escape(piece.text)
    return format_html('<span lang="{}">{}</span>', piece.language, piece.text)


@register.simple_tag(takes_context=True)
def own_words(context):
    """` lang="vi"` for a part of the frame whose words are not in the language of the page's text."""
    own = own_language()
    return "" if context.get("text_language", own) == own else format_html(' lang="{}"', own)


@register.simple_tag(takes_context=True)
def local(context, texts):
    """A text kept in several languages, in the one that suits the reader best, marked with its own."""
    piece = in_language(texts, translation.get_language())
    return marked(piece, context.get("frame_language") or own_language())


@register.simple_tag
def phrase(key):
    """One of the dozen words: signed for in this language, else in the site's own language and English."""
    code = translation.get_language()
    if languages.get(code).interface:
        return gettext_phrase(key, code)
    signed = directory.signed_phrases(code).get(key)
    if signed:
        return marked(Text(signed, code), own_language())
    pieces = [Text(gettext_phrase(key, own), own) for own in dict.fromkeys((languages.FALLBACK, "en"))]
    return format_html_join(" · ", "{}", [(marked(piece, own_language()),) for piece in pieces])


def gettext_phrase(key, code):
    with translation.override(code):
        return str(PHRASES[key])


@cache
def icon_markup(name):
    return mark_safe(get_template(f"outreach_site/icons/{name}.svg").render())


@register.simple_tag
def icon(name):
    """A line icon, hidden from screen readers: a word stands beside it."""
    return icon_markup(name)


@register.simple_tag
def picture(image, alt="", preset="wide", eager=False):
    """A picture in the sizes of `preset` (see `pages.pictures`), loaded when it comes near."""
    return pictures.markup(image, alt=alt, preset=preset, eager=eager) if image else ""


@register.simple_tag(takes_context=True)
def play_url(context, recording):
    """Where a play of `recording` is counted for the page around it; for a draft, the file itself."""
    page, request = context.get("page"), context.get("request")
    if not page or not page.live or getattr(request, "is_preview", False):
        return recording.url
    return reverse("play", args=[page.pk, recording.pk])


@register.simple_tag
def poster(recording):
    """The attribute of a player that names the film's still; nothing while readers may not see one."""
    url = pictures.still_url(recording)
    return format_html(' poster="{}"', url) if url else ""


register.filter("with_numbers", inline.with_numbers)


# Django's Vietnamese names of the days are numbers: "Thứ 6".
WEEKDAYS = [
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
]


@register.filter
def in_words(day):
    """A date as people say it: "Friday 15 March"; in a language without our words, 15/3/2026."""
    if not day:
        return ""
    if not languages.get(translation.get_language()).interface:
        return formats.date_format(day, "DATE_FORMAT")
    # Translators: the day of the month and the month, in Django's date format; "%s" is the weekday.
    text = pgettext("date in words", "%s j F")
    if day.year != timezone.localdate().year:
        text = pgettext("date in words", "%s j F Y")
    weekday, _space, rest = text.partition("%s")
    return f"{weekday}{WEEKDAYS[day.weekday()]}{formats.date_format(day, rest)}"


@register.simple_tag
def period(starts, ends):
    """ "15/3/2026", or "12/3/2026 – 29/3/2026"."""
    first = formats.date_format(starts, "DATE_FORMAT")
    if not ends or ends == starts:
        return first
    return f"{first} – {formats.date_format(ends, 'DATE_FORMAT')}"


@register.simple_tag(takes_context=True)
def card(context, page):
    """The page as a card: its own type says how."""
    specific = page.specific if type(page) is Page else page
    return get_template(specific.card_template).render(
        {
            "page": specific,
            "url": specific.get_url(context.get("request")),
            "text_language": context.get("text_language"),
            "heading": context.get("card_heading", "h3"),
        }
    )


@register.inclusion_tag("outreach_site/parts/call_bar.html", takes_context=True)
def call_bar(context):
    return {"main": directory.main_numbers(), "text_language": context.get("text_language")}


@register.inclusion_tag("outreach_site/parts/language_menu.html", takes_context=True)
def language_menu(context):
    """Every language in which this page exists; then the hotline in all the others."""
    versions = context.get("versions")
    if versions is None:
        page = context.get("page")
        versions = [
            (languages.get(version.locale.language_code), version.get_url(context.get("request")))
            for version in (getattr(page, "versions", []) if page else [])
        ]
    here = translation.get_language()
    present = {language.code for language, _url in versions}
    others = [language for language in languages.LANGUAGES if language.code not in present]
    return {
        "versions": versions,
        "others": others,
        "here": languages.get(here),
        "text_language": context.get("text_language"),
    }


@register.simple_tag(takes_context=True)
def site_menu(context):
    """The pages of the menu, in the language of the page's text: [(title, url, language code)]."""
    return _menu_of(context, "menu", in_menu=True)


@register.simple_tag(takes_context=True)
def foot_menu(context):
    """What else is right below the home page: about, privacy. Shaped like `site_menu`."""
    return _menu_of(context, "foot-menu", in_menu=False)


def _menu_of(context, name, in_menu):
    request = context["request"]
    front = homes(request)
    code = context.get("text_language") or own_language()
    if code not in front:
        return []
    home_id, _path = front[code]
    pages = kept(f"{name}:{home_id}", lambda: _children(home_id, request, in_menu))
    return [(title, url, code) for title, url in pages]


def _children(home_id, request, in_menu):
    children = Page.objects.get(pk=home_id).get_children().live().filter(show_in_menus=in_menu)
    if not in_menu:
        children = children.exact_type(PlainPage)
    return [(page.title, page.get_url(request)) for page in children]


@register.simple_tag(takes_context=True)
def home_url(context):
    """The home page in the reader's language."""
    return f"/{translation.get_language()}/"


@register.simple_tag(takes_context=True)
def is_staff_here(context):
    """Whether somebody may be signed in; asked without touching the session of a reader."""
    request = context.get("request")
    return bool(request and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated)


@register.filter
def file_size(number):
    """Bytes as people read them: "240 KB"."""
    if number < 1024 * 1024:
        return gettext("%(size)s KB") % {"size": max(1, round(number / 1024))}
    return gettext("%(size)s MB") % {"size": formats.number_format(number / 1024 / 1024, 1)}


@register.inclusion_tag("outreach_site/parts/hotline_card.html", takes_context=True)
def hotline_card(context, hotline=None):
    """A number, big; the main number when none is given, or when the one given is not in use."""
    if hotline is None or not hotline.is_in_use():
        hotline = directory.main_numbers().call
    return {"hotline": hotline, "text_language": context.get("text_language")}
