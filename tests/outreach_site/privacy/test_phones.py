import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from campaigns.sms.models import Member
from outreach_site.privacy import phones
from outreach_site.privacy.models import PhoneLook
from tests.factories import UserFactory


@pytest.mark.parametrize(
    "written",
    ["0912345678", "84912345678", "+84912345678", "0084912345678", "84 91 234 56 78", "(+84) 91.234-5678"],
)
def test_one_number_has_one_spelling(written):
    assert phones.normalise(written) == "+84912345678"


@pytest.mark.parametrize("sender", ["8088", "111", "VIETTEL", "", None, "+", "12ab34567", "9" * 30])
def test_what_is_no_persons_number(sender):
    assert phones.normalise(sender) == ""


def test_numbers_of_other_countries_are_kept():
    assert phones.normalise("+447700900123") == "+447700900123"
    assert phones.normalise("+85512345678") == "+85512345678"


def test_sealed_twice_looks_different_and_opens_the_same():
    one, two = phones.seal("+84912345678"), phones.seal("+84912345678")

    assert one != two
    assert phones.unseal(one) == phones.unseal(two) == "+84912345678"
    assert "912345678" not in one


def test_an_old_key_still_opens_after_a_new_one_came(settings):
    sealed = phones.seal("+84912345678")
    settings.PHONE_KEYS = [Fernet.generate_key().decode(), *settings.PHONE_KEYS]

    assert phones.unseal(sealed) == "+84912345678"


def test_without_its_key_a_number_stays_shut(settings):
    sealed = phones.seal("+84912345678")
    settings.PHONE_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(ValueError, match="PHONE_KEYS"):
        phones.unseal(sealed)


def test_the_index_depends_on_the_secret(settings):
    before = phones.index("+84912345678")
    settings.PHONE_INDEX_KEY = "another"

    assert len(before) == 64
    assert phones.index("+84912345678") != before


def test_staff_see_the_ends_only():
    assert phones.mask("+84912345678") == "+84 9•• ••• •78"
    assert phones.mask("+1") == "•••"


@pytest.mark.django_db
class TestLooking:
    @pytest.fixture
    def record(self):
        record = Member()
        record.set_phone("+84912345678")
        return record

    def test_without_the_permission_nobody_looks(self, record):
        with pytest.raises(PermissionDenied):
            PhoneLook.objects.look(UserFactory(), record, "Gọi lại")
        assert not PhoneLook.objects.exists()

    def test_a_look_needs_a_reason_and_is_written_down(self, record):
        user = UserFactory()
        user.user_permissions.add(Permission.objects.get(codename="look_at_phone"))

        with pytest.raises(ValueError, match="why"):
            PhoneLook.objects.look(user, record, "  ")
        assert PhoneLook.objects.look(user, record, "Gọi lại theo yêu cầu") == "+84912345678"

        look = PhoneLook.objects.get()
        assert (look.user, look.phone_index, look.reason) == (
            user,
            record.phone_index,
            "Gọi lại theo yêu cầu",
        )
