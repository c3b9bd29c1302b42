"""One search over everything that readers may see, by fold.

A page is published → receivers.py → index.py → SearchEntry, whose folded words the database indexes by itself
A reader asks       → views.py → query.py → engine.py → entries → excerpts.py

words.py      text as the words it is found by; what a keyboard left behind, one-letter slips
models.py     SearchEntry: one thing in one language; SearchWord: every word there is
engine.py     the one place that knows how SQLite and PostgreSQL find words
index.py      what of a page, a hotline, an organisation can be found; kept right in the same transaction
receivers.py  which change makes which entries anew
query.py      from what a reader typed to what she sees: own language first, slips mended
excerpts.py   the words found, marked in the text as it was written

What a reader types is neither logged nor stored nor counted.
"""
