"""Who may translate and who may review a language. Language teams say it; whoever appoints them may do all."""

from django.db.models import Value
from django.utils.translation import gettext as _

from outreach_site.translation.models import LanguageTeam


class Rights:
    """What `user` may do in which languages, asked for once and then answered from memory.

    everything        she appoints the teams
    writing, reading  pks of the locales that she translates and reviews by name
    writers, readers  {locale pk: {user pk}} of all whose account is active
    """

    def __init__(self, user):
        self._active = user.is_active and user.is_authenticated
        self.everything = self._active and user.has_perm("outreach_site.change_languageteam")
        self.writers, self.readers = _members()
        self.writing = {pk for pk, people in self.writers.items() if user.pk in people}
        self.reading = {pk for pk, people in self.readers.items() if user.pk in people}

    def translates(self, locale):
        """May she write in `locale`: its translators, and its reviewers, who mend what they read."""
        return self.everything or locale.pk in self.writing | self.reading

    def reviews(self, locale):
        """May she approve what was written in `locale`."""
        return self.everything or locale.pk in self.reading

    def handles(self, locale):
        """May she order a translation into `locale` and publish it, page rights given.

        Somebody of a language team does that for her own languages only. Staff who belong to none, such as
        coordinators, do it for all: what they publish a reviewer of the language has approved.
        """
        return self.translates(locale) or (self._active and not self.writing | self.reading)


def _members():
    """Return ({locale pk: {user pk}} of translators, the same of reviewers) in one query."""
    roles = (LanguageTeam.translators.through, LanguageTeam.reviewers.through)
    first, second = (
        role.objects.filter(user__is_active=True)
        .annotate(role=Value(place))
        .values_list("role", "languageteam__locale_id", "user_id")
        for place, role in enumerate(roles)
    )
    found = ({}, {})
    for role, locale_id, user_id in first.union(second, all=True):
        found[role].setdefault(locale_id, set()).add(user_id)
    return found


def may_translate(user, locale):
    return Rights(user).translates(locale)


def may_review(user, locale):
    return Rights(user).reviews(locale)


def may_handle(user, locale):
    return Rights(user).handles(locale)


def refusal(locale):
    """Return the sentence for somebody who does not belong to the language's team."""
    return _(
        "You are not in the team for %(language)s, so you cannot change this translation. "
        "Ask an administrator to add you."
    ) % {"language": locale.get_display_name()}
