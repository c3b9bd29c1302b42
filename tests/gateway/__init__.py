"""Real texts through a real gateway on this machine.

handset (the test) → smpp_smsc.py (the operator) ⇄ Kannel ⇄ our site, and its worker

kannel-loop.sh   starts and stops operator and Kannel     kannel.conf.in  Kannel's configuration
conftest.py      the loop, the site and its worker as processes with ports and a folder of their own
witness.py       says what the site's database holds       faults.py       answers 500 between Kannel and the site
postgres.py      a PostgreSQL of our own, to be restarted   test_chaos.py   everything breaks, and the sum is right

`make test-gateway`; Kannel itself comes with `sh scripts/install_kannel.sh`.
"""
