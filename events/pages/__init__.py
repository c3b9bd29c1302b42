"""Event pages.

models.py   EventPage and the questions people ask of events: coming, on a day, in an area
finding.py  what an event says of itself to feeds and machines
"""
