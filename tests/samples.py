"""The smallest files that are really what they say: PDFs, recordings, captions."""

import io
import struct

import pypdfium2
from django.core.files.base import ContentFile

from outreach_site.pages.recordings import ogg_checksum

VTT = "WEBVTT\n\n00:00.500 --> 00:02.000\nChào bà con.\n\n00:02.000 --> 00:04.000\nHỏi kỹ trước khi đi.\n"


def pdf(width=300, height=400):
    """A PDF of one empty page, of this size in points."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    content = io.BytesIO()
    document.save(content)
    document.close()
    return content.getvalue()


def locked_pdf():
    """A PDF that does not open without a password: its key fits nothing."""
    return pdf().replace(
        b"trailer\r\n<<",
        b"trailer\r\n<</Encrypt<</Filter/Standard/V 1/R 2/P -1/O<"
        + b"11" * 32
        + b">/U<"
        + b"22" * 32
        + b">>>"
        b"/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]",
    )


def mp3(frames=5, tag=True):
    """Silence: MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) if tag else b"") + frame * frames


def ogg(pages=3, codec=b"OpusHead"):
    content = b""
    for number in range(pages):
        packet = codec + bytes(11) if number == 0 else bytes(40)
        head = b"OggS\0" + bytes([2 if number == 0 else 0]) + struct.pack("<qII", 0, 7, number)
        rest = bytes([1, len(packet)]) + packet
        content += head + struct.pack("<I", ogg_checksum(head + b"\0\0\0\0" + rest)) + rest
    return content


def box(kind, content=b""):
    return struct.pack(">I4s", 8 + len(content), kind) + content


def mp4():
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", bytes(20)) + box(b"mdat", bytes(50))


def webm():
    header = b"\x42\x82\x84webm"
    cluster = b"\x1f\x43\xb6\x75\x84" + bytes(4)
    return (
        b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(header)]) + header
        + b"\x18\x53\x80\x67" + bytes([0x80 | len(cluster)]) + cluster
    )  # fmt: skip


def file(content):
    """`content`, text or bytes, as a file to be stored."""
    return ContentFile(content.encode() if isinstance(content, str) else content)
