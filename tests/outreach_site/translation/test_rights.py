import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from outreach_site.translation import rights, steps
from outreach_site.translation.models import TranslationWork
from tests.factories import UserFactory
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db
REFUSED = "You are not in the team for Khmer"


def put(client, translation, text, path="title"):
    address = reverse(
        "wagtail_localize:edit_string_translation", args=[translation.pk, stage.segment(translation, path).pk]
    )
    return client.put(address, encode_multipart(BOUNDARY, {"value": text}), content_type=MULTIPART_CONTENT)


@pytest.mark.parametrize(
    ("who", "translates", "reviews"),
    [
        (lambda: stage.translator("km"), True, False),
        (lambda: stage.reviewer("km"), True, True),
        (lambda: stage.translator("en"), False, False),
        (lambda: stage.staff("editor"), False, False),
        (lambda: stage.translator("km", is_active=False), False, False),
        (lambda: stage.administrator(), True, True),
    ],
    ids=["translator", "reviewer", "of another language", "of none", "who left", "administrator"],
)
def test_the_language_team_says_who_may(who, translates, reviews):
    user, khmer = who(), stage.locale("km")

    assert (rights.may_translate(user, khmer), rights.may_review(user, khmer)) == (translates, reviews)


# --- each door of wagtail-localize ---------------------------------------------------------
def edit(client, translation):
    return client.get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))


def save_string(client, translation):
    return put(client, translation, "ផ្សារ")


def delete_string(client, translation):
    segment = stage.segment(translation, "title").pk
    return client.delete(reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment]))


def save_override(client, translation):
    segment = translation.source.overridablesegment_set.first().pk
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment])
    form = encode_multipart(BOUNDARY, {"value": "https://other.example/"})
    return client.put(address, form, content_type=MULTIPART_CONTENT)


def import_po(client, translation):
    po = translation.export_po()
    for entry in po:
        entry.msgstr = entry.msgid
    file = SimpleUploadedFile("km.po", str(po).encode())
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    shown = client.post(address, {"file": file})
    sealed = shown.context and shown.context.get("confirmed")
    return client.post(address, {"confirmed": sealed}) if sealed else shown


def machine_translate(client, translation):
    return client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def stop(client, translation):
    return client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))


def update_by_machine(client, translation):
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    return client.post(address, {"use_machine_translation": "on"})


def publish(client, translation):
    page = translation.get_target_instance().pk
    return client.post(reverse("wagtailadmin_pages:edit", args=[page]), {"action": "publish"})


def our_step(name):
    def step(client, translation):
        return client.post(reverse(name, args=[translation.pk]), {"reason": "?"})

    step.__name__ = name
    return step


DOORS = [
    edit,
    save_string,
    delete_string,
    save_override,
    import_po,
    machine_translate,
    update_by_machine,
    publish,
]
STEPS = [our_step(f"translation_{name}") for name in ("send_to_review", "approve", "send_back", "publish")]


@pytest.fixture
def dummy(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }


def everything():
    """All that the doors could change."""
    return (
        sorted(StringTranslation.objects.values_list("translation_of", "data")),
        list(Translation.objects.values_list("enabled")),
        list(TranslationWork.objects.values_list("state", "is_machine_made")),
        list(Page.objects.values_list("pk", "live").order_by("pk")),
    )


@pytest.mark.parametrize("door", [*DOORS, stop, *STEPS])
def test_who_is_not_in_the_team_is_refused_at_every_door(door, client, dummy):
    translation = stage.fill(stage.into(stage.article()), leave_out=1)
    client.force_login(stage.translator("en"))
    before = everything()

    response = door(client, translation)

    answer = " ".join(stage.said(response))
    if response.headers["Content-Type"] == "application/json":
        answer = response.json().get("detail") or response.json()["error"]
    assert REFUSED in answer or "Only a reviewer of Khmer" in answer
    assert everything() == before


@pytest.mark.parametrize("door", [save_string, save_override, machine_translate, update_by_machine])
def test_who_is_in_the_team_gets_in(door, client, dummy):
    translation = stage.into(stage.article())
    client.force_login(stage.translator("km"))

    response = door(client, translation)

    assert response.status_code in (200, 201, 302)
    assert REFUSED not in " ".join(stage.said(response))


def test_the_editor_opens_for_the_team(client):
    translation = stage.into(stage.article())
    client.force_login(stage.translator("km"))

    assert edit(client, translation).status_code == 200


def test_a_translator_begins_her_own_languages_only(client):
    page = stage.article()
    stage.into(stage.home(), "km")
    client.force_login(stage.translator("en"))
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])

    response = client.post(address, {"locales": [stage.locale("km").pk]})

    assert REFUSED in stage.said(response)[0]
    assert not page.has_translation(stage.locale("km"))


def test_staff_of_no_team_order_a_translation_into_any_language(client):
    page = stage.article()
    stage.into(stage.home(), "km")
    client.force_login(stage.staff())

    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [stage.locale("km").pk]},
    )

    assert page.has_translation(stage.locale("km"))


def test_all_languages_are_not_published_at_one_click(client):
    translation = stage.approved()
    client.force_login(stage.administrator())
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    response = client.post(address, {"publish_translations": "on"})

    assert stage.said(response)[0].startswith("Translations are published one by one")


def test_a_coordinator_of_no_team_publishes_what_was_approved_and_writes_nothing(client):
    translation = stage.approved()
    client.force_login(stage.staff("coordinator"))

    shown, saved = edit(client, translation), save_string(client, translation)
    publish(client, translation)

    assert (shown.status_code, REFUSED in saved.json()["error"]) == (200, True)
    assert translation.get_target_instance().live


def test_an_editor_who_publishes_nothing_does_not_publish_a_translation():
    translation = stage.approved()
    user = UserFactory()

    with pytest.raises(PermissionDenied, match="not have the right to publish"):
        steps.publish(translation, user)


def test_a_translator_does_not_approve():
    translation = stage.fill(stage.into(stage.article()))

    with pytest.raises(PermissionDenied, match=REFUSED):
        steps.approve(translation, stage.translator("km"))
