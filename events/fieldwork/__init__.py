"""Field work: what a field worker records on the spot.

models.py      HeadCount: how many came, by sex and age band, "not recorded" included
attendance.py  keep a count, correct it, carry it to the reach ledger
forms.py views.py urls.py   the form, on a phone: /field/      login.py  where field workers land
"""
