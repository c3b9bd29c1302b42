"""How the links of the demo fare, without asking anybody: the report of links has something to show.

The answers are made up, as the addresses are; they are written by the code that writes real ones, for the
days on which they would have come. Where LINK_CHECKS is on, the real ones take their place.
"""

from datetime import timedelta

from outreach_site.demo import pages
from outreach_site.links import checking, collecting
from outreach_site.links.fetching import Outcome
from outreach_site.links.models import CheckedLink

# [(key, address, what came of asking, days ago on which that was)]
ANSWERS = [
    ("works", pages.WORKS, Outcome(status=200), [1]),
    ("moved", pages.MOVED, Outcome("moved", 200, pages.MOVED_TO), [1]),
    ("dead", pages.DEAD, Outcome("unknown_host"), [4, 2, 0]),
]


def plant(planted, now):
    """Collect what stands in the text with links, and note how each of them fares."""
    versions = [planted.find(f"page/{pages.FURTHER.slug}/{code}") for code in pages.FURTHER.sheets]
    versions = [page for page in versions if page and page.live]
    if any(f"link/{key}" not in planted.places for key, *_more in ANSWERS):
        collecting.collect(versions)
    for key, address, outcome, days in ANSWERS:
        planted.once(f"link/{key}", lambda a=address, o=outcome, d=days: _asked(a, o, d, now))


def _asked(address, outcome, days, now):
    """Return the link with what came of asking it; None where staff took it out before."""
    link = CheckedLink.objects.filter(kind=CheckedLink.Kind.SITE, address=address).first()
    for ago in days if link else []:
        checking.record(link, outcome, now - timedelta(days=ago))
    return link
