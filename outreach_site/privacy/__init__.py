"""Phone numbers sealed, consent kept as a ledger, every look at a number written down.

phones.py   normalise → seal (encrypt) and index (keyed hash) → show masked
models.py   HasPhone: the two columns of a phone; ConsentEvent; PhoneLook
consent.py  given and withdrawn, by the sender's clock; who may be texted
holdings.py what is held about a phone, in all packages: shown, handed out, erased
retention.py  what is let go after a time, every night      desk.py  `/admin/privacy/`: both, for staff

No number is found without PHONE_INDEX_KEY and none is read without PHONE_KEYS; neither is in the database.
"""
