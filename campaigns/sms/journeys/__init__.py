"""Texts that follow a date: so many days after somebody joined, or before and after an event.

models.py   Journey, its steps and their texts; Fire, the proof that a step was taken for somebody
anchors.py  the dates that steps hang on; other packages offer theirs
firing.py   write what is due, once; stop what an edit or a moved date has made wrong

Nothing is written ahead: a step is looked at when its hour comes. So an edit, a moved event or a
member who left need no clearing up, but for texts that wait for the morning.
"""
