"""The foundation: what every outreach site needs, whatever its cause and its country.

languages.py   the languages, in one place           formats/   day/month/year in all of them
text.py        fold, sort keys, texts in several languages
queue.py       nudging the worker
areas/         where: administrative units in editions, and what became of them
hotline/       the numbers, the call bar, the help page, leaving quickly
pages/         home, article, plain page; what every page can do
links/         links and typed numbers: where they stand, whether they still work
search/        one search over everything that readers may see
feeds/         RSS, Atom, sitemap, schema.org, shared links
privacy/       phone numbers sealed, consent ledger, audit
staff/         accounts of those who work here
demo/          two made-up provinces' worth of content

Imports go one way: events → campaigns → outreach_site. Only settings, urls and the demo know everybody.
"""
