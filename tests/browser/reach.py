"""The reach table, read as the coordinator reads it."""

from dataclasses import dataclass

from campaigns.reach.models import ReachEntry

Channel = ReachEntry.Channel

COLUMNS = (
    "() => [...document.querySelectorAll('.loa-reach [data-column]')].map((head) => head.dataset.column)"
)
READ = """
() => [...document.querySelectorAll(".loa-reach tbody tr, .loa-reach tfoot tr")].map((row) => ({
  place: row.querySelector("th")?.innerText ?? "",
  numbers: [...row.querySelectorAll("td")].map((cell) => Number(cell.innerText.replace(/\\D/g, ""))),
}))
"""


@dataclass
class Reach:
    """rows: [(place, {column: contacts})], the last of which is the sum. A channel that reached nobody is left out."""

    rows: list

    def total(self, column):
        return self.rows[-1][1].get(column, 0)

    def in_place(self, name, column):
        """Return the contacts in the places whose name starts with `name`."""
        return sum(numbers.get(column, 0) for place, numbers in self.rows[:-1] if place.startswith(name))


def read_reach(page):
    """Open the reach table with a page that is signed in, and return its `Reach`."""
    page.goto("/admin/reach/")
    columns, rows = page.evaluate(COLUMNS), page.evaluate(READ)
    return Reach([(row["place"], dict(zip(columns, row["numbers"], strict=True))) for row in rows])


def reach_until(page, is_there, seconds=15):
    """Read the table until `is_there(reach)` holds, at most `seconds`; counts of views are written every five."""
    for _second in range(seconds):
        reach = read_reach(page)
        if is_there(reach):
            return reach
        page.wait_for_timeout(1000)
    return reach
