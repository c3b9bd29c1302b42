"""Which question comes next, and its words. One at a time; none is asked twice, in whatever campaign."""

from django.utils.translation import gettext as _

from campaigns.reach.ledger import AgeBand
from campaigns.sms import replies, segments, verbs
from campaigns.sms.conversation.models import Question
from campaigns.sms.models import InboundMessage
from outreach_site import languages
from outreach_site.text import Text

What = Question.What

ASKED_IF = {What.COMMUNE: "asks_commune", What.AGE: "asks_age", What.LANGUAGE: "asks_language"}
BANDS = [band for band in AgeBand if band]
# A welcome and a question that make no more parts than this go as one text.
PARTS_TOGETHER = 4


def open_for(member):
    """Return the `Question` that `member` has not answered yet, or None."""
    return Question.objects.open().filter(member=member).order_by("asked_at", "pk").first()


def with_next(member, answer):
    """Return [`Text`] to send: `answer`, and the next question of `member`, noted as asked, in it or after it.

    The member is locked. The answer alone while a question is open, or when there is none left.
    """
    question = _next(member)
    if question is None:
        return [answer]
    asked = wording(question, member.language)
    together = Text(f"{answer.text} {asked.text}", answer.language)
    fits = segments.measure(together.text)[1] <= PARTS_TOGETHER
    return [together] if fits and asked.language == answer.language else [answer, asked]


def _next(member):
    """Return the question to ask now, stored as asked; None for none."""
    from campaigns.sms.conversation import answering

    if open_for(member):
        return None
    asked = {}
    for question in Question.objects.filter(member=member).order_by("answered_at"):
        asked[question.what] = question
    sign_ups = member.sign_ups.filter(left_at=None).select_related("campaign", "area")
    for sign_up in sign_ups.order_by("joined_at", "pk"):
        for what in What:
            if not getattr(sign_up.campaign, ASKED_IF[what]) or _is_known(sign_up, what):
                continue
            if what not in asked:
                return Question.objects.create(member=member, campaign=sign_up.campaign, what=what)
            # She told us when she joined another one.
            if asked[what].answered_at:
                answering.apply(sign_up, what, asked[what].value)
    return None


def _is_known(sign_up, what):
    if what == What.COMMUNE:
        # A province is not yet a commune: below a commune there is nothing.
        return sign_up.area is not None and not sign_up.area.children.exists()
    if what == What.AGE:
        return bool(sign_up.age_band)
    chose = InboundMessage.objects.filter(
        phone_index=sign_up.member.phone_index, outcome=InboundMessage.Outcome.LANGUAGE
    )
    return chose.exists()


# --- words ---------------------------------------------------------------------------------
def wording(question, language):
    """Return `question` as it is asked in `language`."""
    with replies.own_words(language) as code:
        skip = verbs.shown(verbs.SKIP, code)
        if question.what == What.COMMUNE:
            words = _("Which commune do you live in? Reply with its name, or %(skip)s.") % {"skip": skip}
        elif question.what == What.AGE:
            words = _("How old are you? Reply with the number: %(list)s. Or %(skip)s.")
            words %= {"list": numbered([band.label for band in BANDS]), "skip": skip}
        else:
            words = _("Which language do you read best? Reply with the number: %(list)s. Or %(skip)s.")
            words %= {"list": numbered([one.name for one in languages.LANGUAGES]), "skip": skip}
        return Text(words, code)


def once_more(question, language):
    """Return what is said to the first text that is no answer."""
    with replies.own_words(language) as code:
        skip = {"skip": verbs.shown(verbs.SKIP, code)}
        if question.what == What.COMMUNE:
            words = _("We did not find this place. Please write the name of the commune only, or %(skip)s.")
        else:
            words = _("Please reply with one number only, or %(skip)s.")
        return Text(words % skip, code)


def more_exactly(language):
    """Return what is said to a name that too many places have."""
    with replies.own_words(language) as code:
        words = _("Several places have this name. Please write the district or province too, or %(skip)s.")
        return Text(words % {"skip": verbs.shown(verbs.SKIP, code)}, code)


def which_one(areas, language):
    """Return the question which of `areas`, few of them, is meant."""
    with replies.own_words(language) as code:
        words = _("Which one do you mean? Reply with the number: %(list)s. Or %(skip)s.")
        places = [_short_place(area, areas) for area in areas]
        return Text(words % {"list": numbered(places), "skip": verbs.shown(verbs.SKIP, code)}, code)


def thanks(language):
    with replies.own_words(language) as code:
        return Text(_("Thank you."), code)


def never_mind(language):
    """Return what is said to whoever skips a question, or could not be understood twice."""
    with replies.own_words(language) as code:
        return Text(_("That is all right."), code)


def numbered(items):
    """Return "1 this, 2 that"."""
    return ", ".join(f"{number} {item}" for number, item in enumerate(items, 1))


def _short_place(area, areas):
    """Return a place as short as it can be told from the others."""
    place = f"{area.full_name}, {area.parent.name}" if area.parent else area.full_name
    if (
        sum(1 for other in areas if (other.full_name, other.parent_id) == (area.full_name, area.parent_id))
        > 1
    ):
        return f"{place} ({area.edition})"
    return place
