"""The words in a page's streams."""

from wagtail.fields import StreamField


def stream_texts(page):
    """Yield the texts of the page's streams, transcripts of the recordings in them included."""
    for field, stream in _streams(page):
        yield from field.get_searchable_content(stream)
        yield from (recording.transcript for recording in recordings_in(stream))


def recordings_of(page):
    """Yield the recordings in all streams of a page of its own type."""
    for _field, stream in _streams(page):
        yield from recordings_in(stream)


def _streams(page):
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield field, field.value_from_object(page)


def recordings_in(stream):
    """Yield the recordings that stand in a stream as blocks of their own."""
    for block in stream:
        recording = block.value.get("recording") if hasattr(block.value, "get") else None
        if recording:
            yield recording
