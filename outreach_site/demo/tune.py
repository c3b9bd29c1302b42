"""The demo's tune: a few notes of our own, written as sound by nothing but arithmetic.

FLAC in Ogg, which browsers play and which needs no encoder: samples stand in it as they are.
"""

import hashlib
import math
import struct

from outreach_site.pages.recordings import ogg_checksum

RATE = 8000  # samples a second, 8 bits each: about what a commune's loudspeaker gives
# (semitones above A4, seconds): five-note scale, as in many songs of the mountains.
NOTES = [(-2, 0.35), (0, 0.35), (3, 0.7), (5, 0.35), (3, 0.35), (0, 0.5), (-2, 1.4)]
BLOCK = 4096
SERIAL = 8088


def seconds():
    """Return how long the tune is."""
    return sum(length for _note, length in NOTES)


def samples():
    """Return the tune as bytes, one signed sample each."""
    sound = bytearray()
    for semitones, length in NOTES:
        pitch = 440 * 2 ** (semitones / 12)
        for step in range(round(length * RATE)):
            t = step / RATE
            # A plucked string: a quick start, three overtones that die away, the high ones first.
            wave = sum(math.sin(math.tau * pitch * n * t) * math.exp(-t * 2.2 * n) / n for n in (1, 2, 3))
            sound.append(round(wave * 62 * min(1, t * 200)) & 0xFF)
    return bytes(sound)


def ogg():
    """Return the tune as a file."""
    sound = samples()
    stream = struct.pack(">HH", BLOCK, BLOCK) + bytes(6)
    stream += (RATE << 44 | 0 << 41 | 7 << 36 | len(sound)).to_bytes(8, "big") + hashlib.md5(sound).digest()
    maker = b"Loa (demo)"
    remarks = struct.pack("<I", len(maker)) + maker + struct.pack("<I", 0)
    pages = [
        _page(0, 0, b"\x7fFLAC\x01\x00\x00\x01fLaC" + _block(0, stream), first=True),
        _page(1, 0, _block(0x84, remarks)),
    ]
    blocks = [sound[at : at + BLOCK] for at in range(0, len(sound), BLOCK)]
    done = 0
    for number, block in enumerate(blocks):
        done += len(block)
        pages.append(_page(number + 2, done, _frame(number, block), last=number == len(blocks) - 1))
    return b"".join(pages)


def _block(kind, content):
    return bytes([kind]) + len(content).to_bytes(3, "big") + content


def _frame(number, block):
    """One channel of 8 bits at 8 kHz, its samples as they are."""
    head = bytes([0xFF, 0xF8, 0x74, 0x02, number]) + struct.pack(">H", len(block) - 1)
    frame = head + bytes([_remainder(head, 8, 0x07), 0x02]) + block
    return frame + _remainder(frame, 16, 0x8005).to_bytes(2, "big")


def _page(number, position, packet, first=False, last=False):
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([2 * first + 4 * last]) + struct.pack("<qII", position, SERIAL, number)
    rest = bytes([len(lacing)]) + lacing + packet
    return head + struct.pack("<I", ogg_checksum(head + bytes(4) + rest)) + rest


def _remainder(data, bits, polynomial):
    """Return the checksum of `data`, of so many bits."""
    value, top = 0, 1 << bits - 1
    for byte in data:
        value ^= byte << bits - 8
        for _bit in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & (1 << bits) - 1
    return value
