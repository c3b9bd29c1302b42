"""IEC materials: information, education, communication, each with the text of what it says.

models.py   MaterialPage, the files in which it comes, topics
library.py  MaterialIndexPage: all materials, found by kind, topic, campaign, language and form
counts.py   how many materials each choice in the library leaves
forms.py    what an editor has to give before a material may be published
offers.py   the ways to take a material, lightest first, with size and form
covers.py   PdfCover: the first page of a PDF as a picture, drawn in the queue
views.py    downloads, and plays of recordings in any page: counted, then led to the file
handover.py a plain page of materials becomes a library: `manage.py make_library SLUG`
admin.py    staff screen of topics
"""
