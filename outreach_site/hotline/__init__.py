"""The numbers, and the shortest way to them.

models.py     Hotline (one record a number), Organisation and Need (the referral directory),
              PhraseList (the dozen words of a language that has no more yet), HelpCard
directory.py  which number is shown where: the main ones, the others by need, open now first
views.py      the help page                 leave.py   leaving quickly
admin.py      staff screens and the warning about numbers not checked for long

Every place that shows a number reads it here: call bar, help page, texts, posters, feeds.
"""
