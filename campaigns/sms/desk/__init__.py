"""The screens of staff about text messages, `/admin/sms/…`.

rights.py    who sees them, who acts         menu.py      addresses, the menu, the panel on the front page
health.py    how each gateway is, in a fixed number of queries
gateways.py  pause, resume, settings         alarms.py    what needs a person
discreet_words.py  what texts should not contain
urgent.py    cries for help, and the banner   unmatched.py  texts that were not understood
understood_words.py  the lists of command words and of phrases of cries
unknown.py   was it sent? a person decides   holds.py     above a cap a second person decides
broadcasts.py  a text to many: written, looked at, sent, watched, stopped
journeys.py  texts that follow a date
texts.py     all texts, and one number's thread           members.py   one phone: sign-ups, consents, how to reach her

Numbers are masked; `outreach_site.privacy` opens one with a right and a reason, and writes that down.
Other packages add to the menu with the hook `register_sms_menu_item`.
"""
