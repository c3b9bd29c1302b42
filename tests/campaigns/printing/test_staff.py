import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.printing import jobs, sheets, stock
from campaigns.printing.models import Distribution, PrintJob, PrintRun, TrackedLink
from tests.campaigns.printing.conftest import (
    DistributionFactory,
    PrintRunFactory,
    TrackedLinkFactory,
)
from tests.factories import AreaFactory, HotlineFactory, MaterialPageFactory, UserFactory

pytestmark = pytest.mark.django_db


def url(model, action, *args):
    return reverse(f"wagtailsnippets_campaigns_{model}:{action}", args=args)


def said(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("model", ["printrun", "distribution", "trackedlink", "printjob"])
def test_lists_open_and_cost_the_same_with_more_rows(editor, model, django_assert_num_queries):
    def rows():
        DistributionFactory()
        PrintJob.objects.create(kind="poster-a4", link=TrackedLinkFactory(), language="vi")

    rows()
    editor.get(url(model, "list"))
    with CaptureQueriesContext(connection) as one:
        assert editor.get(url(model, "list")).status_code == 200
    rows()
    rows()
    with django_assert_num_queries(len(one)):
        editor.get(url(model, "list"))


@pytest.mark.parametrize(
    ("model", "row"),
    [
        ("printrun", "Tờ chợ phiên,vi,2026-03-01,,100,10,0,90,"),
        ("distribution", "Tờ chợ phiên,vi,2026-03-05,10,"),
    ],
)
def test_lists_are_exported(editor, model, row):
    DistributionFactory(run=PrintRunFactory(material=MaterialPageFactory(title="Tờ chợ phiên")))
    response = editor.get(url(model, "list") + "?export=csv")

    assert row in b"".join(response.streaming_content).decode()


def test_an_editor_writes_down_a_print_run_and_hands_it_out(editor):
    material, area = MaterialPageFactory(), AreaFactory()
    editor.post(
        url("printrun", "add"),
        {
            "material": material.pk,
            "language": "vi",
            "copies": 100,
            "printed_on": "01/03/2026",
            "written_off": 0,
        },
    )
    run = PrintRun.objects.get()
    handed = {"run": run.pk, "copies": 40, "day": "05/03/2026", "area": "", "area_pick": area.pk}
    editor.post(url("distribution", "add"), handed)

    assert (run.printed_on.isoformat(), stock.left(run)) == ("2026-03-01", 60)

    refused = editor.post(url("distribution", "add"), handed | {"copies": 61})
    assert "Đợt in này chỉ còn 60 bản." in said(refused)
    assert Distribution.objects.count() == 1


def test_copies_that_went_a_moment_ago_are_said(editor, monkeypatch):
    """Between the form's look at the stock and the lock somebody else took the copies."""
    run, area = PrintRunFactory(copies=10), AreaFactory()
    DistributionFactory(run=run, copies=8)
    monkeypatch.setattr(Distribution, "clean", lambda self: None)
    refused = editor.post(
        url("distribution", "add"),
        {"run": run.pk, "copies": 3, "day": "05/03/2026", "area": "", "area_pick": area.pk},
    )

    assert refused.status_code == 200
    assert "Đợt in này chỉ còn 2 bản." in said(refused)


def test_a_new_code_leads_to_its_page(editor, own_address):
    material = MaterialPageFactory()
    response = editor.post(url("trackedlink", "add"), {"material": material.pk, "place": "Chợ", "area": ""})
    link = TrackedLink.objects.get()

    assert response["Location"] == reverse("print_code", args=[link.pk])
    page = said(editor.get(response["Location"]))
    assert f"loa.example/m/{link.code}" in page
    for kind, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        picture = editor.get(reverse(f"print_code_{kind}", args=[link.pk]))
        assert picture.content.startswith(start)


def test_the_form_starts_with_the_material_one_comes_from(editor):
    material = MaterialPageFactory(title="Tờ chợ phiên")

    for model in ("trackedlink", "printrun"):
        assert "Tờ chợ phiên" in said(editor.get(url(model, "add") + f"?material={material.pk}"))
        assert editor.get(url(model, "add") + "?material=x").status_code == 200


def test_no_code_can_be_deleted(editor, admin_client):
    link = TrackedLinkFactory()
    for client in (editor, admin_client):
        client.post(url("trackedlink", "delete", link.pk))
        bulk = reverse("wagtail_bulk_action", args=["campaigns", "trackedlink", "delete"])
        client.post(f"{bulk}?id={link.pk}", {"id": link.pk})

    assert TrackedLink.objects.count() == 1


def test_a_run_that_was_handed_out_is_not_deleted(admin_client):
    run = DistributionFactory().run
    admin_client.post(url("printrun", "delete", run.pk))
    bulk = reverse("wagtail_bulk_action", args=["campaigns", "printrun", "delete"])
    admin_client.post(f"{bulk}?id={run.pk}", {"id": run.pk})

    assert PrintRun.objects.get() == run


def test_stickers_are_a_sheet_to_print(editor, own_address):
    HotlineFactory(number="111")
    link = TrackedLinkFactory()
    sheet = editor.get(reverse("print_stickers", args=[link.pk]), {"number": 42, "language": "vi"})

    assert said(sheet).count('class="sticker"') == 42
    assert reverse("print_code_svg", args=[link.pk]) in said(sheet)


@pytest.mark.parametrize("method", ["get", "post"])
def test_ten_thousand_stickers_get_a_clear_answer(editor, own_address, method):
    link = TrackedLinkFactory()
    name = {"get": "print_stickers", "post": "ask_stickers"}[method]
    response = getattr(editor, method)(reverse(name, args=[link.pk]), {"number": 10_000, "language": "vi"})

    assert response.status_code == 400
    assert "Mỗi lần nhiều nhất 500 nhãn; bạn cần 10000." in said(response)
    assert PrintJob.objects.count() == 0


def test_a_poster_is_asked_for_and_downloaded(editor, own_address, monkeypatch):
    monkeypatch.setattr(sheets, "pdf", lambda *_args: (b"%PDF-1.7", 1))
    HotlineFactory()
    link = TrackedLinkFactory()
    asked = editor.post(reverse("ask_poster", args=[link.pk]), {"kind": "poster-a3", "language": "vi"})
    assert asked["Location"] == reverse("print_code", args=[link.pk])
    job = PrintJob.objects.get()
    download = reverse("print_download", args=[job.pk])
    assert editor.get(download).status_code == 404

    jobs.make(job.pk)

    assert b"".join(editor.get(download).streaming_content) == b"%PDF-1.7"
    assert download in said(editor.get(asked["Location"]))
    assert download in said(editor.get(url("printjob", "list")))


def test_no_poster_in_a_language_that_is_not_published(editor, own_address):
    link = TrackedLinkFactory()
    refused = editor.post(reverse("ask_poster", args=[link.pk]), {"kind": "poster-a4", "language": "en"})

    assert (refused.status_code, PrintJob.objects.count()) == (400, 0)


def test_staff_are_told_why_nothing_is_printed_yet(editor):
    link = TrackedLinkFactory()
    assert "SITE_URL" in said(editor.get(reverse("print_code", args=[link.pk])))
    assert editor.get(reverse("print_code_png", args=[link.pk])).status_code == 409
    for name in ("ask_stickers", "ask_poster"):
        form = {"number": 5, "language": "vi", "kind": "poster-a4"}
        editor.post(reverse(name, args=[link.pk]), form)

    assert PrintJob.objects.count() == 0


def test_the_way_from_a_material_to_its_prints(editor):
    run = PrintRunFactory()
    link = TrackedLinkFactory(material=run.material, place="Chợ phiên")
    page = said(editor.get(reverse("wagtailadmin_pages:edit", args=[run.material.pk])))
    own = reverse("print_material", args=[run.material.pk])

    assert own in page
    page = said(editor.get(own))
    assert "Chợ phiên" in page
    assert reverse("print_code", args=[link.pk]) in page


def test_who_has_no_right_sees_nothing(client):
    link = TrackedLinkFactory()
    client.force_login(UserFactory())
    for name in ("print_code", "print_code_svg", "print_stickers"):
        assert client.get(reverse(name, args=[link.pk])).status_code == 302
