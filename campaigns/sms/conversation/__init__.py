"""What is said around joining: a place, a confirmation, a few short questions.

models.py    Candidate: wants to join, is not in yet; Question: asked once of a member, for good
joining.py   sign up, or put on the waiting list; ask to confirm; count; take candidates back
places.py    places are taken under a lock; the next who waits moves up when somebody leaves
questions.py which question comes next, and its words
answering.py what an answer means, and what becomes of it
finding.py   a commune by its name, as people text it
ways.py      by which gateway a phone is written to

A cry for help and a command go before every answer; both are known before this package is asked.
"""
