"""Links and phone numbers in the published texts: where they stand, and whether they still lead somewhere.

A page is published → receivers.py → ContentChange (row) → collecting.py: finding.py walks every value
A link is due       → checking.py → fetching.py, which connects to public addresses only → CheckedLink

models.py      CheckedLink (one an address), LinkPlace (where it stands), ContentChange (what to walk anew)
finding.py     every link and every number in an object's fields, stream blocks and records below it
rich.py        rich text as plain text whose every character knows its place in the HTML
numbers.py     phone numbers typed in a text, and the hotline records they belong to
collecting.py  the rows follow what is found
judging.py     what needs no network: pages, documents, numbers, records
fetching.py    one address asked, without letting it lead us into a private network
checking.py    when to ask, and what an answer means: broken only after three days
replacing.py   a new address or a hotline record put into a new draft
inline.py      a hotline record inside of a sentence, with the number of its record
report.py      the screen: which links, in which words; views.py the buttons; admin.py its place in the admin
"""
