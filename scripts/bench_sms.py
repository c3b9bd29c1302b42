"""`make bench-sms`: texts through Kannel on PostgreSQL, with web and worker running as in production.

alone   texts to Kannel with delivery reports to a stub that only says 200: what the loop can do by itself
out     the same number of texts through our queue, until the last one is shown as delivered
in      texts that the operator brings at once, until the last one is committed
even    a long queue at a rate: how well it is kept, and the memory of the worker meanwhile

All of it shares this machine's cores with Kannel, the simulated operator and PostgreSQL, so figures of one run
compare with each other, not with those of another day; the load is printed. PostgreSQL is one of our own, with
its usual durability. Writes var/bench_sms.json.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.gateway.conftest import free_port, running, wait_for  # noqa: E402
from tests.gateway.postgres import OwnPostgres  # noqa: E402

# Production, with keys that are good for an hour.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "bench-only-" * 6,
    "ALLOWED_HOSTS": "127.0.0.1",
    "PHONE_KEYS": "YmVuY2gtb25seS1waG9uZS1rZXktMDEyMzQ1Njc4OWE=",
    "PHONE_INDEX_KEY": "bench-only-phone-index-key",
    "KANNEL_SECRET": "bench-only",
    "KANNEL_SEND_PASSWORD": "bench-send",
    "SEND_PASS": "bench-send",
    "SMS_PARTS_A_DAY": "10000000",
    "SECURE_SSL_REDIRECT": "0",
}
FAST = 100_000  # parts a second: the gateway's rate is no limit


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--texts", type=int, default=2000, help="texts out")
    options.add_argument("--burst", type=int, default=5000, help="texts in, all at once")
    options.add_argument("--queue", type=int, default=20_000, help="texts of the long queue; 0 leaves it out")
    options.add_argument("--rate", type=int, default=100, help="texts a second of the long queue")
    options = options.parse_args()
    os.environ.update(PRODUCTION, REDIS_URL=os.environ.get("REDIS_URL", ""))
    print(f"machine: {os.cpu_count()} cores; load before {os.getloadavg()[0]:.1f}", flush=True)
    server = OwnPostgres(free_port())
    server.start()
    found = {}
    try:
        with (
            tempfile.TemporaryDirectory(prefix="loa-bench-") as folder,
            running(Path(folder), server.url, direct=True, **PRODUCTION) as (loop, site),
        ):
            found["alone"] = alone(loop, options.texts)
            found["in"] = coming_in(loop, site, options.burst)
            found["out"] = going_out(site, options.texts)
            found["ratio"] = round(found["out"] / found["alone"], 2)
            print(f"out / alone: {found['ratio']}", flush=True)
            if options.queue:
                found["even"] = evenly(site, options.queue, options.rate)
    finally:
        server.close()
    print(f"load after {os.getloadavg()[0]:.1f}", flush=True)
    (ROOT / "var").mkdir(exist_ok=True)
    (ROOT / "var" / "bench_sms.json").write_text(json.dumps(found, indent=2))


def alone(loop, number):
    """Texts a second with their two reports each, through Kannel to a stub."""
    seen, port, event = [0], free_port(), threading.Event()

    async def stub(reader, writer):
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                seen[0] += 1
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                if seen[0] >= 2 * number:
                    event.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def serve():
        async def forever():
            await asyncio.start_server(stub, "127.0.0.1", port)
            await asyncio.Event().wait()

        asyncio.run(forever())

    threading.Thread(target=serve, daemon=True).start()
    sendsms = f"http://127.0.0.1:{loop.ports['SENDSMS_PORT']}/cgi-bin/sendsms"
    facts = {
        "username": "outreach",
        "password": "bench-send",
        "from": "8088",
        "coding": "0",
        "charset": "UTF-8",
    }
    sessions = threading.local()

    def send(place):
        session = sessions.__dict__.setdefault("session", requests.Session())
        more = {"to": f"+8493{place:07d}", "text": f"Tin {place}", "dlr-mask": "27"}
        url = f"http://127.0.0.1:{port}/?n={place}&type=%d"
        session.get(sendsms, params={**facts, **more, "dlr-url": url}).raise_for_status()

    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(number)))
    event.wait(120)
    rate = number / (time.monotonic() - started)
    print(f"alone: {number} texts with {seen[0]} reports, {rate:.0f} texts/s", flush=True)
    return round(rate)


def coming_in(loop, site, number):
    """Texts a second from the operator to commit; fails when one is lost."""
    site.ask("empty")
    answer = requests.post(
        f"{loop.operator}/flood", json={"n": number, "text": "xin chao", "to": "8088"}, timeout=600
    ).json()
    stored = wait_for(lambda: (got := site.ask("first_and_last"))[0] >= number and got, 120) or site.ask(
        "first_and_last"
    )
    rate = stored[0] / (stored[2] - stored[1])
    print(
        f"in: {number} brought at {answer['per_s']:.0f}/s, {stored[0]} stored, {rate:.0f}/s to commit",
        flush=True,
    )
    if stored[0] != number:
        sys.exit("texts were lost")
    return round(rate)


def going_out(site, number):
    """Texts a second through the queue, from writing them to the last one shown as delivered."""
    site.ask("empty")
    started = time.monotonic()
    site.ask("queue", number=number, text="Tin", per_second=FAST)
    written = time.monotonic() - started
    done = wait_for(lambda: site.ask("tally", text="Tin")["out"].get("delivered") == number, 180, every=0.25)
    spent = time.monotonic() - started
    rate = number / (spent - written)
    print(
        f"out: {number} written in {written:.1f} s, delivered at {rate:.0f} texts/s; all: {bool(done)}",
        flush=True,
    )
    return round(rate)


def evenly(site, number, rate):
    """A long queue at a rate: texts a second, and the worker's memory in MB by quarters."""
    site.ask("empty")
    site.ask("queue", number=number, text="Tin", per_second=rate)
    site.ask("nudge")
    started, memory, left = time.monotonic(), [], number
    while left and time.monotonic() - started < 2 * number / rate + 60:
        time.sleep(5)
        memory.append(resident(site.parts["worker"].pid))
        out = site.ask("tally", text="Tin")["out"]
        left = out.get("queued", 0) + out.get("sending", 0)
    spent = time.monotonic() - started
    quarter = max(len(memory) // 4, 1)
    mean = [round(sum(part) / len(part)) for part in (memory[:quarter], memory[-quarter:])]
    print(
        f"even: {number - left} of {number} at {(number - left) / spent:.0f}/s (asked for {rate}); "
        f"worker {mean[0]} MB in the first quarter, {mean[1]} MB in the last; {out}",
        flush=True,
    )
    return {"per_s": round((number - left) / spent), "asked": rate, "first_mb": mean[0], "last_mb": mean[1]}


def resident(session):
    """Return the memory of all processes of a session, in MB."""
    pages = subprocess.run(["ps", "-o", "rss=", "-s", str(session)], capture_output=True, text=True).stdout
    return sum(map(int, pages.split())) / 1024


if __name__ == "__main__":
    main()
