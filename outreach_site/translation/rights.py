"""Who may translate and who may review a language. Language teams say it; whoever appoints them may do all."""

from django.utils.translation import gettext as _

from outreach_site.translation.models import LanguageTeam


def may_translate(user, locale):
    """Return whether `user` may write in `locale`: its translators, and its reviewers, who mend what they read."""
    return _appoints(user) or _is_in(user, locale, "translators") or _is_in(user, locale, "reviewers")


def may_review(user, locale):
    """Return whether `user` may approve what was written in `locale`."""
    return _appoints(user) or _is_in(user, locale, "reviewers")


def may_handle(user, locale):
    """Return whether `user` may order a translation into `locale` and publish it, page rights given.

    Somebody of a language team does that for her own languages only. Staff who belong to none, such as
    coordinators, do it for all: what they publish a reviewer of the language has approved.
    """
    teams = LanguageTeam.objects.filter(translators=user) | LanguageTeam.objects.filter(reviewers=user)
    return may_translate(user, locale) or not teams.exists()


def refusal(locale):
    """Return the sentence for somebody who does not belong to the language's team."""
    return _(
        "You are not in the team for %(language)s, so you cannot change this translation. "
        "Ask an administrator to add you."
    ) % {"language": locale.get_display_name()}


def _appoints(user):
    return user.is_active and user.has_perm("outreach_site.change_languageteam")


def _is_in(user, locale, role):
    return (
        user.is_active
        and user.is_authenticated
        and LanguageTeam.objects.filter(locale=locale, **{role: user}).exists()
    )
