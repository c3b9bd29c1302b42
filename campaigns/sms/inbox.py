"""Texts in: stored and answered at once, understood later.

`receive` is all that a gateway waits for. `process` is the job behind it: it may run twice, late,
or in another order than the texts were sent, and the result is the same.
"""

import logging
import re
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.pages import keywords
from campaigns.pages.models import CampaignPage
from campaigns.sms import alarms, cries, outbox, quiet, replies, urgent, verbs
from campaigns.sms.conversation import answering, joining, questions
from campaigns.sms.conversation.models import Question
from campaigns.sms.gateways.base import Malformed
from campaigns.sms.models import LONGEST_TEXT, Gateway, InboundMessage, Member, OutboundMessage, SignUp
from campaigns.sms.understanding import understand
from outreach_site import languages
from outreach_site.privacy import consent, phones
from outreach_site.privacy.models import ConsentEvent
from outreach_site.queue import nudge_soon
from outreach_site.text import nfc

logger = logging.getLogger(__name__)

Outcome = InboundMessage.Outcome
State = InboundMessage.State

LONGEST_RAW = 4 * LONGEST_TEXT  # bytes: as many characters in UTF-8
# A gateway whose clock is further back is wrong, and a wrong clock must not outdate an opt-out.
OLDEST = timedelta(days=30)
LEASE = timedelta(minutes=2)
# Texts that a worker takes up at once: far fewer than it can do within the lease.
AT_ONCE = 20
BACK_OFF = (10, 60, 300, 1800)  # seconds after the first, second … attempt; after the last: failed
# Two machines that answer each other stop here, and staff are told.
MOST_REPLIES_AN_HOUR, MOST_REPLIES_A_DAY = 10, 20
# The same words again within this time get no second answer.
SAME_WORDS = timedelta(minutes=5)
# Nobody reads a text and answers it within this time: the operator brought the last answer twice.
REPEATED = timedelta(seconds=10)
LOOPING = gettext_noop("A number writes again and again as a machine does. It gets no more answers for now.")
# A cry in several texts gets the number once a minute; no cap of a day holds that back.
CRY_ANSWERED_FOR = timedelta(minutes=1)
# So many texts of a backlog are looked through for cries before the oldest are taken up.
LOOK_AHEAD = 500


# --- storing -------------------------------------------------------------------------------
def receive(*, gateway, external_id, sender, recipient, text, raw, sent_at, binary=False, damaged=False):
    """Store a text under the gateway's id for it, and nudge a worker. Returns (message, is_new).

    sender   as the gateway writes it: a number in any spelling, a short code, a name
    raw      the bytes as they came; kept when `text` cannot be read
    sent_at  aware, by the gateway's clock; None: now

    Raises Malformed when there is nothing to store it under.
    """
    if not external_id or len(external_id) > 100:
        raise Malformed("id is missing or longer than 100 characters")
    now = timezone.now()
    clean = nfc(text.replace("\0", ""))
    phone = phones.normalise(sender)
    message = InboundMessage(
        gateway=gateway,
        external_id=external_id,
        sender_name="" if phone else _sender_name(sender),
        recipient=recipient[:30],
        text=clean[:LONGEST_TEXT],
        raw=raw[:LONGEST_RAW],
        was_cut=len(clean) > LONGEST_TEXT or len(raw) > LONGEST_RAW,
        is_binary=binary,
        looks_damaged=damaged or "\ufffd" in clean,
        sent_at=_plausible(sent_at, now),
        received_at=now,
        next_try_at=now,
    )
    message.set_phone(phone)
    if not _insert(message):
        return InboundMessage.objects.get(gateway=gateway, external_id=external_id), False
    _nudge()
    return message, True


def _insert(message):
    """Store a new text; return whether its key is new. One statement: no look before, no error after."""
    model, connection = InboundMessage, transaction.get_connection()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    name = connection.ops.quote_name
    columns = ", ".join(name(field.column) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(message, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
            " ON CONFLICT (gateway_id, external_id) DO NOTHING RETURNING id",
            values,
        )
        row = cursor.fetchone()
    message.pk = row[0] if row else None
    message._state.adding, message._state.db = False, connection.alias
    return row is not None


def _sender_name(sender):
    """Return the name or short code of a sender; what may be somebody's number only masked."""
    sender = sender.replace("\0", "").strip()
    return phones.mask(sender) if len(re.findall(r"\d", sender)) > 6 else sender[:30]


def _plausible(sent_at, now):
    """Return when a text was sent: never later than now, and now when the clock is far off."""
    return sent_at if sent_at and now - OLDEST < sent_at < now else now


def _nudge():
    from campaigns.sms import tasks

    nudge_soon(tasks.process_inbound, 0)


# --- understanding -------------------------------------------------------------------------
class Taken(Exception):
    """Another worker has taken the text over in the meantime."""


def process(message_id):
    """Do what text `message_id` asks for, unless that was done. Returns its `Outcome`, None when not ours."""
    now = timezone.now()
    if not InboundMessage.objects.claim(message_id, now, now + LEASE):
        return None
    return _carry_out(InboundMessage.objects.select_related("gateway").get(pk=message_id))


def process_waiting(limit=AT_ONCE):
    """Do what the oldest waiting texts ask for, cries for help before all others; return how many there were."""
    now = timezone.now()
    urgent_ones = _cries_ahead(now, limit)
    if urgent_ones:
        return sum(process(pk) is not None for pk in urgent_ones)
    with transaction.atomic():
        ready = InboundMessage.objects.ready(now).select_related("gateway").order_by("pk")
        messages = list(ready.select_for_update(of=("self",), skip_locked=True)[:limit])
        InboundMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
            state=State.WORKING, attempts=F("attempts") + 1, lease_until=now + LEASE
        )
    for message in messages:
        message.attempts += 1
        _carry_out(message)
    return len(messages)


# Up to which id this process has looked for cries.
_looked_to = 0


def _cries_ahead(now, limit):
    """Return the ids of cries for help further back in a queue that is longer than `limit`."""
    global _looked_to
    ready = InboundMessage.objects.ready(now).order_by("pk")
    if len(ready.values_list("pk")[: limit + 1]) <= limit:
        return []
    texts = list(ready.filter(pk__gt=_looked_to).values_list("pk", "text")[:LOOK_AHEAD])
    if texts:
        _looked_to = texts[-1][0]
    return [pk for pk, text in texts if cries.find(text)]


def _carry_out(message):
    """Do what a text that is ours asks for. Returns its `Outcome`, None when it was not done."""
    try:
        with transaction.atomic():
            outcome = _act(message)
            _finish(message, outcome)
    except Taken:
        return None
    except Exception as error:
        logger.error("inbound text %s: %s", message.pk, quiet.describe(error))
        _put_back(message, error)
        return None
    return outcome


def _finish(message, outcome):
    """Close the text together with its effects. Raises Taken, which undoes them, when it is not ours."""
    ours = InboundMessage.objects.filter(pk=message.pk, state=State.WORKING, attempts=message.attempts)
    if not ours.update(
        state=State.DONE, outcome=outcome, campaign=message.campaign, lease_until=None, last_error=""
    ):
        raise Taken


def _put_back(message, error):
    """Let the text be tried again later; `failed`, for staff to see, after the last try."""
    is_last = message.attempts > len(BACK_OFF)
    wait = 0 if is_last else BACK_OFF[message.attempts - 1]
    ours = InboundMessage.objects.filter(pk=message.pk, state=State.WORKING, attempts=message.attempts)
    ours.update(
        state=State.FAILED if is_last else State.NEW,
        lease_until=None,
        next_try_at=timezone.now() + timedelta(seconds=wait),
        last_error=quiet.describe(error)[:100],
    )


def _act(message):
    """Carry out what the text asks for, and queue the answer. Returns the `Outcome`."""
    if message.is_binary or not message.phone_index or message.phone_index in _own_numbers():
        return Outcome.IGNORED
    running = _running_campaigns(message)
    phrase, command = understand(message.text, running)
    if phrase:
        member = Member.objects.locked(message, languages.get(phrase.language).code)
        answer_cry(message, member, phrase.text)
        return Outcome.CRY
    member = Member.objects.locked(message, languages.get(command.language).code)
    if command.asks_for == verbs.LEAVE:
        return _leave(message, member, running.get(command.keyword))
    if command.asks_for == verbs.HELP:
        campaign = _latest_campaign(member, running)
        _reply(message, replies.help_text(member.language, campaign), lasting=True)
        return Outcome.HELP
    question = questions.open_for(member)
    if command.asks_for == verbs.LANGUAGE:
        return _write_in(message, member, command.language, question)
    # Consent and answers rest on words that arrived whole; leaving and asking for help need no such proof.
    if not message.looks_damaged:
        outcome = _go_on(message, member, question, command, running)
        if outcome:
            return outcome
    return _not_understood(message, member, running)


def _go_on(message, member, question, command, running):
    """Carry out joining, confirming, or an answer to the open `question` (None: none); None for anything else."""
    if question and _names_a_place(message, member, question, command, running):
        return _take_answer(message, member, question)
    if command.asks_for == verbs.JOIN:
        return join(message, member, running[command.keyword])
    if command.asks_for == verbs.CONFIRM:
        candidate = joining.to_confirm(member, message.sent_at)
        if candidate:
            return _confirm(message, member, candidate, running)
    closed, language = _closed_campaign(message)
    if closed:
        message.campaign = closed
        cause = f"not-open:{message.phone_index}:{closed.pk}:{timezone.localdate()}"
        _reply(message, replies.not_open(closed, language or member.language, _day(message)), cause=cause)
        return Outcome.NOT_OPEN
    if question and command.asks_for == verbs.SKIP:
        _say(message, member, answering.skipped(member, question))
        return Outcome.SKIPPED
    if _repeats_an_answer(message):
        return Outcome.ANSWERED
    return _take_answer(message, member, question) if question else None


def _names_a_place(message, member, question, command, running):
    """Return whether a bare keyword answers where she lives: that of a campaign that she is in already."""
    if question.what != Question.What.COMMUNE or command.asks_for != verbs.JOIN:
        return False
    is_bare = keywords.squash(message.text).startswith(command.keyword)
    return is_bare and member.sign_ups.filter(campaign=running[command.keyword], left_at=None).exists()


def _take_answer(message, member, question):
    taken = answering.take(member, question, message.text)
    message.campaign = question.campaign
    _say(message, member, taken)
    return Outcome.ANSWERED if taken.is_answer else Outcome.UNKNOWN


def _say(message, member, taken):
    """Queue what is said to an answer, with the next question."""
    if _has_had_enough(message):
        return
    texts = questions.with_next(member, taken.answer) if taken.goes_on else [taken.answer]
    _queue_all(message, texts, f"reply:{message.pk}")


def _repeats_an_answer(message):
    """Return whether the text is the answer before it once more: nobody reads the next question so fast."""
    before = InboundMessage.objects.filter(phone_index=message.phone_index).exclude(pk=message.pk)
    last = before.filter(outcome__in=[Outcome.ANSWERED, Outcome.SKIPPED]).order_by("-pk").first()
    if last is None or last.text != message.text:
        return False
    return abs(message.sent_at - last.sent_at) < REPEATED


def _not_understood(message, member, running):
    keyword = next(iter(running.values())).keyword if running else ""
    cause = f"not-understood:{message.phone_index}:{timezone.localdate()}"
    _reply(message, replies.not_understood(member.language, keyword), cause=cause)
    return Outcome.UNKNOWN


def _latest_campaign(member, running):
    """Return the running campaign that the member joined last and has not left; None when there is none."""
    ids = [campaign.pk for campaign in running.values()]
    latest = member.sign_ups.filter(left_at=None, campaign__in=ids).order_by("-joined_at").first()
    return next((one for one in running.values() if latest and one.pk == latest.campaign_id), None)


def _own_numbers():
    """Return the indexes of the numbers that people text to: what comes from them is our own echo."""
    numbers = (phones.normalise(code) for code in Gateway.objects.values_list("short_code", flat=True))
    return {phones.index(number) for number in numbers if number}


def _running_campaigns(message):
    """Return the campaigns that ran on the day the text was sent, by squashed keyword."""
    running = CampaignPage.objects.running(_day(message)).originals().exclude(keyword_folded="")
    return {campaign.keyword_folded: campaign for campaign in running.select_related("locale")}


def _closed_campaign(message):
    """Return the campaign that the text wants to join and that did not run on its day, and its language.

    (None, "") when there is none; the language is "" where the words do not tell it. Of several with one keyword the next to begin, else the one that ended last.
    """
    day = _day(message)
    published = CampaignPage.objects.live().originals().exclude(keyword_folded="").select_related("locale")
    over = list(published.filter(ends_on__lt=day).order_by("ends_on"))
    coming = list(published.filter(starts_on__gt=day).order_by("-starts_on"))
    campaigns = {campaign.keyword_folded: campaign for campaign in [*over, *coming]}
    command = verbs.parse(message.text, campaigns)
    if command.asks_for != verbs.JOIN:
        return None, ""
    return campaigns[command.keyword], command.language


def _day(message):
    return timezone.localdate(message.sent_at)


def answer_cry(message, member, phrase=""):
    """Send the number of the hotline at once, in words that say nothing else, and call the staff."""
    urgent.cry(message, phrase)
    lately = OutboundMessage.objects.filter(
        phone_index=message.phone_index,
        kind=outbox.Kind.URGENT,
        created_at__gt=timezone.now() - CRY_ANSWERED_FOR,
    )
    if not lately.exists():
        answer = replies.whom_to_call(member.language)
        _queue(message, answer, kind=outbox.Kind.URGENT, cause=f"cry:{message.pk}", lasting=True)


def language_for(message):
    """Return the language in which to write to whoever sent `message`, as far as the text tells."""
    return languages.get(verbs.parse(message.text, _running_campaigns(message)).language).code


def _write_in(message, member, language, question=None):
    """Write to her in `language` from now on; it answers `question` where that asks for it."""
    if languages.get(language).code != language:
        language = member.language
    Member.objects.filter(pk=member.pk).update(language=language)
    member.language = language
    cause = f"language:{message.phone_index}:{language}:{timezone.localdate()}"
    if question and question.what == Question.What.LANGUAGE:
        answering.answered(member, question, language)
        _reply(message, replies.language_chosen(language), cause=cause, member=member)
    else:
        _reply(message, replies.language_chosen(language), cause=cause)
    return Outcome.LANGUAGE


def join(message, member, campaign):
    """Sign up the member, who is locked, for `campaign` (the original page). Returns the `Outcome`."""
    message.campaign = campaign
    if _has_left_since(message, member, campaign):
        return Outcome.OUTDATED
    if joining.must_confirm(member, campaign):
        area = _where(message, campaign)
        joining.ask_to_confirm(member, campaign, at=message.sent_at, area=area, inbound=message)
        cause = f"confirm:{member.pk}:{campaign.pk}:{timezone.localdate()}"
        _reply(message, replies.to_confirm(member.language), cause=cause)
        return Outcome.TO_CONFIRM
    return _sign_up(message, member, campaign, _where(message, campaign))


def _confirm(message, member, candidate, running):
    """Sign up whoever confirmed that she wants to join; the day of that text decides."""
    campaign = running.get(candidate.campaign.keyword_folded)
    message.campaign = candidate.campaign
    if campaign is None:
        _reply(message, replies.not_open(candidate.campaign, member.language, _day(message)))
        return Outcome.NOT_OPEN
    if _has_left_since(message, member, campaign):
        return Outcome.OUTDATED
    return _sign_up(message, member, campaign, candidate.area)


def _has_left_since(message, member, campaign):
    left_at = consent.withdrawn_at(member.phone_index, campaign.consent_key)
    return left_at is not None and message.sent_at <= left_at


def _sign_up(message, member, campaign, area):
    joined = joining.sign_up(
        member,
        campaign,
        at=message.sent_at,
        channel=ConsentEvent.Channel.SMS,
        source=f"inbound/{message.pk}",
        area=area,
        inbound=message,
    )
    if joined.is_news:
        _reply(message, joined.answer, member=member)
    elif joined.outcome == Outcome.ALREADY_IN:
        _join_again(message, member, joined.sign_up)
    else:
        cause = f"waiting:{member.pk}:{campaign.pk}:{timezone.localdate()}"
        _reply(message, joined.answer, cause=cause)
    return joined.outcome


def _join_again(message, member, sign_up):
    """Tell her once a day that she is in; not at all when the welcome has only just said so."""
    if abs(message.sent_at - sign_up.joined_at) > timedelta(minutes=10):
        cause = f"already-in:{sign_up.pk}:{timezone.localdate()}"
        answer = replies.already_in(member.language, sign_up.campaign)
        _reply(message, answer, cause=cause, member=member)


def _where(message, campaign):
    """Return the area of a sign-up: the campaign's only one, or the one named behind its keyword.

    "DANGKY HAGIANG DONG VAN" names Đồng Văn, where the campaign is aimed at it. Else None: of several
    areas none is guessed.
    """
    areas = campaign.areas()
    if len(areas) == 1:
        return areas[0]
    said = keywords.squash(message.text)
    named = [area for area in areas if said.endswith(campaign.keyword_folded + keywords.squash(area.name))]
    return named[0] if len(named) == 1 else None


def _leave(message, member, campaign):
    """Note that the phone wants no more texts, of `campaign` or (None) of anybody here."""
    message.campaign = campaign
    purpose = campaign.consent_key if campaign else consent.ALL
    had_left = _is_out(member, purpose)
    consent.note(
        phone_index=member.phone_index,
        purpose=purpose,
        given=False,
        channel=ConsentEvent.Channel.SMS,
        at=message.sent_at,
        source=f"inbound/{message.pk}",
    )
    joining.left(member.phone_index, campaign, at=message.sent_at)
    sign_ups = member.sign_ups.filter(left_at=None).select_related("campaign__locale")
    for sign_up in sign_ups.filter(campaign=campaign) if campaign else sign_ups:
        if not consent.holds(member.phone_index, sign_up.campaign.consent_key):
            SignUp.objects.filter(pk=sign_up.pk).update(left_at=message.sent_at)
            joining.place_is_free(sign_up.campaign)
    if _agreed_since(member, purpose, message.sent_at):
        return Outcome.OUTDATED
    if not had_left:
        _reply(message, replies.left(member.language, campaign), lasting=True)
    return Outcome.LEFT


def _is_out(member, purpose):
    """Return whether the phone is out already: it had its one confirmation."""
    left_at = consent.withdrawn_at(member.phone_index, purpose)
    return left_at is not None and not _agreed_since(member, purpose, left_at)


def _agreed_since(member, purpose, moment):
    """Return whether the phone agreed to `purpose`, or to anything when that is `ALL`, after `moment`."""
    agreed = ConsentEvent.objects.filter(phone_index=member.phone_index, given=True, at__gt=moment)
    return (agreed if purpose == consent.ALL else agreed.filter(purpose=purpose)).exists()


def _reply(message, answer, cause="", lasting=False, member=None):
    """Queue the answer to a text; `cause` when one answer is enough for more than this text.

    lasting  when it is right however late it comes
    member   whom the next question is asked with it, where there is one
    """
    if _says_the_same_again(message) or _has_had_enough(message):
        return
    if cause and OutboundMessage.objects.filter(cause=cause).exists():
        return
    texts = questions.with_next(member, answer) if member else [answer]
    _queue_all(message, texts, cause or f"reply:{message.pk}", lasting)


def _queue_all(message, texts, cause, lasting=False):
    for number, text in enumerate(texts):
        cause_of_it = f"{cause}:{number}" if number else cause
        _queue(message, text, kind=outbox.Kind.REPLY, cause=cause_of_it, lasting=lasting)


def _says_the_same_again(message):
    """Return whether the number's last text said the same, minutes ago, and was dealt with."""
    before = InboundMessage.objects.filter(phone_index=message.phone_index, pk__lt=message.pk)
    last = before.order_by("-pk").only("text", "sent_at", "state").first()
    if last is None or last.text != message.text or last.state != State.DONE:
        return False
    return abs(message.sent_at - last.sent_at) < SAME_WORDS


def _has_had_enough(message):
    """Return whether the number had its share of answers; staff are told when it has."""
    now, own = timezone.now(), {"phone_index": message.phone_index, "kind": outbox.Kind.REPLY}
    answers = list(
        OutboundMessage.objects.filter(
            **own, author=None, created_at__gt=now - timedelta(days=1)
        ).values_list("created_at", flat=True)
    )
    of_the_hour = sum(1 for at in answers if at > now - timedelta(hours=1))
    if of_the_hour < MOST_REPLIES_AN_HOUR and len(answers) < MOST_REPLIES_A_DAY:
        return False
    alarms.raise_alarm("looping", message.phone_index, LOOPING)
    return True


def _queue(message, answer, **facts):
    outbox.queue(to=message, gateway=message.gateway, text=answer.text, language=answer.language, **facts)
