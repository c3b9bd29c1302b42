"""What a log may say about an error.

Messages of exceptions are not for logs here: a database quotes the row it refused, an HTTP client
quotes the URL, and both hold phone numbers and texts.
"""

from pathlib import Path
from traceback import extract_tb


def describe(error):
    """Return the class of `error` and where it was raised: "DataError, query.py:1816"."""
    frames = extract_tb(error.__traceback__)
    place = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
