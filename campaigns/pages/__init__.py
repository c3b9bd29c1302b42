"""Campaigns: a time, an audience, areas, one word to text.

models.py    CampaignPage and the areas it is aimed at      keywords.py  which campaign a text means
"""
