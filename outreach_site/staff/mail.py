"""E-mail as rows: who clicks "approve" never waits for a mail server, nor learns that it is down.

`QueuedMail` is the site's mail backend: it stores, nudges and returns. A worker takes a letter up and
hands it to MAIL_CARRIER, the backend that knows the server. A worker that dies after the server took
the letter sends it twice; none is lost.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django_q.models import Schedule

from outreach_site.queue import nudge
from outreach_site.staff.models import Letter

logger = logging.getLogger(__name__)

# Waits of 5, 10, 20 … minutes: together a little more than three days.
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=5)
BATCH = 50
FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


class QueuedMail(BaseEmailBackend):
    """Store each message as a `Letter`. Raises ValueError for a message with attachments."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.attachments:
                raise ValueError("Letters carry no attachments: link to the file instead.")
            content = {name: getattr(message, name) for name in FIELDS}
            content["headers"] = message.extra_headers
            content["html"] = [part.content for part in getattr(message, "alternatives", [])]
            content["subject"], content["body"] = str(message.subject), str(message.body)
            letter = Letter.objects.create(content=content, next_try_at=timezone.now())
            nudge(send, letter.pk)
        return len(email_messages)


def send(letter_id):
    """Try to send one letter. Safe to run twice at once: one of them claims it. Returns whether it went."""
    now = timezone.now()
    letter = Letter.objects.filter(pk=letter_id, next_try_at__lte=now).first()
    if letter is None:
        return False
    wait = FIRST_WAIT * 2**letter.attempts
    claimed = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, next_try_at__lte=now)
    if not claimed.update(attempts=F("attempts") + 1, next_try_at=now + wait):
        return False
    try:
        message(letter.content).send()
    except Exception as error:
        # The class alone: a mail server's words hold addresses.
        logger.warning("letter %s not sent: %s", letter.pk, type(error).__name__)
        if letter.attempts + 1 >= MOST_ATTEMPTS:
            Letter.objects.filter(pk=letter.pk).update(content={}, next_try_at=None)
        return False
    letter.delete()
    return True


def message(content):
    """Return the message that `content` of a letter stands for, ready to be sent by MAIL_CARRIER."""
    made = EmailMultiAlternatives(
        **{name: content[name] for name in FIELDS},
        headers=content["headers"],
        connection=get_connection(settings.MAIL_CARRIER),
    )
    for html in content["html"]:
        made.attach_alternative(html, "text/html")
    return made


def sweep():
    """Schedule: take up the letters whose nudge was lost or whose wait is over, oldest first."""
    due = Letter.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at")
    for letter_id in list(due.values_list("pk", flat=True)[:BATCH]):
        # A server that does not answer would eat the task's time letter by letter.
        if not send(letter_id):
            return


def ensure_schedules(**_signal):
    """Have letters swept up every five minutes. Safe to call as often as you like."""
    Schedule.objects.get_or_create(
        name="staff: e-mail",
        defaults={
            "func": "outreach_site.staff.mail.sweep",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
        },
    )
