"""What became of a link, in words for whoever edits the page."""

from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outreach_site.links.checking import DAYS_UNTIL_BROKEN, FAILS
from outreach_site.links.models import CheckedLink

REASONS = {
    "not_found": _("The page is not there any more."),
    "gone": _("The site says that the page was taken away for good."),
    "unknown_host": _("There is no site of this name. Was it mistyped, or given up?"),
    "lookup_failed": _("The site's name could not be looked up just now."),
    "no_connection": _("Nobody answers at this address."),
    "cut_off": _("The site broke the connection off. Open it yourself."),
    "timeout": _("The site took too long to answer. Open it yourself."),
    "certificate": _("The site's certificate is not valid: browsers warn readers not to go there."),
    "no_issuer": _("The site's certificate could not be checked completely. Open it yourself."),
    "no_encryption": _("A secure connection to the site could not be made."),
    "redirect_loop": _("The site sends visitors from one address to the next without end."),
    "private_network": _("This address lies inside of a private network: readers cannot open it."),
    "not_an_address": _("This is not a complete web address."),
    "odd_port": _("The address names a port that we do not ask. Open it yourself."),
    "login": _("The site answered, but asks for a password. Open it yourself."),
    "no_programs": _("The site answered, but does not let programs in. Open it yourself."),
    "too_many": _("The site answered that it is asked too often. Open it yourself."),
    "site_error": _("The site answered that something is wrong there. Open it yourself."),
    "odd_answer": _("The site gave an answer that we do not understand. Open it yourself."),
    "front_page": _("The address now leads to the site's front page. Is what you meant still there?"),
    "moved": _("The page has moved to a new address."),
    "page_gone": _("The page was deleted."),
    "page_unpublished": _("The page is not published."),
    "other_language": _("The page is not published in this language: readers land in another one."),
    "document_gone": _("The document was deleted."),
    "own_missing": _("This site has nothing at this address."),
    "hotline_gone": _("The hotline record was deleted."),
    "hotline_ended": _("This number is no longer answered."),
    "number_ended": _("This number is no longer answered."),
    "has_record": _("This number is typed by hand. Its hotline record would keep it right."),
    "typed": _("This number is typed by hand, and no hotline record has it. Is it right?"),
    "mail_wrong": _("This is not a complete e-mail address."),
}


def reason(link):
    """Return why the link stands where it stands, as one or two sentences; "" when all is well."""
    text = str(REASONS.get(link.reason, ""))
    if link.http_status and link.reason and link.http_status >= 400:
        text = f"{text} ({link.http_status})"
    if link.state == CheckedLink.State.UNSURE and link.reason in FAILS:
        later = gettext("It failed on %(days)d of %(most)d days; then it counts as broken.") % {
            "days": link.failed_days,
            "most": DAYS_UNTIL_BROKEN,
        }
        text = f"{text} {later}"
    return text


def day(moment):
    return formats.date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""
