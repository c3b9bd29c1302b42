"""Two people change one record that has no history: the later form is asked, and nothing typed is lost."""

import re
from html import unescape

import pytest
from django.urls import get_resolver, reverse
from wagtail.admin.views import generic
from wagtail.models import Site

from campaigns.printing.models import PrintRun
from campaigns.sms.models import Gateway
from outreach_site.editing.records import KeepsNewer
from outreach_site.hotline.models import HelpCard, Hotline, Organisation
from tests.campaigns.printing.conftest import PrintRunFactory
from tests.factories import AreaFactory, HotlineFactory, PictureFactory, UserFactory, reads_english
from tests.outreach_site.editing.forms import Fields, Window

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [
        reads_english(UserFactory(first_name=name, is_superuser=True, is_staff=True))
        for name in ("Nguyễn A", "Trần B")
    ]


def two_windows(people, record):
    address = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    return [Window(user, address) for user in people]


def words(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("factory", "field", "old", "first", "second"),
    [(HotlineFactory, "number", "111", "112", "113"), (PrintRunFactory, "printer", "In A", "In B", "In C")],
)
def test_an_older_form_covers_nothing(people, factory, field, old, first, second):
    record = factory(**{field: old})
    ahead, behind = two_windows(people, record)
    assert ahead.send(**{field: first}).status_code == 302

    answer = behind.send(**{field: second})

    record.refresh_from_db()
    assert getattr(record, field) == first
    said = words(answer)
    assert "Nguyễn A saved a newer version at " in said
    assert "Nothing was saved: what you wrote is in the form below." in said
    assert re.findall("In the newer version: .*”", said) == [f"In the newer version: “{first}”"]
    assert Fields(answer.content.decode()).found[field] == [second]


def test_saving_once_more_puts_mine_in_its_place_and_only_over_what_was_shown(people):
    hotline = HotlineFactory(number="111")
    ahead, behind = two_windows(people, hotline)
    ahead.send(number="112")
    refused = behind.send(number="113").content.decode()
    Window(people[0], ahead.address).send(number="115")

    again = behind.send(refused).content.decode()
    assert Hotline.objects.get().number == "115"
    assert "In the newer version: “115”" in unescape(again)

    assert behind.send(again).status_code == 302
    assert Hotline.objects.get().number == "113"


def test_a_form_on_the_newest_version_is_saved(people):
    hotline = HotlineFactory(number="111")

    for number in ("112", "113"):
        assert two_windows(people, hotline)[0].send(number=number).status_code == 302

    assert Hotline.objects.get().number == "113"


def test_what_the_form_does_not_show_does_not_stop_it(people):
    run = PrintRunFactory()
    _first, second = two_windows(people, run)
    PrintRun.objects.update(material_title="Tên mới")

    assert second.send(printer="In B").status_code == 302


def test_rows_of_a_record_count_too(people):
    organisation = Organisation.objects.create(name={"vi": "Nhà an toàn"})
    ahead, behind = two_windows(people, organisation)
    area = AreaFactory()
    assert (
        ahead.send(
            **{
                "coverage-TOTAL_FORMS": "1",
                "coverage-0-area_pick": str(area.pk),
                "coverage-0-area": str(area),
                "coverage-0-area_for": str(area),
                "coverage-0-id": "",
                "coverage-0-ORDER": "1",
            }
        ).status_code
        == 302
    )
    assert organisation.coverage.count() == 1

    answer = behind.send(website="https://example.org/")

    assert Organisation.objects.get().website == ""
    assert "Look at these too: " in words(answer)


def test_settings_pictures_accounts_and_gateways_keep_it_too(people):
    card, picture, gateway = HelpCard.for_site(_site()), PictureFactory(title="Cũ"), _gateway()
    account = UserFactory(email="c@example.org", first_name="C", last_name="Lê")
    card.save()
    cases = [
        (reverse("wagtailsettings:edit", args=["outreach_site", "helpcard", _site().pk]), "what_happens"),
        (reverse("wagtailimages:edit", args=[picture.pk]), "title"),
        (reverse("wagtailusers_users:edit", args=[account.pk]), "first_name"),
        (reverse("sms_gateway", args=[gateway.pk]), "cost_per_part"),
    ]
    for address, field in cases:
        ahead, behind = (Window(user, address) for user in people)
        field = next(name for name in Fields(ahead.html).found if name and name.startswith(field))
        assert ahead.send(**{field: "11"}).status_code == 302, address
        answer = behind.send(**{field: "22"})
        assert answer.status_code in (200, 400), address
        assert "In the newer version: " in words(answer), address
        assert "11" in Fields(Window(people[0], address).html).found[field][0], address


def _site():
    return Site.objects.get()


def _gateway():
    return Gateway.objects.get_or_create(slug="kannel")[0]


# Wagtail's own, for whoever builds up the installation: nobody fills them with texts that could be lost.
OF_THE_INSTALLATION = {
    "wagtail.sites",
    "wagtail_localize.locales",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.users.views.groups",
}
OF_THE_INSTALLATION |= {"wagtail.admin.views.workflows", "wagtail.admin.views.collections"}


def edit_screens(patterns, before=""):
    """Yield (address pattern, view class) of every generic edit screen, in the order in which Django asks."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from edit_screens(pattern.url_patterns, route)
        elif issubclass(getattr(pattern.callback, "view_class", object), generic.EditView):
            yield route, pattern.callback.view_class


def test_every_edit_screen_keeps_newer_versions():
    first = {}
    for route, view in edit_screens(get_resolver().url_patterns):
        first.setdefault(route, view)

    open_to_loss = {
        route: view
        for route, view in first.items()
        if not issubclass(view, KeepsNewer) and not view.__module__.startswith(tuple(OF_THE_INSTALLATION))
    }

    assert len(first) > 15
    assert open_to_loss == {}
