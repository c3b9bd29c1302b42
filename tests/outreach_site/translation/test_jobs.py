import json

import pytest
from wagtail.models import Locale
from wagtail_localize.components import TranslationComponentManager
from wagtail_localize.operations import translate_page_subtree
from wagtail_localize.tasks import background

from outreach_site.translation import jobs
from tests.factories import PlainPageFactory, UserFactory
from tests.outreach_site.translation import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def subtree():
    """The arguments with which wagtail-localize asks for the translation of a whole branch."""
    shelf = PlainPageFactory(slug="ke")
    PlainPageFactory(parent=shelf, slug="la")
    khmer = Locale.objects.filter(pk=stage.locale("km").pk)
    stage.into(shelf)
    return [shelf.pk, khmer, TranslationComponentManager([]), UserFactory()]


def test_the_library_uses_our_queue():
    assert isinstance(background, jobs.QueueBackend)


def test_a_job_is_carried_as_ids(subtree, monkeypatch, django_capture_on_commit_callbacks):
    queued = []
    monkeypatch.setattr(jobs, "async_task", lambda *task: queued.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        background.enqueue(translate_page_subtree, subtree, {})

    page, khmer, _components, user = subtree
    [(runner, name, packed)] = queued
    assert runner == "outreach_site.translation.jobs.run"
    assert name == "wagtail_localize.operations.translate_page_subtree"
    rows = {"list": [{"row": ["wagtailcore.Locale", khmer.get().pk]}]}
    assert json.loads(packed) == [
        [page, rows, None, {"row": ["outreach_site.User", user.pk]}],
        {},
    ]


def test_the_worker_does_the_job(subtree):
    jobs.run("wagtail_localize.operations.translate_page_subtree", jobs.pack(subtree, {}))

    page = PlainPageFactory._meta.model.objects.get(slug="la", locale__language_code="km")
    assert not page.live


def test_with_the_queue_down_the_job_runs_at_once(subtree, monkeypatch, django_capture_on_commit_callbacks):
    def down(*_args):
        raise ConnectionError

    monkeypatch.setattr(jobs, "async_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        background.enqueue(translate_page_subtree, subtree, {})

    assert PlainPageFactory._meta.model.objects.filter(slug="la", locale__language_code="km").exists()


def test_a_job_that_fails_here_is_no_error_of_the_request(caplog, django_capture_on_commit_callbacks):
    def broken():
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True):
        background.enqueue(broken, [object()], {})

    assert "broken failed" in caplog.text


def test_the_queue_runs_the_library_only():
    with pytest.raises(ValueError, match="os.system"):
        jobs.run("os.system", jobs.pack(["true"], {}))
