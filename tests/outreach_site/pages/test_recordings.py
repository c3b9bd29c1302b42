"""A recording that would not play is refused, however right its first bytes are."""

import io

import pytest
from django.core.exceptions import ValidationError

from outreach_site.pages import captions, uploads
from tests import samples

WHOLE = {
    "loi.mp3": samples.mp3(),
    "khong-the.mp3": samples.mp3(tag=False),
    "ngan.mp3": samples.mp3(frames=2),
    "loi.ogg": samples.ogg(codec=b"\x01vorbis"),
    "loi.opus": samples.ogg(),
    "phim.mp4": samples.mp4(),
    "loi.m4a": samples.mp4(),
    "phim.webm": samples.webm(),
}
BROKEN = {
    "tag and nothing": ("loi.mp3", b"ID3\x03"),
    "tag and noise": ("loi.mp3", b"ID3\x04\0\0\0\0\0\x0a" + b"x" * 5000),
    "one frame, then noise": ("loi.mp3", samples.mp3(frames=1) + b"x" * 5000),
    "cut off in its second frame": ("loi.mp3", samples.mp3()[:600]),
    "a page of the web": ("loi.ogg", b"OggS<html>"),
    "a page overwritten": ("loi.ogg", samples.ogg().replace(bytes(40), b"\1" * 40, 1)),
    "no codec of sound": ("loi.opus", samples.ogg(codec=b"fishead\0")),
    "a name and no sound": ("loi.opus", samples.ogg(pages=1)),
    "cut off in a page": ("loi.opus", samples.ogg()[:-5]),
    "no index": ("phim.mp4", samples.box(b"ftyp", b"isom") + samples.box(b"mdat", b"x")),
    "cut off in a box": ("phim.mp4", samples.mp4()[:-5]),
    "a box of no size": ("loi.m4a", samples.box(b"ftyp", b"M4A ") + b"\0\0\0\4moov"),
    "rubbish behind the boxes": ("loi.m4a", samples.mp4() + b"xyz"),
    "header alone": ("phim.webm", samples.webm()[:12]),
    "cut off": ("phim.webm", samples.webm()[:-3]),
    "no cluster": ("phim.webm", samples.webm().replace(b"\x1f\x43\xb6\x75", b"\0\0\0\0")),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_recording_passes(name):
    file = io.BytesIO(WHOLE[name])

    uploads.check(file, name)

    # It is stored after the check: from its beginning, and whole.
    assert file.tell() == 0
    assert file.read() == WHOLE[name]


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
def test_a_broken_recording_is_refused(name, content):
    with pytest.raises(ValidationError, match="would not play"):
        uploads.check(io.BytesIO(content), name)


def test_captions_pass():
    file = io.BytesIO(samples.VTT.encode("utf-8-sig"))

    captions.check(file, "phim.vtt")

    assert file.read() == samples.VTT.encode("utf-8-sig")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT", "first line must be WEBVTT"),
        ("WEBVTT", "no captions"),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nSRT", "Line 3: write the time"),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\nx", "Line 3: the caption ends before"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny", "Line 6: the caption begins"),
        ("<html><script>", "first line must be WEBVTT"),
        (b"WEBVTT\n\n\xff\xfe", "not in UTF-8"),
    ],
    ids=["srt", "empty", "comma", "backwards", "out of order", "html", "not utf-8"],
)
def test_wrong_captions_say_what_is_wrong(content, reason):
    content = content if isinstance(content, bytes) else content.encode()

    with pytest.raises(ValidationError, match=reason):
        captions.check(io.BytesIO(content), "phim.vtt")


def test_captions_of_another_format_are_refused():
    with pytest.raises(ValidationError, match="vtt file"):
        captions.check(io.BytesIO(samples.VTT.encode()), "phim.srt")
