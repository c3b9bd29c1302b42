"""`make run`: everything on this machine, web and worker together, stopped together.

Prepares what is missing (catalogues, database, areas, demo), starts gunicorn and the queue, prints
addresses and demo accounts, and ends both when either ends or on Ctrl-C.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT", "8000")
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "outreach_site.settings",
    "SITE_URL": os.environ.get("SITE_URL", f"http://127.0.0.1:{PORT}"),
    "SMS_CURRENCY": os.environ.get("SMS_CURRENCY", "VND"),
    "KANNEL_REPORT_URL": os.environ.get("KANNEL_REPORT_URL", f"http://127.0.0.1:{PORT}/sms/kannel/status"),
    "PYTHONUNBUFFERED": "1",
}
# Not a Ctrl-C for the children: the queue hangs when its parts are signalled one by one, so this
# process alone gets the signal and tells each parent once.
DETACHED = {"cwd": ROOT, "env": ENVIRONMENT, "start_new_session": True}
STOP_SECONDS = 20


def main():
    if port_is_taken():
        sys.exit(f"Port {PORT} is taken. Stop what listens there, or try: make run PORT=8001")
    prepare()
    web = subprocess.Popen(
        [
            BIN / "gunicorn",
            "outreach_site.wsgi",
            f"--bind=127.0.0.1:{PORT}",
            "--workers=1",
            "--threads=8",
            "--worker-tmp-dir=/dev/shm" if Path("/dev/shm").is_dir() else "--worker-tmp-dir=/tmp",
            "--log-level=warning",
        ],
        **DETACHED,
    )
    worker = subprocess.Popen(
        [BIN / "python", "manage.py", "qcluster"], **DETACHED, stdout=subprocess.DEVNULL
    )
    parts = {"web": web, "worker": worker}
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
    try:
        wait_until_up(web)
        greet()
        watch(parts)
    finally:
        stop(parts)


def port_is_taken():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0


def prepare():
    """Bring database and demo up to date; quick when they are."""
    subprocess.run([BIN / "python", "manage.py", "prepare_demo"], cwd=ROOT, env=ENVIRONMENT, check=True)


def wait_until_up(web):
    for _attempt in range(300):
        if web.poll() is not None:
            sys.exit("The web server did not start; what it said stands above.")
        if port_is_taken():
            return
        time.sleep(0.1)
    sys.exit("The web server does not answer after 30 seconds.")


def greet():
    site = f"http://127.0.0.1:{PORT}"
    print(
        f"""
  Loa runs:       {site}/
  In English:     {site}/en/
  Help page:      {site}/vi/help/
  A phone:        {site}/phone/     (simulated; nothing leaves this machine)
  Field work:     {site}/field/
  Staff:          {site}/admin/
  Who was reached {site}/admin/reach/

  Demo accounts:  admin  editor  translator  reviewer  coordinator  fieldworker
  Password:       loa-demo-2026

  Stop with Ctrl-C.
""",
        flush=True,
    )


def watch(parts):
    while True:
        for name, part in parts.items():
            if part.poll() is not None:
                print(f"The {name} ended with code {part.returncode}; stopping the rest.", file=sys.stderr)
                return
        time.sleep(0.5)


def stop(parts):
    for part in parts.values():
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for part in parts.values():
        try:
            part.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
