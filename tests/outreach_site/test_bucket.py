"""Uploads in a bucket: settings named when they are wrong, files never given out by the bucket itself."""

import os
import sys
import types

import environ
import pytest

from outreach_site import bucket

GOOD = {
    "S3_BUCKET": "loa",
    "S3_ACCESS_KEY": "key",
    "S3_SECRET_KEY": "secret",
    "S3_ENDPOINT_URL": "https://s3.example.org",
}


@pytest.fixture
def read(monkeypatch):
    """Read the settings from an environment; the library is there. Returns (options, problems)."""
    monkeypatch.setattr(bucket, "find_spec", lambda _name: True)

    def _read(**values):
        for name in [name for name in os.environ if name.startswith("S3_")]:
            monkeypatch.delenv(name)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        problems = []
        return bucket.options(environ.Env(), problems), problems

    return _read


def test_without_any_of_them_uploads_stay_in_a_folder(read):
    assert read() == ({}, [])


def test_a_bucket_keeps_files_of_one_name_and_makes_none_public(read):
    options, problems = read(**GOOD)

    assert problems == []
    assert (options["bucket_name"], options["endpoint_url"]) == ("loa", "https://s3.example.org")
    assert (options["file_overwrite"], options["default_acl"]) == (False, None)


@pytest.mark.parametrize("name", ["S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"])
def test_what_is_missing_is_named(read, name):
    options, problems = read(**{key: value for key, value in GOOD.items() if key != name})

    assert options == {}
    assert [problem.split()[0] for problem in problems] == [name]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"S3_ENDPOINT_URL": ""}, "S3_ENDPOINT_URL or S3_REGION is missing"),
        ({"S3_ENDPOINT_URL": "s3.example.org"}, "S3_ENDPOINT_URL must be an address"),
        ({"S3_BUCKET": "loa/uploads"}, "S3_BUCKET must be"),
    ],
)
def test_what_is_wrong_is_named(read, changed, named):
    options, (problem,) = read(**{**GOOD, **changed})

    assert options == {}
    assert problem.startswith(named)


def test_the_library_is_asked_for_by_name(read, monkeypatch):
    monkeypatch.setattr(bucket, "find_spec", lambda _name: None)

    assert read(**GOOD)[1] == ["S3_BUCKET needs a package: pip install django-storages[s3]"]


def test_readers_get_files_at_our_own_door(settings, monkeypatch):
    """Whatever the bucket's library would say, no address leads to the bucket."""
    settings.MEDIA_URL = "/media/"

    class Library:
        def url(self, name, *_more, **_options):
            return f"https://s3.example.org/loa/{name}?signature=x"

    monkeypatch.setitem(sys.modules, "storages", types.ModuleType("storages"))
    monkeypatch.setitem(sys.modules, "storages.backends", types.ModuleType("storages.backends"))
    backend = types.ModuleType("storages.backends.s3")
    backend.S3Storage = Library
    monkeypatch.setitem(sys.modules, "storages.backends.s3", backend)
    try:
        assert bucket.Bucket().url("images/Đồng Văn.jpg") == "/media/images/%C4%90%E1%BB%93ng%20V%C4%83n.jpg"
    finally:
        vars(bucket).pop("Bucket", None)
