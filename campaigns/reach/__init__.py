"""Who was reached: the ledger that every source writes to, and the totals that every report reads.

models.py   ReachEntry (contacts by day, area, campaign, channel, sex, age band, language), ReachSource
ledger.py   record(source, …): the one way in; the same source twice, or corrected, leaves the right total
totals.py   sums by area, in any edition of the areas; the one way out
tally.py    counts wait in memory and are written after an answer
visits.py   page views and hotline taps, counted by day and nothing else, then carried to the ledger
usage.py    how often one page was opened, fetched and played, by week and language
charts.py   bars by week as SVG, to stand beside their table
admin.py, usage_admin.py   the reach table and the accounts of use, for staff
"""
