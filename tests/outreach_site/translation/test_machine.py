import pytest
from django.conf import settings as configured
from django.urls import reverse
from django.utils.translation import override
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from outreach_site.translation import gates, steps
from outreach_site.translation.machine import Guarded
from outreach_site.translation.models import TranslationWork
from tests.factories import CampaignPageFactory, HotlineFactory
from tests.outreach_site.translation import stage
from tests.test_settings import REAL, start

pytestmark = pytest.mark.django_db
DUMMY = "wagtail_localize.machine_translators.dummy.DummyTranslator"
HERE = "tests.outreach_site.translation.test_machine"


class Shouting(BaseMachineTranslator):
    """A service that writes everything in small letters, tokens as well: they are lost."""

    def can_translate(self, source_locale, target_locale):
        return True

    def translate(self, source_locale, target_locale, strings):
        return {string: StringValue(string.data.lower()) for string in strings}


class Wordy(Shouting):
    """A service that says in 300 letters what was said in three."""

    def translate(self, source_locale, target_locale, strings):
        return {string: StringValue(string.data + "k" * 300) for string in strings}


def translate(text, service=DUMMY):
    """Return what comes back for one string, None when it stays untranslated."""
    string = StringValue(text)
    given = Guarded({"CLASS": service}).translate(stage.locale("vi"), stage.locale("km"), [string])
    return given[string].data if string in given else None


@pytest.fixture
def dummy(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "outreach_site.translation.machine.Guarded",
        "OPTIONS": {"CLASS": DUMMY},
    }


def by_machine(client, translation):
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def test_it_is_off_unless_somebody_names_a_service():
    assert get_machine_translator() is None
    assert not hasattr(configured, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR")


def test_the_environment_switches_it_on_and_always_guarded(tmp_path):
    code, said = start(tmp_path, **REAL, MACHINE_TRANSLATOR=DUMMY, MACHINE_TRANSLATOR_OPTIONS='["no object"]')

    assert code != 0
    assert "MACHINE_TRANSLATOR_OPTIONS must be a JSON object" in said


@pytest.mark.parametrize(
    "kept",
    [
        "1900 1234",
        "NƯỚC SẠCH",
        "https://loa.example/vi/help/?a=1",
        "giup.do@loa.example.org",
        "<code>CHO PHIEN</code>",
        "%(name)s",
    ],
    ids=["hotline", "keyword", "address", "e-mail", "code", "placeholder"],
)
def test_what_must_not_change_comes_back_as_it_was(kept):
    HotlineFactory(number="1900 1234")
    CampaignPageFactory(keyword="NƯỚC SẠCH")

    assert translate(f"Gọi ngay {kept} nhé") == f"nhé {kept} ngay Gọi"


def test_the_number_of_a_hotline_is_not_found_inside_another_number():
    HotlineFactory(number="111")

    assert translate("có 1112 người") == "người 1112 có"


@pytest.mark.parametrize(("text", "given"), [("GỌI 111", None), ("GỌI NGAY", "gọi ngay")])
def test_a_string_whose_token_is_lost_stays_untranslated(text, given):
    HotlineFactory(number="111")

    assert translate(text, f"{HERE}.Shouting") == given


def test_a_text_that_does_not_fit_its_field_stays_untranslated():
    stage.into(stage.article(title="Chợ"))

    assert translate("Chợ", f"{HERE}.Wordy") is None


def test_a_machine_draft_is_marked_and_waits_for_a_person(client, dummy):
    translation = stage.into(stage.article())
    client.force_login(stage.translator())
    by_machine(client, translation)
    work = TranslationWork.objects.get()

    assert translation.get_progress() == (3, 3)
    assert (work.is_machine_made, work.state) == (True, TranslationWork.State.IN_TRANSLATION)
    TranslationWork.objects.update(
        state=TranslationWork.State.APPROVED, approved_text=gates.mark_of(translation)
    )
    said = "A machine wrote part of this text"
    with override("en"), pytest.raises(gates.NotYetPublishable, match=said):
        steps.publish(translation, stage.administrator())


def test_a_reviewers_approval_makes_it_a_persons_text(client, dummy):
    translation = stage.into(stage.article())
    client.force_login(stage.translator())
    by_machine(client, translation)

    steps.approve(translation, stage.reviewer())
    steps.publish(translation, stage.administrator())

    assert not TranslationWork.objects.get().is_machine_made
    assert translation.get_target_instance().live


def test_a_machine_does_not_touch_the_slug(client, dummy):
    page = stage.article()
    translation = stage.into(page)
    client.force_login(stage.translator())

    by_machine(client, translation)
    translation.save_target(publish=False)

    assert not StringTranslation.objects.filter(context__path="slug").exists()
    assert translation.get_target_instance().get_latest_revision_as_object().slug == page.slug
