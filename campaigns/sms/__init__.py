"""Text messages in and out.

In:   gateway → door → views.webhook → inbox.receive (stored, committed, answered)
              → tasks.process_inbound → inbox.process_waiting → Member, SignUp → reach.ledger, and a reply queued
Out:  OutboundMessage (queued) → tasks.deliver → sending.drain → gateway
      → delivery report → reports.keep → tasks.apply_reports → reports.apply

models.py     Gateway, InboundMessage, Member, SignUp, OutboundMessage, DeliveryReport
inbox.py      store a text under its unique key; do what it asks for, once
outbox.py     queue texts, cancel or hold them   sending.py  claim, call, note   reports.py  what is said later
pace.py       rate, hours and cost of a gateway   caps.py    what a second person has to release
decisions.py  was it sent? a person decides       care.py    what time does to texts    alarms.py  tells staff
discretion.py words that would betray a reader             composing.py  parts, cost and such words, told to the writer
widgets.py    a box to write a text in                     pausing.py    staff stop a gateway and let it go on
desk/         the screens of staff
opt_out.py    a phone that told the provider instead of us
verbs.py      what a text asks for: join, leave, help      replies.py  what we answer, discreetly
broadcasts/   a text to many at once          journeys/  texts that follow a date
words/        the words that it is understood by, kept by staff
understanding.py  both of them: what a text is
cries.py      whether a text is a cry for help             urgent.py   cries, until a colleague has taken them
personal.py   what is held about a phone: handed out, erased, let go after a time
conversation/ around joining: places and who waits, a confirmation, a few short questions
handling.py   texts that were not understood: a person says what becomes of each
segments.py   GSM 03.38 or UCS-2, and how many parts       quiet.py    what a log may say about an error
gateways/     one module a kind of gateway: authenticate, parse, acknowledge, send
handset.py    /phone/: a simulated handset for demo and training, through the same inbox and outbox
door.py       gateways pass by what only readers need
tasks.py      the queue's doorway: nudges that may be lost or doubled, and the sweep that makes up for it
defaults.py   the gateways and the schedule that every installation has

No phone number and no text of a message in any log line or exception.
"""
