import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outreach_site.staff.roles import ensure_groups
from tests.campaigns.sms.conftest import campaign, for_real, kannel, text_in
from tests.factories import UserFactory, reads_english

__all__ = ["campaign", "for_real", "kannel", "text_in"]


def client_of(role, **facts):
    """A browser in which somebody of `role` is signed in, in English; `client.user` is who."""
    user = UserFactory(**facts)
    user.groups.add(ensure_groups()[role])
    reads_english(user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def coordinator(db):
    return client_of("coordinator", username="hanh", first_name="Hạnh")


@pytest.fixture
def colleague(db):
    return client_of("administrator", username="minh", first_name="Minh")


def said(response):
    """The page's own part, its white space squeezed."""
    content = response.content.decode()
    return " ".join(content[content.find("<main") :].split())


def cost(client, url):
    """Return how many queries `url` takes, once everything that is kept in memory is there."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
