"""The reach table, read as the coordinator reads it."""

from dataclasses import dataclass

from campaigns.reach.models import ReachEntry

Channel = ReachEntry.Channel
INDIRECT = [channel for channel in Channel if channel not in ReachEntry.DIRECT_CHANNELS]
COLUMNS = [*ReachEntry.DIRECT_CHANNELS, "direct", *INDIRECT, "indirect"]

READ = """
() => [...document.querySelectorAll(".loa-reach tbody tr, .loa-reach tfoot tr")].map((row) => ({
  place: row.querySelector("th")?.innerText ?? "",
  numbers: [...row.querySelectorAll("td")].map((cell) => Number(cell.innerText.replace(/\\D/g, ""))),
}))
"""


@dataclass
class Reach:
    """rows: [(place, {column: contacts})], the last of which is the sum."""

    rows: list

    def total(self, column):
        return self.rows[-1][1][column]

    def in_place(self, name, column):
        """Return the contacts in the places whose name starts with `name`."""
        return sum(numbers[column] for place, numbers in self.rows[:-1] if place.startswith(name))


def read_reach(page):
    """Open the reach table with a page that is signed in, and return its `Reach`."""
    page.goto("/admin/reach/")
    rows = page.evaluate(READ)
    return Reach([(row["place"], dict(zip(COLUMNS, row["numbers"], strict=True))) for row in rows])


def reach_until(page, is_there, seconds=15):
    """Read the table until `is_there(reach)` holds, at most `seconds`; counts of views are written every five."""
    for _second in range(seconds):
        reach = read_reach(page)
        if is_there(reach):
            return reach
        page.wait_for_timeout(1000)
    return reach
