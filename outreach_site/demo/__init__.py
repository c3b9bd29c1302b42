"""The demo: two provinces, two languages, some weeks of made-up life. `manage.py seed_demo` plants it.

seed.py     plant(): what comes first, what needs what     once.py    nothing is planted twice
sheets.py   the words of a page, and the blocks in it      tree.py    sheets become pages, in vi and en
pages.py campaigns.py materials.py events.py hotlines.py   the words themselves, and the facts with them
people.py   accounts, texts from phones, head counts, visits: all made up, all repeatable
handouts.py a PDF and a tune, for materials to give out    tune.py  the notes, as sound
drawings.py the pictures as records    scenes.py  what they show    art.py  the brushes

One of the two places that know every app. Whatever could be taken for fact is marked as demo.
"""
