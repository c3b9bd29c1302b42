#!/usr/bin/env python3
"""A small SMPP 3.4 message centre (SMSC) for tests.  Standard library only.

It stands where the mobile operator stands: a gateway (Kannel, Jasmin, ...)
binds to it over SMPP.  A test drives it over HTTP on a loopback port:

  POST /mo     {"from","to","text", "coding":"auto|gsm|ucs2|utf8|hex", "repeat":1,
                "source_ton":1}                      handset -> gateway (deliver_sm)
  GET  /mt     [?since=N]   messages the gateway handed over (submit_sm), joined
  POST /mode   {"submit":"ok|throttle|syserr|reject|hang|accept_then_drop",
                "submit_delay":0.0, "dlr":"delivered|failed|none|duplicate|reversed",
                "dlr_delay":0.0}                      fault injection
  POST /drop   close every SMPP session             POST /reset   forget MTs, modes
  GET  /stats  counters and bound sessions
"""

import argparse
import asyncio
import itertools
import json
import struct
import sys
import time
from urllib.parse import parse_qs, urlsplit

GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXT = {"\f": 10, "^": 20, "{": 40, "}": 41, "\\": 47, "[": 60, "~": 61, "]": 62, "|": 64, "€": 101}
EXT_R = {v: k for k, v in EXT.items()}


def gsm_encode(text):
    out = bytearray()
    for ch in text:
        if ch in EXT:
            out += bytes((27, EXT[ch]))
        else:
            out.append(GSM.index(ch))  # ValueError: not in GSM 03.38
    return bytes(out)


def gsm_decode(raw):
    out, esc = [], False
    for b in raw:
        if esc:
            out.append(EXT_R.get(b, "?"))
            esc = False
        elif b == 27:
            esc = True
        else:
            out.append(GSM[b] if b < 128 else "?")
    return "".join(out)


BIND_RX, BIND_TX, SUBMIT, DELIVER, UNBIND, BIND_TRX, ENQ = 1, 2, 4, 5, 6, 9, 0x15
RESP, NACK = 0x80000000, 0x80000000


def cstr(text):
    return text.encode("latin-1") + b"\0"


def take_cstr(buf, pos):
    end = buf.index(b"\0", pos)
    return buf[pos:end].decode("latin-1"), end + 1


def parse_sm(b):
    """submit_sm / deliver_sm body -> dict"""
    m = {}
    m["service"], p = take_cstr(b, 0)
    m["src_ton"], m["src_npi"] = b[p], b[p + 1]
    m["from"], p = take_cstr(b, p + 2)
    m["dst_ton"], m["dst_npi"] = b[p], b[p + 1]
    m["to"], p = take_cstr(b, p + 2)
    m["esm"], m["pid"], m["prio"] = b[p : p + 3]
    p += 3
    m["sched"], p = take_cstr(b, p)
    m["validity"], p = take_cstr(b, p)
    m["regdel"], m["replace"], m["dcs"], _dm, n = b[p : p + 5]
    p += 5
    m["body"] = b[p : p + n]
    p += n
    m["tlv"] = {}
    while p + 4 <= len(b):
        t, size = struct.unpack(">HH", b[p : p + 4])
        m["tlv"][t] = b[p + 4 : p + 4 + size]
        p += 4 + size
    if 0x0424 in m["tlv"]:
        m["body"] = m["tlv"][0x0424]
    return m


def build_sm(src, dst, esm, dcs, body, tlvs=b"", src_ton=1):
    return (
        b"\0"
        + bytes((src_ton, 1))
        + cstr(src)
        + b"\1\1"
        + cstr(dst)
        + bytes((esm, 0, 0))
        + b"\0\0"
        + bytes((0, 0, dcs, 0, len(body)))
        + body
        + tlvs
    )


def decode_text(dcs, raw):
    if dcs & 0x0C == 8:
        return raw.decode("utf-16-be", "replace")
    if dcs & 0x0C == 4:
        return raw.hex()
    return raw.decode("latin-1") if dcs == 3 else gsm_decode(raw)


class Smsc:
    def __init__(self, user, password, window, log):
        self.user, self.password, self.window, self.log = user, password, window, log
        self.sessions, self.ids, self.refs = [], itertools.count(1), itertools.count(1)
        self.rr = itertools.count()
        self.reset()

    def reset(self):
        self.mt, self.parts = [], {}
        self.mode = {"submit": "ok", "submit_delay": 0.0, "dlr": "delivered", "dlr_delay": 0.0}
        self.stats = {"submit_sm": 0, "deliver_sm": 0, "deliver_ack": 0, "deliver_nack": 0, "dlr": 0}

    def note(self, kind, **kw):
        self.log.write(json.dumps({"t": round(time.time(), 3), "ev": kind, **kw}, ensure_ascii=False) + "\n")
        self.log.flush()

    def receivers(self):
        return [s for s in self.sessions if s.bound in (BIND_RX, BIND_TRX)]

    async def deliver(self, pdu_body, wait=20.0):
        """send one deliver_sm on any receiving session; True when the gateway acked it"""
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            rx = self.receivers()
            if not rx:
                await asyncio.sleep(0.05)
                continue
            self.stats["deliver_sm"] += 1
            status = await rx[next(self.rr) % len(rx)].request(DELIVER, pdu_body)
            if status == 0:
                self.stats["deliver_ack"] += 1
                return True
            self.stats["deliver_nack"] += 1  # nack or lost session: try again
            await asyncio.sleep(0.2)
        return False

    def encode_mo(self, text, coding):
        if coding == "hex":
            return 4, [bytes.fromhex(text)], False
        if coding in ("auto", "gsm"):
            try:
                raw = gsm_encode(text)
                return (
                    0,
                    [raw] if len(raw) <= 160 else [raw[i : i + 153] for i in range(0, len(raw), 153)],
                    len(raw) > 160,
                )
            except ValueError:
                if coding == "gsm":
                    raise
        if coding == "utf8":  # a badly behaved operator
            return 0, [text.encode()[:160]], False
        raw = text.encode("utf-16-be")
        return (
            8,
            [raw] if len(raw) <= 140 else [raw[i : i + 134] for i in range(0, len(raw), 134)],
            len(raw) > 140,
        )

    async def inject(self, q):
        dcs, parts, long = self.encode_mo(q.get("text", ""), q.get("coding", "auto"))
        ok = True
        for _ in range(int(q.get("repeat", 1))):
            ref = next(self.refs) & 255
            for i, body in enumerate(parts, 1):
                esm = 0
                if long:
                    esm, body = 0x40, bytes((5, 0, 3, ref, len(parts), i)) + body
                ok &= await self.deliver(
                    build_sm(
                        str(q["from"]), str(q["to"]), esm, dcs, body, src_ton=int(q.get("source_ton", 1))
                    )
                )
        self.note("mo", ok=ok, parts=len(parts), dcs=dcs, **q)
        return {"ok": ok, "parts": len(parts), "dcs": dcs}

    def accept_mt(self, m, mid):
        body, part = m["body"], None
        if m["esm"] & 0x40:
            udhl = body[0]
            udh, body = body[1 : 1 + udhl], body[1 + udhl :]
            if udh[:2] == b"\x00\x03":
                part = tuple(udh[2:5])
        text, rec = decode_text(m["dcs"], body), None
        if part:
            ref, total, n = part
            key = (m["from"], m["to"], ref, total)
            self.parts.setdefault(key, {})[n] = (text, mid, body)
            if len(self.parts[key]) == total:
                got = self.parts.pop(key)
                rec = {
                    "text": "".join(got[i][0] for i in sorted(got)),
                    "parts": total,
                    "ids": [got[i][1] for i in sorted(got)],
                    "hex": b"".join(got[i][2] for i in sorted(got)).hex(),
                }
        else:
            rec = {"text": text, "parts": 1, "ids": [mid], "hex": body.hex()}
        if rec:
            rec.update(
                n=len(self.mt),
                t=time.time(),
                **{
                    "from": m["from"],
                    "to": m["to"],
                    "dcs": m["dcs"],
                    "regdel": m["regdel"],
                    "validity": m["validity"],
                },
            )
            self.mt.append(rec)
            self.note("mt", **rec)

    async def send_dlr(self, m, mid):
        mode = dict(self.mode)
        if mode["dlr"] == "none" or not m["regdel"] & 1:
            return
        await asyncio.sleep(mode["dlr_delay"])
        states = {
            "delivered": ["DELIVRD"],
            "failed": ["UNDELIV"],
            "duplicate": ["DELIVRD"] * 2,
            "reversed": ["DELIVRD", "ACCEPTD"],
        }[mode["dlr"]]
        for st in states:
            now = time.strftime("%y%m%d%H%M")
            text = f"id:{mid} sub:001 dlvrd:001 submit date:{now} done date:{now} stat:{st} err:000 text:"
            num = {"DELIVRD": 2, "UNDELIV": 5, "ACCEPTD": 6}[st]
            tlv = struct.pack(">HH", 0x1E, len(mid) + 1) + cstr(mid) + struct.pack(">HHB", 0x427, 1, num)
            self.stats["dlr"] += 1
            await self.deliver(build_sm(m["to"], m["from"], 4, 0, text.encode(), tlv))


class Session:
    def __init__(self, smsc, reader, writer):
        self.c, self.r, self.w, self.bound = smsc, reader, writer, None
        self.seq, self.pending, self.slots = itertools.count(1), {}, asyncio.Semaphore(smsc.window)

    def send(self, cmd, status, seq, body=b""):
        self.w.write(struct.pack(">IIII", 16 + len(body), cmd, status, seq) + body)

    async def request(self, cmd, body):
        async with self.slots:
            seq = next(self.seq)
            fut = asyncio.get_running_loop().create_future()
            self.pending[seq] = fut
            try:
                self.send(cmd, 0, seq, body)
                await self.w.drain()
                return await asyncio.wait_for(fut, 10)
            except (TimeoutError, ConnectionError):
                return -1
            finally:
                self.pending.pop(seq, None)

    async def submit(self, seq, body):
        c, m = self.c, parse_sm(body)
        c.stats["submit_sm"] += 1
        mode = dict(c.mode)
        if mode["submit_delay"]:
            await asyncio.sleep(mode["submit_delay"])
        err = {"throttle": 0x58, "syserr": 8, "reject": 0x0B}.get(mode["submit"])
        if err:
            return self.send(SUBMIT | RESP, err, seq)
        if mode["submit"] == "hang":
            return
        mid = f"{next(c.ids):08d}"
        c.accept_mt(m, mid)
        if mode["submit"] == "accept_then_drop":  # taken, but the answer is lost
            return self.w.close()
        self.send(SUBMIT | RESP, 0, seq, cstr(mid))
        await c.send_dlr(m, mid)

    async def run(self):
        c = self.c
        c.sessions.append(self)
        try:
            while True:
                n, cmd, status, seq = struct.unpack(">IIII", await self.r.readexactly(16))
                body = await self.r.readexactly(n - 16) if n > 16 else b""
                if cmd in (BIND_RX, BIND_TX, BIND_TRX):
                    user, p = take_cstr(body, 0)
                    pw, p = take_cstr(body, p)
                    ok = (user, pw) == (c.user, c.password)
                    self.send(cmd | RESP, 0 if ok else 0x0E, seq, cstr("SIM"))
                    if ok:
                        self.bound = cmd
                        c.note("bind", user=user, cmd=cmd)
                elif cmd == SUBMIT and self.bound in (BIND_TX, BIND_TRX):
                    asyncio.ensure_future(self.submit(seq, body))
                elif cmd & RESP:
                    fut = self.pending.get(seq)
                    if fut and not fut.done():
                        fut.set_result(status)
                elif cmd == ENQ:
                    self.send(ENQ | RESP, 0, seq)
                elif cmd == UNBIND:
                    self.send(UNBIND | RESP, 0, seq)
                    break
                else:
                    self.send(NACK, 3, seq)
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, IndexError) as e:
            c.note("session_end", why=type(e).__name__)
        finally:
            c.sessions.remove(self)
            self.w.close()
            for f in self.pending.values():
                if not f.done():
                    f.set_result(-1)


async def http(reader, writer, handler):
    """just enough HTTP/1.1 (keep-alive, Content-Length) for loopback test control"""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ", 2)
            lines = (line.split(":", 1) for line in head[1:] if ":" in line)
            hdr = {k.strip().lower(): v.strip() for k, v in lines}
            body = await reader.readexactly(int(hdr.get("content-length", 0)))
            status, ctype, out = await handler(method, target, hdr, body)
            if status is None:
                return
            writer.write(
                (
                    f"HTTP/1.1 {status} X\r\nContent-Type: {ctype}\r\nContent-Length: {len(out)}\r\n\r\n"
                ).encode()
                + out
            )
            await writer.drain()
            if hdr.get("connection", "").lower() == "close":
                return
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--smpp-port", type=int, default=2775)
    a.add_argument("--http-port", type=int, default=2780)
    a.add_argument("--user", default="smppuser")
    a.add_argument("--password", default="smpppass")
    a.add_argument("--window", type=int, default=50)
    a.add_argument("--log", default="smsc.jsonl")
    o = a.parse_args()
    c = Smsc(o.user, o.password, o.window, open(o.log, "a", encoding="utf-8"))  # noqa: SIM115

    async def control(method, target, hdr, body):
        u = urlsplit(target)
        q = json.loads(body or b"{}")
        if u.path == "/mo":
            out = [await c.inject(x) for x in q] if isinstance(q, list) else await c.inject(q)
        elif u.path == "/flood":  # throughput: n distinct MOs, windowed
            t0 = time.monotonic()
            n = int(q["n"])
            body_ = q.get("text", "DANGKY HAGIANG")
            todo = iter(range(n))
            done = 0

            async def worker():
                nonlocal done
                for i in todo:
                    dcs, parts, _ = c.encode_mo(f"{body_} {i}", "auto")
                    ok = await c.deliver(build_sm(f"849{i:08d}", str(q.get("to", "8088")), 0, dcs, parts[0]))
                    done += ok

            await asyncio.gather(*[worker() for _ in range(int(q.get("concurrency", o.window)))])
            dt = time.monotonic() - t0
            out = {"acked": done, "seconds": dt, "per_s": done / dt}
        elif u.path == "/mt":
            out = c.mt[int(parse_qs(u.query).get("since", ["0"])[0]) :]
        elif u.path == "/mode":
            c.mode.update(q)
            out = c.mode
        elif u.path == "/drop":
            out = {"closed": len(c.sessions)}
            for s in list(c.sessions):
                s.w.close()
        elif u.path == "/reset":
            c.reset()
            out = {}
        elif u.path == "/stats":
            out = {**c.stats, "mt": len(c.mt), "sessions": [s.bound for s in c.sessions], "mode": c.mode}
        else:
            return 404, "text/plain", b"no such path\n"
        return 200, "application/json", json.dumps(out, ensure_ascii=False).encode()

    await asyncio.start_server(lambda r, w: Session(c, r, w).run(), "127.0.0.1", o.smpp_port)
    await asyncio.start_server(lambda r, w: http(r, w, control), "127.0.0.1", o.http_port)
    print(f"SMSC: smpp 127.0.0.1:{o.smpp_port}, control http://127.0.0.1:{o.http_port}", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
