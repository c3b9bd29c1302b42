import io

import pytest

from outreach_site.demo import tune
from outreach_site.pages import uploads


def test_the_tune_is_a_whole_recording_the_same_each_time_and_light():
    content = tune.ogg()

    uploads.check(io.BytesIO(content), "nhac-hieu.ogg")
    assert content == tune.ogg()
    assert len(content) < 60_000
    assert tune.seconds() == pytest.approx(4.0)


def test_a_frame_of_sound_carries_the_checksums_of_its_format():
    # What a checksum covers, with the checksum behind it, leaves no remainder.
    frame = tune._frame(0, b"\0")

    assert tune._remainder(frame[:8], 8, 0x07) == 0
    assert tune._remainder(frame, 16, 0x8005) == 0
