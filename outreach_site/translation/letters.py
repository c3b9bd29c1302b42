"""A letter to the reviewers of a language when something comes to wait for them, at most one a day.

What comes within a day of what waits already makes no letter of its own: the first one leads to the to-do
page, where all of it stands.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from outreach_site.translation.models import LanguageTeam, TranslationWork

logger = logging.getLogger(__name__)

QUIET = timedelta(days=1)


def waits_for_review(work, title, by):
    """Tell the reviewers of the language of `work`, which was just sent to review, unless more waits there.

    title  of the page; by: who sent it, and gets no letter about her own act
    """
    waiting = TranslationWork.objects.filter(locale=work.locale, state=TranslationWork.State.IN_REVIEW)
    if waiting.exclude(pk=work.pk).filter(changed_at__gt=timezone.now() - QUIET).exists():
        return
    transaction.on_commit(lambda: _write(work.locale, title, by))


def _write(locale, title, by):
    team = LanguageTeam.objects.filter(locale=locale).first()
    people = team.reviewers.filter(is_active=True).exclude(email="").exclude(pk=by.pk) if team else []
    address = settings.WAGTAILADMIN_BASE_URL + reverse("translation_todo")
    for person in people:
        profile = UserProfile.get_for_user(person)
        if not profile.submitted_notifications:
            continue
        with translation.override(profile.get_preferred_language()):
            words = {"language": locale.get_display_name()}
            subject = _("A translation into %(language)s waits for your review") % words
            facts = {"person": person, "title": title, "address": address, **words}
            body = render_to_string("outreach_site/admin/email/waits_for_review.txt", facts)
        try:
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
        except Exception as error:
            # A letter that cannot be stored takes nothing back: the to-do page tells as well.
            logger.warning("letter about a review not stored: %s", type(error).__name__)
