from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from outreach_site.consent import removal, rules
from outreach_site.consent.models import ConsentRecord, Removal
from outreach_site.consent.signals import picture_withdrawn
from outreach_site.pages import pictures
from outreach_site.pages.files import Picture
from tests.factories import ArticlePageFactory, ConsentRecordFactory, PictureFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def portrait():
    picture = PictureFactory(title="Hai mẹ con", shows_people=True, consent=ConsentRecordFactory())
    pictures.make_renditions(picture.pk)
    return picture


def files_of(picture):
    return [picture.file.name, *(one.file.name for one in picture.renditions.all())]


def test_a_withdrawn_picture_is_off_the_page_at_once(reader, portrait):
    page = ArticlePageFactory(lead=portrait)
    assert "<picture>" in reader.get(page.url).content.decode()

    removal.withdraw(portrait.consent, UserFactory())  # no worker has run yet

    assert "<picture>" not in reader.get(page.url).content.decode()


def test_withdrawal_deletes_every_file_and_the_report_proves_it(portrait):
    page = ArticlePageFactory(title="Đi chợ", lead=portrait)
    files, storage = files_of(portrait), portrait.file.storage
    staff = UserFactory()

    done = removal.withdraw(portrait.consent, staff)
    removal.carry_out(done.pk)

    done.refresh_from_db()
    assert [name for name in files if storage.exists(name)] == []
    assert not portrait.renditions.exists()
    (report,) = done.report["pictures"]
    assert sorted(file["path"] for file in report["files"] if file["gone"]) == sorted(files)
    assert [(place["title"], place["url"], place["live"]) for place in report["places"]] == [
        ("Đi chợ", page.full_url, True)
    ]
    assert (done.asked_by, done.done_at is not None) == (staff, True)


def test_files_made_of_the_picture_go_too(portrait):
    def remove_poster(picture, **_signal):
        return [f"posters/{picture.pk}.pdf"]

    def break_down(**_signal):
        raise OSError

    picture_withdrawn.connect(remove_poster)
    done = removal.withdraw(portrait.consent, UserFactory())
    try:
        picture_withdrawn.connect(break_down)
        removal.carry_out(done.pk)
        done.refresh_from_db()
        half_way = done.done_at
        picture_withdrawn.disconnect(break_down)
        removal.sweep()
    finally:
        picture_withdrawn.disconnect(break_down)
        picture_withdrawn.disconnect(remove_poster)

    done.refresh_from_db()
    assert half_way is None
    assert f"posters/{portrait.pk}.pdf" in [file["path"] for file in done.report["pictures"][0]["files"]]


def test_a_report_does_not_change_when_the_task_runs_again(portrait):
    done = removal.withdraw(portrait.consent, UserFactory())
    removal.carry_out(done.pk)
    first = Removal.objects.values().get()

    removal.withdraw(ConsentRecord.objects.get(), UserFactory())
    removal.carry_out(done.pk)
    removal.sweep()

    assert Removal.objects.values().get() == first


def test_an_ended_consent_hides_the_picture_and_a_renewed_one_brings_it_back(reader, portrait):
    page = ArticlePageFactory(lead=portrait)
    name, storage, record = portrait.file.name, portrait.file.storage, portrait.consent
    record.valid_from = TODAY() - timedelta(days=9)
    record.valid_until = TODAY() - timedelta(days=1)
    record.save()
    assert "<picture>" not in reader.get(page.url).content.decode()

    removal.sweep()
    assert not storage.exists(name)
    assert not portrait.renditions.exists()

    record.valid_until = TODAY() + timedelta(days=90)
    record.save()
    removal.sweep()
    pictures.sweep()

    portrait.refresh_from_db()
    assert storage.exists(portrait.file.name)
    assert portrait.withheld == ""
    assert "<picture>" in reader.get(page.url).content.decode()


def test_withdrawn_after_it_ended_nothing_is_kept_aside(portrait):
    record = portrait.consent
    record.valid_from = record.valid_until = TODAY() - timedelta(days=1)
    record.save()
    removal.sweep()
    aside = Picture.objects.get().withheld
    assert removal.withheld().exists(aside)

    removal.carry_out(removal.withdraw(record, UserFactory()).pk)

    assert not removal.withheld().exists(aside)


def test_sizes_are_never_made_again_of_a_withdrawn_picture(portrait):
    removal.withdraw(portrait.consent, UserFactory())

    pictures.make_renditions(portrait.pk)
    pictures.sweep()

    assert not portrait.renditions.exists()


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        (None, "choose their consent record"),
        ({"withdrawn_at": timezone.now()}, "was withdrawn"),
        ({"valid_from": TODAY() + timedelta(days=1)}, "not valid today"),
        (
            {"valid_from": TODAY() - timedelta(days=2), "valid_until": TODAY() - timedelta(days=1)},
            "not valid today",
        ),
        ({"for_web": False}, "did not agree to this use"),
        ({"valid_until": TODAY()}, ""),
    ],
)
def test_why_a_picture_may_not_be_used(consent, reason):
    record = None if consent is None else ConsentRecordFactory(**consent)
    picture = PictureFactory(shows_people=True, consent=record)

    problem = rules.problem_with(picture)

    assert (reason in problem) if reason else problem == ""
    assert rules.may_be_shown(picture) is (reason == "")


def test_a_page_with_people_who_did_not_agree_is_not_published():
    page = ArticlePageFactory(live=False, lead=PictureFactory(shows_people=True))

    with pytest.raises(PermissionDenied, match="consent record"):
        page.save_revision().publish(user=UserFactory(is_superuser=True))

    page.refresh_from_db()
    assert not page.live


def test_a_picture_in_the_text_counts_as_well():
    picture = PictureFactory(shows_people=True)
    page = ArticlePageFactory(body=[("picture", {"picture": picture, "alt": "", "caption": ""})])

    ((path, found, _problem),) = rules.problems_of(page)

    assert (path.split(".")[0], path.split(".")[-1], found) == ("body", "picture", picture)


def test_the_clock_publishes_the_other_pages(portrait):
    from django.core.management import call_command

    past = timezone.now() - timedelta(hours=1)
    bad = ArticlePageFactory(live=False, lead=PictureFactory(shows_people=True))
    good = ArticlePageFactory(live=False, lead=portrait)
    for page in (bad, good):
        revision = page.save_revision()
        revision.approved_go_live_at = past
        revision.save()

    call_command("publish_scheduled")
    call_command("publish_scheduled")

    for page in (bad, good):
        page.refresh_from_db()
    assert (bad.live, good.live) == (False, True)


class TestInTheAdmin:
    @pytest.fixture
    def staff(self, client):
        client.force_login(UserFactory(is_superuser=True))
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    def test_withdrawing_asks_first_and_names_the_places(self, staff, portrait):
        ArticlePageFactory(title="Đi chợ", lead=portrait)
        address = reverse("consent_withdraw", args=[portrait.consent_id])

        asked = staff.get(address)
        record = ConsentRecord.objects.get()
        assert (asked.status_code, record.withdrawn_at) == (200, None)
        assert "Đi chợ" in asked.content.decode()

        answer = staff.post(address)
        removal.sweep()
        report = staff.get(answer.url).content.decode()
        assert staff.get(reverse("wagtailimages:edit", args=[portrait.pk])).status_code == 200
        assert staff.get(reverse("wagtailimages:index")).status_code == 200
        assert portrait.file.name in report
        assert "Finished on" in report
        assert "Printed copies" in report

    def test_who_may_not_change_records_may_not_withdraw(self, client, portrait):
        client.force_login(UserFactory())

        answer = client.post(reverse("consent_withdraw", args=[portrait.consent_id]))

        assert answer.status_code in (302, 403)
        assert ConsentRecord.objects.get().withdrawn_at is None

    def test_the_front_page_warns_of_consents_that_end_soon(self, staff, portrait):
        assert "Consents that end soon" not in staff.get("/admin/").content.decode()

        ConsentRecord.objects.update(valid_until=TODAY() + timedelta(days=30))

        assert "Consents that end soon" in staff.get("/admin/").content.decode()

    def test_a_record_is_entered_and_shown(self, staff):
        url = ConsentRecord.snippet_viewset.get_url_name("add")
        day = TODAY().strftime("%d/%m/%Y")
        staff.post(reverse(url), {"reference": "AG-1", "valid_from": day, "for_web": "on"})

        record = ConsentRecord.objects.get()
        edit = staff.get(reverse(ConsentRecord.snippet_viewset.get_url_name("edit"), args=[record.pk]))
        assert (record.reference, edit.status_code) == ("AG-1", 200)
        assert reverse("consent_withdraw", args=[record.pk]) in edit.content.decode()

    def test_a_child_needs_a_guardians_signature(self, staff):
        url = ConsentRecord.snippet_viewset.get_url_name("add")
        staff.post(reverse(url), {"reference": "AG-2", "valid_from": "01/01/2026", "shows_child": "on"})

        assert not ConsentRecord.objects.exists()

    def test_a_page_form_refuses_the_picture_and_keeps_what_was_typed(self, staff):
        from wagtail.test.utils.form_data import nested_form_data, streamfield

        picture = PictureFactory(title="Chân dung", shows_people=True)
        page = ArticlePageFactory(title="Cũ")
        data = {
            "title": "Mới",
            "slug": page.slug,
            "lead": picture.pk,
            "introduction": "x",
            "body": streamfield([]),
        }
        data |= {"action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}

        answer = staff.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))

        page.refresh_from_db()
        assert page.title == "Cũ"
        assert "Chân dung: People can be recognised" in str(answer.context["form"].errors["lead"])
        assert answer.context["form"]["title"].value() == "Mới"
