"""A text to many at once: whom it would reach is shown before, and every text of it is a row of the outbox.

draft → (preview, confirmed once) → waiting → writing → sending → done        paused, cancelled on the way

models.py    Broadcast, BroadcastText
audience.py  whom it goes to: sign-ups by language, area, day of joining, and by groups that others offer
forecast.py  people, parts, cost, hours, samples, and what stands against sending it
running.py   confirm, write the rows, pause, resume, cancel, close; safe to run twice and to lose
progress.py  what has become of each text
counting.py  delivered texts as indirect reach
"""
