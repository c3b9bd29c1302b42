import pytest

from tests.campaigns.sms.gateways.providers import HOSTS, SECRETS, SITE


@pytest.fixture(autouse=True)
def accounts(settings):
    """Accounts with every provider that the tests know."""
    settings.SMS_SECRETS, settings.SMS_HOSTS, settings.SITE_URL = SECRETS, HOSTS, SITE
    return settings
