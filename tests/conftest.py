import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test starts with an empty cache."""
    cache.clear()


@pytest.fixture
def reader():
    """A reader's phone: a browser's name, no cookie."""
    return Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile"})
