"""Translation as a workflow: who may translate and review which language, and how far each page is.

letters.py   to the reviewers, when something comes to wait     words.py  how many words wait
models.py    LanguageTeam (who), TranslationWork (how far), SourceChange and LanguageNotice (rows that wait)
rights.py    may this person translate, may she review
faults.py    what is wrong with one translated string: too long, a link or placeholder lost, broken HTML
gates.py     what keeps a translation from readers; every publication of a page asks here
steps.py     send to review, approve, send back, publish
doors.py     guards wagtail-localize's own views by these rules, and says why something was refused
changes.py   a source was published: its translations are out of date, their team hears of it
protected.py what stays as it is in every language: hotline numbers, keywords, addresses
machine.py   machine translation that leaves those alone
po.py        PO files out and in, with a preview; po_views.py: their doors
jobs.py      wagtail-localize's long work in our queue
status.py    how far any number of pages are, in a few queries; coverage.py adds that up
desk.py      which pages and languages a person has; screens.py: addresses and menu
todo.py      what waits for one person; todo_screens.py: where she reads it
matrix.py    pages × languages
side_by_side.py, paragraphs.py: source and translation, what changed; beginning.py: how one begins
"""
