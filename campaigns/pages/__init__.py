"""Campaigns: a time, an audience, areas, one word to text, partners, and what it wants to reach.

models.py    CampaignPage, the areas it is aimed at, its partners     forms.py   what its parts agree on
targets.py   CampaignTarget: so many of something by a day            keywords.py  which campaign a text means
progress.py  how far the targets are, out of the ledger               admin.py   the screens for staff
"""
