"""Translation as a workflow: who may translate and review which language, and how far each page is.

models.py    LanguageTeam (who), TranslationWork (how far), SourceChange and LanguageNotice (rows that wait)
rights.py    may this person translate, may she review
faults.py    what is wrong with one translated string: too long, a link or placeholder lost, broken HTML
gates.py     what keeps a translation from readers; every publication of a page asks here
steps.py     send to review, approve, send back, publish
doors.py     guards wagtail-localize's own views by these rules, and says why something was refused
changes.py   a source was published: its translations are out of date, their team hears of it
machine.py   machine translation that leaves hotline numbers, keywords and addresses alone
jobs.py      wagtail-localize's long work in our queue
status.py    how far any number of pages are, in a few queries; coverage.py adds that up
desk.py      which pages, languages and rights a person has; screens.py: addresses and menu
matrix.py    pages × languages
side_by_side.py, paragraphs.py: source and translation, what changed; beginning.py: how one begins
"""
