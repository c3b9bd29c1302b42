from datetime import date

import factory
import pytest
from django.test import Client

from campaigns.printing import scans
from campaigns.printing.models import Distribution, PrintRun, TrackedLink
from outreach_site.staff.roles import ensure_groups
from tests.factories import AreaFactory, CampaignPageFactory, MaterialPageFactory, UserFactory

SITE = "https://loa.example"


class PrintRunFactory(factory.django.DjangoModelFactory):
    material = factory.SubFactory(MaterialPageFactory)
    copies = 100
    printed_on = date(2026, 3, 1)

    class Meta:
        model = PrintRun


class DistributionFactory(factory.django.DjangoModelFactory):
    run = factory.SubFactory(PrintRunFactory)
    copies = 10
    day = date(2026, 3, 5)
    area = factory.SubFactory(AreaFactory)

    class Meta:
        model = Distribution


class TrackedLinkFactory(factory.django.DjangoModelFactory):
    material = factory.SubFactory(MaterialPageFactory)
    place = factory.Sequence("Bến xe {}".format)

    class Meta:
        model = TrackedLink


@pytest.fixture(autouse=True)
def scans_wait():
    """No scan of another test is left over."""
    yield
    scans.tally.take()


@pytest.fixture
def campaign():
    return CampaignPageFactory()


@pytest.fixture
def editor():
    """An editor's browser."""
    user = UserFactory()
    user.groups.add(ensure_groups()["editor"])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def own_address(settings):
    """The site knows the address that readers use."""
    settings.WAGTAILADMIN_BASE_URL = SITE
