"""Small charts drawn on the server: bars by week, as SVG that takes the colour of the text around it.

A chart never stands alone: the table with the same numbers belongs beside it. It is one picture to a
screen reader, with a title and one sentence that says what the table says in full.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

WIDTH, HEIGHT, TOP, FOOT = 360, 120, 16, 20
# More labels than this run into each other at the width of a phone.
MOST_LABELS = 6


@dataclass(frozen=True)
class Bar:
    """One bar: what stands under it, and how much it is (a whole number from 0 on)."""

    label: str
    number: int


def monday(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def weeks_until(day: date, count: int) -> list[date]:
    """Return the Mondays of the last `count` weeks, the week of `day` last."""
    last = monday(day)
    return [last - timedelta(weeks=ago) for ago in range(count - 1, -1, -1)]


def short_date(day: date) -> str:
    """Return "9/3": day and month, as charts and tables of weeks have it."""
    return f"{day.day}/{day.month}"


def bars(title: str, columns: list[Bar]):
    """Return `columns` as an SVG bar chart (safe HTML) named `title`; "" when there is no column."""
    if not columns:
        return ""
    most = max(bar.number for bar in columns)
    step = WIDTH / len(columns)
    room = HEIGHT - TOP - FOOT
    drawn, names = [], []
    every = -(-len(columns) // MOST_LABELS)
    for index, bar in enumerate(columns):
        # A bar of a few among many thousands is still to be seen.
        height = max(1.5, bar.number * room / most) if bar.number else 0
        drawn.append((_f(index * step + step * 0.12), _f(TOP + room - height), _f(step * 0.76), _f(height)))
        if (len(columns) - 1 - index) % every == 0:
            names.append((_f((index + 0.5) * step), HEIGHT - 6, bar.label))
    return format_html(
        '<svg class="loa-chart" role="img" viewBox="0 0 {} {}" aria-label="{}"><title>{}</title><desc>{}</desc>'
        '<g fill="currentColor">{}</g><path d="M0 {}H{}" stroke="currentColor" opacity=".5"/>'
        '<g fill="currentColor" font-size="11" text-anchor="middle">{}</g>'
        '<text x="0" y="11" font-size="11" fill="currentColor">{}</text></svg>',
        WIDTH,
        HEIGHT,
        title,
        title,
        _in_words(columns),
        format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" rx="1"/>', drawn),
        _f(TOP + room),
        WIDTH,
        format_html_join("", '<text x="{}" y="{}">{}</text>', names),
        _("highest: %(number)s") % {"number": number_format(most, force_grouping=True)},
    )


def _in_words(columns):
    highest = max(columns, key=lambda bar: bar.number)
    return _("From %(first)s to %(last)s; the highest is %(number)s at %(label)s.") % {
        "first": columns[0].label,
        "last": columns[-1].label,
        "number": number_format(highest.number, force_grouping=True),
        "label": highest.label,
    }


def _f(number):
    """Return a coordinate with a point, whatever the language: "12.5"."""
    return f"{number:.1f}"
