#!/usr/bin/env python3
"""RunOnReceive program of gammu-smsd: bring each text to the site, keep it in a folder when that fails.

LOA_URL    https://hotline.example.org/sms/modem/in
LOA_TOKEN  what SMS_SECRETS calls "inbound"
LOA_SPOOL  a folder that smsd may write
"""

import json
import os
import sys
import time
import urllib.request
import uuid
from pathlib import Path


def texts(environment):
    """Return the texts that smsd names: the joined ones where it joined parts, else each part."""
    now = int(time.time())
    sender = environment.get("SMS_1_NUMBER", "")
    joined = int(environment.get("DECODED_PARTS", "0") or 0)
    if joined:
        found = [environment.get(f"DECODED_{n}_TEXT", "") for n in range(1, joined + 1)]
        return [{"sender": sender, "time": now, "text": "".join(found)}]
    number = int(environment.get("SMS_MESSAGES", "0") or 0)
    return [
        {
            "sender": environment.get(f"SMS_{n}_NUMBER", ""),
            "time": now,
            "text": environment.get(f"SMS_{n}_TEXT", ""),
        }
        for n in range(1, number + 1)
    ]


def bring(text):
    """Return whether the site has taken a text."""
    headers = {"Content-Type": "application/json", "X-Loa-Token": os.environ["LOA_TOKEN"]}
    request = urllib.request.Request(os.environ["LOA_URL"], json.dumps(text).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def main():
    spool = Path(os.environ["LOA_SPOOL"])
    for text in texts(os.environ):
        # On the disk first: smsd deletes the text from the SIM whatever happens here.
        waiting = spool / f"{time.time():.6f}-{uuid.uuid4().hex}.part"
        waiting.touch(mode=0o600)
        waiting.write_text(json.dumps(text))
        waiting.rename(waiting.with_suffix(".json"))
    for waiting in sorted(spool.glob("*.json")):
        if not bring(json.loads(waiting.read_text())):
            return 1
        waiting.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
