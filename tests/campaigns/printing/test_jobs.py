import builtins
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.printing import jobs, sheets
from campaigns.printing.models import PrintJob
from outreach_site.consent.signals import picture_withdrawn
from tests.campaigns.printing.conftest import TrackedLinkFactory
from tests.factories import HotlineFactory, MaterialPageFactory, PictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_address")]
Kind, State = PrintJob.Kind, PrintJob.State


@pytest.fixture
def link():
    HotlineFactory()
    return TrackedLinkFactory(material=MaterialPageFactory(cover=PictureFactory()))


@pytest.fixture
def quick(monkeypatch):
    """PDFs cost nothing."""
    monkeypatch.setattr(sheets, "pdf", lambda *_args: (b"%PDF-", 1))


def state(job):
    job.refresh_from_db()
    return job.state, job.attempts, job.reason


@pytest.mark.pango
def test_a_poster_is_made_in_the_queue(link):
    job = jobs.ask(Kind.POSTER_A4, link, "vi")
    jobs.make(job.pk)

    assert state(job) == ("done", 1, "")
    assert job.file.read(5) == b"%PDF-"
    # Nobody finds the address by knowing the code.
    assert len(job.file.name.split("/")[1]) >= 20
    assert job.picture == link.material.cover


def test_a_job_is_made_once(link, quick):
    job = jobs.ask(Kind.STICKERS, link, "vi", number=21)
    for _time in range(2):
        jobs.make(job.pk)

    assert state(job) == ("done", 1, "")


def test_the_sweep_makes_what_a_lost_nudge_left(link, quick):
    waiting = jobs.ask(Kind.STICKERS, link, "vi")
    lost = jobs.ask(Kind.STICKERS, link, "vi")
    at_work = jobs.ask(Kind.STICKERS, link, "vi")
    now = timezone.now()
    for job, ago in ((lost, 11), (at_work, 9)):
        PrintJob.objects.filter(pk=job.pk).update(
            state=State.WORKING, attempts=1, claimed_at=now - timedelta(minutes=ago)
        )
    for _time in range(2):
        jobs.sweep()

    assert [state(job) for job in (waiting, lost, at_work)] == [
        ("done", 1, ""),
        ("done", 2, ""),
        ("working", 1, ""),
    ]


def test_a_job_that_kills_its_workers_is_given_up(link):
    job = jobs.ask(Kind.STICKERS, link, "vi")
    PrintJob.objects.update(
        state=State.WORKING, attempts=3, claimed_at=timezone.now() - timedelta(minutes=11)
    )
    jobs.sweep()

    assert state(job)[:2] == ("failed", 3)


def test_missing_libraries_are_named(link, monkeypatch):
    real = builtins.__import__

    def without_pango(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    job = jobs.ask(Kind.STICKERS, link, "vi")
    jobs.make(job.pk)

    assert state(job)[:2] == ("failed", 1)
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in job.reason


def test_an_accident_is_tried_three_times(link, monkeypatch):
    monkeypatch.setattr(sheets, "pdf", lambda *_args: 1 / 0)
    job = jobs.ask(Kind.STICKERS, link, "vi")
    states = []
    for _time in range(4):
        jobs.sweep()
        states.append(state(job)[:2])

    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3), ("failed", 3)]
    assert "ZeroDivisionError" in job.reason


def test_no_poster_of_what_is_not_published(link):
    link.material.unpublish()
    job = jobs.ask(Kind.POSTER_A3, link, "vi")
    jobs.make(job.pk)

    assert state(job)[0] == "failed"


def test_a_withdrawn_picture_takes_its_posters_along(link, quick):
    job = jobs.ask(Kind.POSTER_A4, link, "vi")
    jobs.make(job.pk)
    job.refresh_from_db()
    storage, name = job.file.storage, job.file.name
    link.material.cover.delete()

    assert (storage.exists(name), PrintJob.objects.count()) == (False, 0)


def test_a_poster_goes_with_the_consent_to_its_picture(link, quick, django_capture_on_commit_callbacks):
    job = jobs.ask(Kind.POSTER_A4, link, "vi")
    jobs.make(job.pk)
    job.refresh_from_db()
    storage, name = job.file.storage, job.file.name

    with django_capture_on_commit_callbacks(execute=True):
        answers = picture_withdrawn.send(sender=None, picture=link.material.cover)

    assert [name] in [paths for _receiver, paths in answers]
    assert (storage.exists(name), PrintJob.objects.count()) == (False, 0)


def test_a_picture_without_consent_is_not_printed(link):
    assert jobs.version(link, "vi").cover == link.material.cover

    type(link.material.cover).objects.filter(pk=link.material.cover_id).update(shows_people=True)

    assert jobs.version(link, "vi").cover is None
