"""An account of use: how often a page and its translations were opened, fetched and played.

Read from the daily counts, which know a day, a language and a number, and nobody. A page is one with
its translations. Opened, fetched, scanned and handed out are kept apart: adding them up means nothing.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.reach import charts
from campaigns.reach.models import DailyCount, ReachEntry
from campaigns.reach.visits import HELP_PAGE
from outreach_site import languages

Channel = ReachEntry.Channel
WEEKS = 12

# A page counts under the one or the other channel by its type: to staff both are "opened".
KINDS = {
    "opened": (_("Opened"), (Channel.PAGE, Channel.MATERIAL)),
    "downloads": (_("Downloads"), (Channel.DOWNLOAD,)),
    "plays": (_("Recordings played"), (Channel.LISTEN,)),
}
KIND_OF = {channel: kind for kind, (_label, channels) in KINDS.items() for channel in channels}


@dataclass
class Line:
    """One kind of use. `by_language` and `by_week` map a language code, a Monday, to a number."""

    kind: str
    label: str
    total: int = 0
    by_language: Counter = field(default_factory=Counter)
    by_week: Counter = field(default_factory=Counter)
    chart: str = ""


@dataclass(frozen=True)
class Printed:
    """What is known of paper: scans by place and week, copies by place, copies left in store."""

    scans: list
    copies: list
    left: int

    @property
    def scanned(self):
        return sum(number for _place, _monday, number in self.scans)

    @property
    def handed_out(self):
        return sum(number for _place, number in self.copies)


@dataclass(frozen=True)
class Account:
    """How a page was used.

    lines       one `Line` a kind of use; all time, `by_week` the last `weeks`
    weeks       the Mondays of the last twelve weeks, the present one last
    printed     `Printed`, or None for a page of which nothing is printed
    records     daily counts that it rests on, from `since` to `until`; None, None: none yet
    """

    page: Page
    lines: list
    weeks: list
    printed: Printed | None
    records: int
    since: date | None
    until: date | None

    @property
    def languages(self):
        """The languages with a number, in the site's order."""
        used = {code for line in self.lines for code in line.by_language}
        order = [language.code for language in languages.LANGUAGES]
        return sorted(used, key=lambda code: order.index(code) if code in order else len(order))

    @property
    def language_rows(self):
        """[(what the language calls itself, [number of each line])]."""
        return [(_name(code), [line.by_language[code] for line in self.lines]) for code in self.languages]

    @property
    def week_rows(self):
        """[(Monday, [number of each line])], the latest first."""
        return [(week, [line.by_week[week] for line in self.lines]) for week in reversed(self.weeks)]


def _name(code):
    """Return what a language calls itself; a film without words is in none."""
    return languages.get(code).name if code else _("no language, or any")


def counts_of(page):
    """Return the daily counts of `page` and its translations, deleted ones left out."""
    versions = Page.objects.filter(translation_key=page.translation_key).values("pk")
    return DailyCount.objects.filter(subject__in=versions, channel__in=list(KIND_OF))


def help_page_plays():
    """Return the `Line` of the help page read aloud: how often it was played, all time, by language."""
    line = Line("plays", KINDS["plays"][0])
    counts = DailyCount.objects.filter(subject=HELP_PAGE, channel=Channel.LISTEN)
    for code, number in counts.values_list("language").annotate(sum=Sum("number")).order_by():
        line.total += number
        line.by_language[code] += number
    return line


def account(page, today=None):
    """Return the `Account` of `page`: three questions, and those about paper where there is some."""
    today = today or timezone.localdate()
    counts = counts_of(page)
    weeks = charts.weeks_until(today, WEEKS)
    lines = {kind: Line(kind, label) for kind, (label, _channels) in KINDS.items()}
    for channel, code, number in _sums(counts, "language"):
        line = lines[KIND_OF[channel]]
        line.total += number
        line.by_language[code] += number
    for channel, day, number in _sums(counts.filter(day__gte=weeks[0]), "day"):
        lines[KIND_OF[channel]].by_week[charts.monday(day)] += number
    for line in lines.values():
        line.chart = _chart(line, weeks)
    rests_on = counts.aggregate(records=Count("pk"), since=Min("day"), until=Max("day"))
    return Account(page, list(lines.values()), weeks, printed_matter(page), **rests_on)


def _sums(counts, by):
    return counts.values_list("channel", by).annotate(sum=Sum("number")).order_by()


def _chart(line, weeks):
    """A chart only of what happened: an empty one says nothing."""
    if not line.by_week:
        return ""
    title = _("%(what)s by week") % {"what": line.label}
    return charts.bars(title, [charts.Bar(charts.short_date(week), line.by_week[week]) for week in weeks])


def printed_matter(page):
    """Return what is known of the printed copies and codes of `page`, or None when it is no material."""
    if not isinstance(page, apps.get_model("campaigns.MaterialPage")):
        return None
    try:
        from campaigns.printing import counts
    except ImportError:
        return None
    return Printed(counts.visits_by_place(page), counts.copies_by_area(page), counts.stock(page))


def rows(page):
    """Yield (day, kind of use in words, language code, place, number) for the export, by day."""
    for count in counts_of(page).order_by("day", "channel", "language"):
        yield count.day, KINDS[KIND_OF[count.channel]][0], count.language, "", count.number
    printed = printed_matter(page)
    if printed:
        for place, monday, number in printed.scans:
            yield monday, _("Codes scanned, week from this day"), "", place, number
        for place, number in printed.copies:
            yield "", _("Copies handed out"), "", place, number
