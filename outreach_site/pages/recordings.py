"""Sound and film: is the body of the file what its first bytes promise?

Nothing is decoded. Each format is followed from one piece to the next, as far as its own lengths lead:
a file that is cut off, overwritten or only dressed up as a recording breaks that chain.
"""

import io
import struct

# A chain this long is no accident; the whole of a large film need not be read.
LINKS = 3
SEARCHED = 64 * 1024
MOST_BOXES = 10_000

MP3_BITRATES = {  # kbit/s by (MPEG 1, layer); index 1 to 14
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
MATROSKA_SEGMENT, MATROSKA_CLUSTER = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"


def is_whole(file, ending):
    """Return whether `file` (open, binary) is a recording of `ending`; it is at its start afterwards."""
    length = file.seek(0, io.SEEK_END)
    try:
        return CHECKS[ending](file, length)
    except (struct.error, IndexError):
        # The chain led past the end.
        return False
    finally:
        file.seek(0)


def _read(file, at, count):
    file.seek(at)
    return file.read(count)


# --- mp3 -----------------------------------------------------------------------------------
def _mp3(file, length):
    """Some frames follow each other directly, behind the tag if there is one."""
    start = 0
    head = _read(file, 0, 10)
    if head[:3] == b"ID3":
        a, b, c, d = struct.unpack("4B", head[6:10])
        start = 10 + (a << 21 | b << 14 | c << 7 | d)
    searched = _read(file, start, SEARCHED)
    at = searched.find(b"\xff")
    while at >= 0:
        if _mp3_chain(file, start + at, length):
            return True
        at = searched.find(b"\xff", at + 1)
    return False


def _mp3_chain(file, at, length):
    for _link in range(LINKS):
        size = _mp3_frame(_read(file, at, 4))
        if not size or at + size > length:
            return False
        at += size
        if at == length:
            return True
    return True


def _mp3_frame(head):
    """Return the bytes of the frame that begins with `head` (4 bytes), 0 if none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version not in MP3_RATES or layer not in (2, 3) or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = MP3_BITRATES[(version == 3, layer)][bitrate - 1]
    samples = 72 if version != 3 and layer == 3 else 144
    return samples * kilobits * 1000 // MP3_RATES[version][rate] + padding


# --- ogg, opus -----------------------------------------------------------------------------
def _ogg(file, length):
    """The first pages follow each other with right checksums, the first names a codec of sound."""
    at = 0
    for number in range(LINKS):
        page = _ogg_page(file, at)
        if page is None or (number == 0 and not page[1].startswith(OGG_CODECS)):
            return False
        at += page[0]
        if at == length:
            # A file of one page has a name and no sound.
            return number > 0
    return True


def _ogg_page(file, at):
    """Return (bytes, content) of the page at `at`, None if it is none or damaged."""
    head = _read(file, at, 27)
    if head[:5] != b"OggS\0":
        return None
    table = _read(file, at + 27, head[26])
    content = _read(file, at + 27 + len(table), sum(table))
    if len(table) < head[26] or len(content) < sum(table):
        return None
    (checksum,) = struct.unpack("<I", head[22:26])
    if ogg_checksum(head[:22] + b"\0\0\0\0" + head[26:] + table + content) != checksum:
        return None
    return 27 + len(table) + len(content), content


def _ogg_table():
    for number in range(256):
        value = number << 24
        for _bit in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        yield value


OGG_TABLE = tuple(_ogg_table())


def ogg_checksum(data):
    """Return the checksum of an Ogg page whose own checksum field is zero."""
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ OGG_TABLE[value >> 24 ^ byte]
    return value


# --- mp4, m4a ------------------------------------------------------------------------------
def _mp4(file, length):
    """The boxes fill the file exactly, and both the index and the sound or film are among them."""
    kinds, at = set(), 0
    for _box in range(MOST_BOXES):
        if at == length:
            break
        size, kind = struct.unpack(">I4s", _read(file, at, 8))
        if size == 1:
            (size,) = struct.unpack(">Q", _read(file, at + 8, 8))
        elif size == 0:
            size = length - at
        if size < 8 or at + size > length:
            return False
        kinds.add(kind)
        at += size
    return at == length and {b"ftyp", b"moov", b"mdat"} <= kinds


# --- webm ----------------------------------------------------------------------------------
def _webm(file, length):
    """Behind the header, which calls itself WebM, come a segment and in it a cluster."""
    header_size, used = _matroska_number(_read(file, 4, 8))
    start = 4 + used + header_size
    if b"webm" not in _read(file, 4 + used, min(header_size, SEARCHED)):
        return False
    if _read(file, start, 4) != MATROSKA_SEGMENT:
        return False
    segment_size, used = _matroska_number(_read(file, start + 4, 8))
    inside = start + 4 + used
    unknown = segment_size == (1 << 7 * used) - 1
    if not unknown and inside + segment_size > length:
        return False
    return _holds(file, inside, MATROSKA_CLUSTER)


def _matroska_number(data):
    """Return (value, bytes used) of the number at the start of `data`."""
    used = 9 - data[0].bit_length()
    value = data[0] & (1 << 8 - used) - 1
    for byte in data[1:used]:
        value = value << 8 | byte
    return value, used


def _holds(file, at, wanted):
    """Return whether `wanted` occurs in `file` from `at` on."""
    file.seek(at)
    rest = b""
    while block := file.read(SEARCHED):
        if wanted in rest + block:
            return True
        rest = block[-len(wanted) :]
    return False


CHECKS = {"mp3": _mp3, "ogg": _ogg, "opus": _ogg, "mp4": _mp4, "m4a": _mp4, "webm": _webm}
