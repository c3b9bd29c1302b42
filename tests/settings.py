"""The settings of the tests: everything as in the demo, in a folder of its own, with no server.

The PostgreSQL and Redis legs run the same tests with DATABASE_URL and REDIS_URL set.
"""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
if os.environ.get("REDIS_URL"):
    # Tests clear the cache: each of the processes side by side needs a Redis database of its own.
    server, _slash, number = os.environ["REDIS_URL"].rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = f"{server}/{(int(number) + int(worker)) % 16}"
os.environ["VAR_DIR"] = os.environ.get("LOA_TEST_VAR") or tempfile.mkdtemp(prefix="loa-test-")
os.environ["MEDIA_ROOT"] = os.environ["VAR_DIR"] + "/media"

from outreach_site.settings import *  # noqa: F403
from outreach_site.settings import DATABASES, REDIS_URL, STATIC_ROOT

# WhiteNoise warns at each client of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if not REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PHONE_SIMULATOR = True
if os.environ.get("LOA_TEST_DATABASE"):
    # With --reuse-db: a file is migrated once, where memory is migrated at each run.
    DATABASES["default"]["TEST"] = {"NAME": os.environ["LOA_TEST_DATABASE"]}
EXIT_URL = "https://weather.example/"
