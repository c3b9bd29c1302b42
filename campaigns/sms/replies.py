"""What we answer. Phones are shared and read over shoulders: no text of ours says what it is about.

Each function returns a `Text`: the words, and the language that they are in.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.pages.models import CampaignPage
from campaigns.sms import verbs
from outreach_site import languages
from outreach_site.hotline import directory
from outreach_site.hotline.models import Hotline
from outreach_site.text import Text


def welcome(campaign, language):
    """Return the campaign's answer to joining in `language`, else in its own, else a discreet one."""
    written = _written(campaign, "welcome", language)
    if written:
        return written
    with own_words(language) as code:
        return Text(" ".join([_("You are on the list."), _how_to_leave(code)]), code)


def already_in(language, campaign=None):
    """Return the answer to somebody who joins again: the campaign's own where it has one."""
    written = campaign and _written(campaign, "already_in_text", language)
    if written:
        return written
    with own_words(language) as code:
        return Text(" ".join([_("You are on the list already."), _how_to_leave(code)]), code)


def full(campaign, language):
    """Return what is said to whoever joins while all places are taken: she is on the waiting list."""
    written = _written(campaign, "full_text", language)
    if written:
        return written
    with own_words(language) as code:
        return Text(_("All places are taken. You are on the waiting list; we write when one is free."), code)


def waiting(campaign, language):
    """Return the answer to joining again while one waits for a place."""
    written = _written(campaign, "waiting_text", language)
    if written:
        return written
    with own_words(language) as code:
        return Text(_("You are on the waiting list. We write when a place is free."), code)


def place_free(campaign, language):
    """Return what the next who waits gets when a place is free."""
    written = _written(campaign, "place_text", language)
    if written:
        return written
    with own_words(language) as code:
        return Text(
            " ".join([_("There is a place for you now: you are on the list."), _how_to_leave(code)]), code
        )


def to_confirm(language):
    """Return the question whether it was she who wants to join."""
    with own_words(language) as code:
        words = _("Do you want to get texts from us? Reply %(word)s. If it was not you, do nothing.")
        return Text(words % {"word": verbs.shown(verbs.CONFIRM, code)}, code)


def not_open(campaign, language, day):
    """Return the answer to joining on a `day` on which `campaign` has not begun yet, or is over."""
    is_coming = day < campaign.starts_on
    written = _written(campaign, "not_open_text" if is_coming else "over_text", language)
    if written:
        return written
    with own_words(language) as code:
        if is_coming:
            begins = date_format(campaign.starts_on, "j/n/Y")
            return Text(_("You can join from %(day)s on. Please write again then.") % {"day": begins}, code)
        return Text(" ".join([_("One can no longer join this."), _whom_to_call()]).strip(), code)


def _written(campaign, name, language):
    """Return what staff wrote in the field `name`, in `language`, else in the campaign's own; or None."""
    versions = CampaignPage.objects.live().filter(translation_key=campaign.translation_key)
    texts = dict(versions.values_list("locale__language_code", name))
    for code in (language, campaign.locale.language_code):
        if texts.get(code):
            return Text(texts[code], code)
    return None


def left(language, campaign=None):
    """Return the one confirmation of leaving `campaign`, its own where it has one; None: of leaving everything."""
    written = campaign and _written(campaign, "goodbye_text", language)
    if written:
        return written
    keyword = campaign.keyword if campaign else ""
    with own_words(language) as code:
        if keyword:
            words = _("You will get no more texts about %(keyword)s.") % {"keyword": keyword}
        else:
            words = _("You will get no more texts from us.")
        return Text(words, code)


def whom_to_call(language):
    with own_words(language) as code:
        return Text(_whom_to_call() or _("Please try again later."), code)


def help_text(language, campaign=None):
    """Return the answer to a call for help: the campaign's own, with the number of the hotline in any case."""
    written = campaign and _written(campaign, "help_text", language)
    if not written:
        return whom_to_call(language)
    hotline = directory.main_numbers().call
    if hotline is None or hotline.number in written.text:
        return written
    with own_words(written.language):
        return Text(f"{written.text} {_whom_to_call()}", written.language)


def language_chosen(language):
    """Return the answer to choosing `language`: in it, where we have words of our own in it."""
    with own_words(language) as code:
        return Text(_("We write to you in %(language)s.") % {"language": languages.get(language).name}, code)


def not_understood(language, keyword):
    """Return how to write to us, by the example of a campaign's `keyword` ("" for none), and whom to call."""
    with own_words(language) as code:
        sentences = [_("We did not understand your text.")]
        if keyword:
            example = f"{verbs.shown(verbs.JOIN, code)} {keyword}"
            sentences.append(_("To join, reply %(example)s without accents.") % {"example": example})
        return Text(" ".join([*sentences, _whom_to_call()]).strip(), code)


class own_words(override):
    """Speak the language in which our own words exist for a reader of `language`; gives its code."""

    def __init__(self, language):
        super().__init__(languages.interface_code(language))

    def __enter__(self):
        super().__enter__()
        return self.language


def _how_to_leave(code):
    return _("To stop, reply %(word)s.") % {"word": verbs.shown(verbs.LEAVE, code)}


def _whom_to_call():
    """Return how to reach a person, "" when no number is in use today."""
    hotline = directory.main_numbers().call
    if hotline is None:
        return ""
    sentences = [_("To talk to somebody, call %(number)s.") % {"number": hotline.number}]
    if hotline.tariff == Hotline.Tariff.FREE:
        sentences.append(_("The call is free."))
    if hotline.all_hours:
        sentences.append(_("Somebody answers day and night."))
    return " ".join(sentences)
