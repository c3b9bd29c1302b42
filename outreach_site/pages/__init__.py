"""Pages: home, article, plain page, and what every page of the site can do.

models.py     SitePage (the base of all page types), HomePage, ArticlePage, PlainPage
files.py      pictures, documents, recordings; uploads.py: each must be what its name says
shared.py     facts that a page and its translations share: dates, places, keywords
views.py      the front door `/`, serving, "not yet in this language", health
cache.py      whole pages kept in the app        headers.py   security headers
locale.py     which language a request is in     health.py   /healthz, /readyz
pictures.py   the sizes in which pictures are shown; made in the queue
originals.py  a picture as it is kept: small enough, without what the camera wrote into it
weight.py     what a page weighs on the wire, and how long that takes
streams.py    the words in a page's streams, for search
"""
