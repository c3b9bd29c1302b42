"""Consent of people whom pictures show: on what paper it rests, for what, and until when.

models.py    ConsentRecord, and Removal: the proof of what was taken down and when
rules.py     may this picture be shown; which pictures a page shows
removal.py   takes a picture off the site once its consent has ended or was withdrawn
signals.py   `picture_withdrawn`: whoever made files out of pictures removes them
admin.py     the records, "withdraw consent", the report, consents that end soon
"""
