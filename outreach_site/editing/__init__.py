"""Two people, one page: nobody's text disappears behind the other's back.

versions.py  the version that a form was opened on; a form that is behind is set aside in the history
locks.py     a lock that a colleague may take over, recorded and told
records.py   the same promise for records without a history: numbers, print runs, pictures, settings
views.py     the choice between both versions; taking over
hooks.py     where the admin asks: each form of a page that is sent, each refusal
"""
