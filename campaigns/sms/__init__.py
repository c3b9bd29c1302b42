"""Text messages in and out.

In:   gateway → views.webhook → inbox.receive (stored, committed, answered)
              → tasks.process_inbound → inbox.process → Member, SignUp → reach.ledger, and a reply queued
Out:  OutboundMessage (queued) → tasks.deliver → outbox.send → gateway → delivery report → outbox.apply_report

models.py     Gateway, InboundMessage, Member, SignUp, OutboundMessage, DeliveryReport
inbox.py      store a text under its unique key; do what it asks for, once
outbox.py     queue a text, claim it, send it; states only rise
verbs.py      what a text asks for: join, leave, help      replies.py  what we answer, discreetly
segments.py   GSM 03.38 or UCS-2, and how many parts       quiet.py    what a log may say about an error
gateways/     one module a kind of gateway: authenticate, parse, acknowledge, send
handset.py    /phone/: a simulated handset for demo and training, through the same inbox and outbox
tasks.py      the queue's doorway: nudges that may be lost or doubled, and the sweep that makes up for it
defaults.py   the gateways and the schedule that every installation has

No phone number and no text of a message in any log line or exception.
"""
