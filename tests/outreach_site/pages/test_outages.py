"""Saving, publishing and reading go on while the cache, the queue or the mail server is down."""

import io
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import nested_form_data, streamfield

from outreach_site import queue
from outreach_site.pages.files import Picture
from outreach_site.pages.patient_cache import PatientRedis
from tests.factories import ArticlePageFactory, UserFactory

pytestmark = pytest.mark.django_db


class Down:
    """A mail server that refuses every letter."""

    def __init__(self, *_args, **_kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(params=["cache", "queue", "mail"])
def outage(request, settings, monkeypatch):
    if request.param == "cache":
        # Nobody listens on port 1.
        settings.CACHES = {
            "default": {
                "BACKEND": "outreach_site.pages.patient_cache.PatientRedis",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }
    elif request.param == "mail":
        settings.MAIL_CARRIER = f"{__name__}.Down"
    else:
        monkeypatch.setattr(queue, "async_task", lambda *_args: 1 / 0)
    return request.param


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}, {"action-submit": "1"}])
def test_a_page_is_saved_published_and_submitted(outage, action, staff, django_capture_on_commit_callbacks):
    page = ArticlePageFactory(title="Cũ")
    data = {"title": "Mới", "slug": page.slug, "body": streamfield([])} | action
    data |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}

    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))

    page.refresh_from_db()
    assert answer.status_code == 302
    assert page.get_latest_revision_as_object().title == "Mới"


def test_a_picture_is_uploaded(outage, staff, django_capture_on_commit_callbacks):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "PNG")
    file = SimpleUploadedFile("anh.png", content.getvalue())

    with django_capture_on_commit_callbacks(execute=True):
        data = {"title": "Thử", "file": file, "collection": 1, "description": "x"}
        answer = staff.post(reverse("wagtailimages:add"), data)

    assert answer.status_code == 302
    assert Picture.objects.get().title == "Thử"


def test_a_reader_gets_the_page(outage, reader):
    page = ArticlePageFactory(title="Đi chợ")

    assert "Đi chợ" in reader.get(page.url).content.decode()


def test_a_cache_that_is_down_misses_and_says_so_once(settings, monkeypatch, caplog):
    monkeypatch.setattr(PatientRedis, "noted_at", 0.0)
    down = PatientRedis("redis://:secret@127.0.0.1:1/0", {})

    with caplog.at_level(logging.WARNING):
        answers = [
            down.set("a", 1),
            down.get("a", "none"),
            down.get_many(["a"]),
            down.get_or_set("a", 5),
            down.incr("a"),
            down.delete("a"),
        ]

    assert answers == [None, "none", {}, 5, 1, False]
    assert [record.getMessage() for record in caplog.records] == ["cache does not answer: ConnectionError"]
