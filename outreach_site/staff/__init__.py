"""Staff: who works on the site, what each may do, and how a page is approved. Readers have no account.

models.py    User; Section (a province's part of the site); Review (a step of approval); Letter (e-mail that waits)
roles.py     the groups with their rights, and the groups of a section
approval.py  the workflow of two steps: a reviewer, then a coordinator
mail.py      e-mail as rows that a worker takes up
schedule.py  pages that go live or go off at their hour
admin.py     screens for sections and accounts
apps.py      has Wagtail use our screen for accounts
"""
