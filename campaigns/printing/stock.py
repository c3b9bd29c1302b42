"""What is left of a print run, and what its copies add to reach.

One copy handed out counts as one indirect contact, in the language of the print run: that is the
whole method. Copies in the store, spoilt or lost count as none.
"""

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.reach import ledger


class NotEnoughCopies(ValidationError):
    """More copies would leave the store than there are."""


def handed_out(run, besides=None):
    """Return how many copies of `run` were handed out, leaving out the distribution `besides`."""
    given = run.distributions.exclude(pk=besides.pk if besides else None) if run.pk else None
    return (given.aggregate(sum=Sum("copies"))["sum"] or 0) if given is not None else 0


def left(run, besides=None):
    """Return the stock of `run`: copies less those handed out and those written off."""
    return run.copies - run.written_off - handed_out(run, besides)


def check_run(run):
    """Raise NotEnoughCopies when more of `run` was handed out or written off than was printed."""
    given = handed_out(run)
    if run.copies < given + run.written_off:
        raise NotEnoughCopies(
            {
                "copies": _(
                    "%(given)s copies were handed out and %(written_off)s are written off: "
                    "the run cannot have fewer than that."
                )
                % {"given": given, "written_off": run.written_off}
            }
        )


def check_distribution(distribution):
    """Raise NotEnoughCopies when `distribution` takes more copies than its run has left."""
    stock = left(distribution.run, besides=distribution)
    if distribution.copies > stock:
        message = ngettext(
            "Only %(stock)s copy of this run is left.", "Only %(stock)s copies of this run are left.", stock
        )
        raise NotEnoughCopies({"copies": message % {"stock": max(stock, 0)}})


def count_copies(distribution):
    """Say in the ledger what `distribution` adds: said again, it corrects what was said before."""
    ledger.record(
        _key(distribution),
        day=distribution.day,
        channel=ledger.Channel.PRINT,
        area=distribution.area,
        campaign=distribution.run.campaign,
        groups=[ledger.Group(distribution.copies, language=distribution.run.language)],
    )


def take_back(instance, **_signal):
    """Receiver of `post_delete`: a distribution that is deleted adds nothing any more."""
    ledger.record(_key(instance), day=instance.day, channel=ledger.Channel.PRINT, groups=[])


def _key(distribution):
    return f"distribution/{distribution.pk}"
