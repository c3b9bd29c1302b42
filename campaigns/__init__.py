"""What we tell people, how they answer, and what it adds up to.

pages/      CampaignPage: what is on, for whom, which word to text
materials/  MaterialPage: leaflets, posters, films, each with its text
printing/   print runs and where they went, codes to scan, stickers and posters
sms/        texts in and out through any gateway, sign-ups
reach/      the ledger: the one way into the numbers, and the totals out of it

Knows outreach_site; knows nothing of events.
"""
