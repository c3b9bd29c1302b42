"""How others find the site: feeds, the sitemap, what a page says of itself to machines.

views.py      RSS and Atom in each language; sitemap.xml; robots.txt
sitemap.py    every public page with its versions in other languages, each naming all the others
addresses.py  whole addresses, for whoever is not on the site
schema.py     what a page is in the words of schema.org; a page type says more in its own `schema`
sharing.py    the picture that goes along when a page is shared

Nothing here holds a draft, a private page, an address of an organisation or a person's number.
"""
