"""Materials on paper: how many were printed, where they went, and whom a printed code led to us.

models/      PrintRun and its Distributions; TrackedLink and its LinkCounts; PrintJob
stock.py     what is left of a run; why more than that cannot be handed out; copies in the reach ledger
addresses.py the short address that is printed, and why it may not be printed yet
links.py     where a scanned code leads, for ever
scans.py     scans counted by day and code, then carried to the ledger
counts.py    figures for the panel beside a material: scans by place, copies by area, stock
qr.py        QR codes as SVG and PNG
sheets.py    the sticker sheet and the poster, as HTML and as PDF
jobs.py      PDFs are made in the queue; the PrintJob is the queue
signals.py   schedules, and what happens when something is deleted
forms.py, views.py, admin.py, urls.py   the doorways: `/m/<code>/` for readers, "Print" for staff
"""
