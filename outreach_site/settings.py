"""All settings, read from the environment; `docs/operations.md` lists every variable.

With no variable set Loa is a demo on this machine: DEBUG on, SQLite under `var/`, secrets that
everybody knows, no host but this one. Once a SECRET_KEY is given it is production: DEBUG off,
and it refuses to start while anything is missing, wrong, or still a demo secret.
"""

import zoneinfo
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

from outreach_site import bucket, errors, languages

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

problems = []


def read(reader, name, default):
    """Read variable `name` with an environ reader; a value it cannot use joins `problems`."""
    try:
        return reader(name, default=default)
    except (ValueError, TypeError, ImproperlyConfigured) as error:
        problems.append(f"{name} is set to a value that cannot be used: {error}")
        return default


def flag(name, default):
    """Read a switch: 1/0, true/false, yes/no, on/off. Any other word is a problem, not a "no"."""
    word = env(name, default="").strip().lower()
    if word not in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        problems.append(f"{name} is “{word}”; write 1 or 0")
    return word in ("1", "true", "yes", "on") if word else default


# --- secrets -------------------------------------------------------------------------------
# The demo's secrets are public: they stand here. Production refuses them by name.
DEMO_SECRETS = {
    "SECRET_KEY": "demo-only-secret-key-that-everybody-knows-0123456789abcdef",
    "PHONE_KEYS": "ZGVtby1vbmx5LXBob25lLWtleS0wMTIzNDU2Nzg5YWI=",
    "PHONE_INDEX_KEY": "demo-only-phone-index-key",
    "KANNEL_SECRET": "demo-kannel",
    "KANNEL_SEND_PASSWORD": "sendpw",
}

DEBUG = flag("DEBUG", not env("SECRET_KEY", default=""))


def secret(name):
    """Return secret `name`; the demo's own while DEBUG is on, a problem otherwise."""
    value = env(name, default="")
    if not value and DEBUG:
        return DEMO_SECRETS[name]
    if not value:
        problems.append(f"{name} is missing")
    elif value == DEMO_SECRETS[name] and not DEBUG:
        problems.append(f"{name} is the demo's, which everybody knows: make your own")
    return value


SECRET_KEY = secret("SECRET_KEY")
PHONE_KEYS = [key.strip() for key in secret("PHONE_KEYS").split(",") if key.strip()]
for key in PHONE_KEYS:
    try:
        Fernet(key)
    except ValueError:
        problems.append(
            "PHONE_KEYS has a key that is not 32 bytes in URL-safe base64; docs/operations.md makes one"
        )
PHONE_INDEX_KEY = secret("PHONE_INDEX_KEY")
KANNEL_SECRET = secret("KANNEL_SECRET")
KANNEL_SEND_URL = env("KANNEL_SEND_URL", default="http://127.0.0.1:13013/cgi-bin/sendsms")
KANNEL_SEND_USER = env("KANNEL_SEND_USER", default="outreach")
KANNEL_SEND_PASSWORD = secret("KANNEL_SEND_PASSWORD")
# Where the gateway on the other side finds us, for its delivery reports.
KANNEL_REPORT_URL = env("KANNEL_REPORT_URL", default="http://127.0.0.1:8000/sms/kannel/status")

# Keys of the other gateways, by their name in the address and the key's name in their configuration:
# {"esms": {"inbound": "…", "api_key": "…"}}. "inbound" is what the provider's calls have to show.
SMS_SECRETS = read(env.json, "SMS_SECRETS", {})
if not isinstance(SMS_SECRETS, dict) or not all(isinstance(keys, dict) for keys in SMS_SECRETS.values()):
    problems.append('SMS_SECRETS must be JSON such as {"esms": {"inbound": "…", "api_key": "…"}}')
    SMS_SECRETS = {}
# Hosts (or host:port) to which a configured gateway may send. Without it whoever edits a gateway could
# have the worker call anything inside of our network.
SMS_HOSTS = read(env.list, "SMS_HOSTS", [])

# What texts cost is shown in this currency (ISO 4217); without one, as bare numbers.
SMS_CURRENCY = env("SMS_CURRENCY", default="")
# Parts a day, answers left out, above which a second person has to release what is to be sent.
SMS_PARTS_A_DAY = read(env.int, "SMS_PARTS_A_DAY", 20_000)
SMS_PARTS_A_CAMPAIGN_A_DAY = read(env.int, "SMS_PARTS_A_CAMPAIGN_A_DAY", 10_000)
# Texts of whatever kind that one number gets in 24 hours: nobody should ever see this ceiling.
SMS_TEXTS_A_NUMBER_A_DAY = read(env.int, "SMS_TEXTS_A_NUMBER_A_DAY", 40)
# For so many days a text that asks to join can be confirmed, where a campaign wants that.
SMS_CONFIRM_DAYS = read(env.int, "SMS_CONFIRM_DAYS", 3)
# A number that was silent for so long may be somebody else's by now, and gets no broadcasts.
SMS_SILENT_MONTHS = read(env.int, "SMS_SILENT_MONTHS", 18)

ALLOWED_HOSTS = read(env.list, "ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS and not DEBUG:
    problems.append("ALLOWED_HOSTS is missing: name the site's host, for example hotline.example.org")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

# --- apps ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "events",
    "campaigns",
    "outreach_site",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "outreach_site.staff.apps.StaffAccounts",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "campaigns.sms.door.GatewayDoor",
    "campaigns.reach.visits.CountVisits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "outreach_site.hotline.leave.LeaveQuickly",
    "outreach_site.pages.cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "outreach_site.pages.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "outreach_site.pages.locale.SiteLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "outreach_site.translation.doors.TranslationDoors",
    "outreach_site.editing.hooks.AskWhenBehind",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "outreach_site.urls"
WSGI_APPLICATION = "outreach_site.wsgi.application"
AUTH_USER_MODEL = "outreach_site.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "wagtailadmin_login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "outreach_site.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "outreach_site.templatetags.site_tags"],
        },
    },
]

# --- data ----------------------------------------------------------------------------------
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DATABASES = {"default": read(env.db_url, "DATABASE_URL", f"sqlite:///{VAR_DIR}/loa.sqlite3")}
if DATABASES["default"].get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    problems.append("DATABASE_URL must read postgres://user:password@host/name or sqlite:///path")
    DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers do not wait for the writer; a writer waits for another instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
# Opening a connection costs more than most queries.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    problems.append("REDIS_URL must start with redis://, rediss:// or unix://")
    REDIS_URL = ""

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "outreach_site.pages.patient_cache.PatientRedis",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "loa",
        }
    }
else:
    # Files, because web and worker are two processes and must see the same cache.
    CACHES = {
        "default": {
            "BACKEND": "outreach_site.pages.file_cache.SharedFiles",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    }

# --- queue ---------------------------------------------------------------------------------
# django-q2 only nudges: its tasks carry ids and may be lost or run twice. retry is longer than
# timeout × (queue_limit + 1), or a waiting task would be handed out again.
Q_CLUSTER = {
    "name": "loa",
    "workers": 2,
    "queue_limit": 2,
    "bulk": 1,
    "timeout": 60,
    "retry": 300,
    "max_attempts": 3,
    "ack_failures": False,
    "catch_up": False,
    "save_limit": 200,
    "label": "Queue",
    "log_level": "WARNING",
}
if REDIS_URL:
    Q_CLUSTER["redis"] = REDIS_URL
else:
    Q_CLUSTER["orm"] = "default"

# --- languages, dates, areas ---------------------------------------------------------------
languages.extend_django()
LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = [(language.code, gettext_lazy(language.english)) for language in languages.LANGUAGES]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (lang.code, gettext_lazy(lang.english)) for lang in languages.LANGUAGES if lang.interface
]
# The second completes what Wagtail lacks in Vietnamese, and belongs to no text of ours.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_admin"]
FORMAT_MODULE_PATH = ["outreach_site.formats"]
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = env("TIME_ZONE", default="Asia/Ho_Chi_Minh")
if TIME_ZONE not in zoneinfo.available_timezones():
    problems.append(f"TIME_ZONE is “{TIME_ZONE}”, which is no time zone; write one such as Asia/Ho_Chi_Minh")
    TIME_ZONE = "UTC"
# The country in which a phone number without a country code is read (ISO 3166).
PHONE_REGION = env("PHONE_REGION", default="VN")
# A folder of CSV files in the format of docs/areas.md; `load_areas` reads it when given no other.
AREA_DATA = Path(env("AREA_DATA", default=str(BASE_DIR / "outreach_site" / "areas" / "data" / "vn")))

# --- files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
MEDIA_URL = env("MEDIA_URL", default="/media/")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Uploads in a bucket instead of under MEDIA_ROOT: where any S3_* is set.
if BUCKET := bucket.options(env, problems):
    STORAGES["default"] = {"BACKEND": "outreach_site.bucket.Bucket", "OPTIONS": BUCKET}
    # Documents and prints stay behind their views, which know who may have them.
    WAGTAILDOCS_SERVE_METHOD = "serve_view"

# --- Wagtail -------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Loa"
# Addresses are typed, printed and texted: plain letters only.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Without these the admin's calendar reads what staff type as year-month-day and replaces it by today.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
# Scheme and host under which readers know the site: in feeds, the sitemap, shared links, and the admin.
SITE_URL = WAGTAILADMIN_BASE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "outreach_site.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "outreach_site.SiteDocument"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "outreach_site.Recording",
    "MEDIA_FORM_BASE": "outreach_site.pages.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "outreach_site.pages.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# A picture of more pixels than this is refused before it is decoded: a decompression bomb.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt", "epub"]
WAGTAILEMBEDS_FINDERS = []
# A translation is a draft until a person publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_JOBS = {"BACKEND": "outreach_site.translation.jobs.QueueBackend"}
# Off unless a service is named: texts would leave the site.
MACHINE_TRANSLATOR = env("MACHINE_TRANSLATOR", default="")
MACHINE_TRANSLATOR_OPTIONS = read(env.json, "MACHINE_TRANSLATOR_OPTIONS", {})
if not isinstance(MACHINE_TRANSLATOR_OPTIONS, dict):
    problems.append('MACHINE_TRANSLATOR_OPTIONS must be a JSON object, such as {"AUTH_KEY": "…"}')
if MACHINE_TRANSLATOR:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "outreach_site.translation.machine.Guarded",
        "OPTIONS": {"CLASS": MACHINE_TRANSLATOR, "OPTIONS": MACHINE_TRANSLATOR_OPTIONS},
    }
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- links to other sites --------------------------------------------------------------------
# Whether a schedule asks other sites if our links still work; staff may always ask for one by hand.
LINK_CHECKS = flag("LINK_CHECKS", not DEBUG)
# Ports that are asked besides 80 and 443.
LINK_PORTS = read(env.list, "LINK_PORTS", [])
if not all(port.isdigit() for port in LINK_PORTS):
    problems.append("LINK_PORTS must be numbers with commas, such as 8080,8443")
LINK_PORTS = [int(port) for port in LINK_PORTS if port.isdigit()]
# (address, port) of private servers that may be asked all the same. The tests' own; never from outside.
LINK_TEST_SERVERS = ()

# --- leaving quickly -----------------------------------------------------------------------
# Where "leave this page" leads: somewhere anybody may have been looking at.
EXIT_URL = env("EXIT_URL", default="https://www.google.com/search?q=th%E1%BB%9Di+ti%E1%BA%BFt")

# --- safety --------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = 60 * 60 * 12
# Other sites learn nothing of where a reader came from. "no-referrer" would hide the origin from our own
# forms as well, and they would be refused as forged.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^sms/"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 60 * 60 * 24 * 365
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# E-mail is stored and leaves from the queue; the carrier is what knows the mail server.
EMAIL_BACKEND = "outreach_site.staff.mail.QueuedMail"
MAIL_CARRIER = (
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.smtp.EmailBackend"
)
MAIL_SERVER = read(env.email_url, "EMAIL_URL", "smtp://localhost:25")
if isinstance(MAIL_SERVER, str):
    MAIL_SERVER = env.email_url_config(MAIL_SERVER)
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER["EMAIL_HOST"], MAIL_SERVER["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_USER"], MAIL_SERVER["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = MAIL_SERVER.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL_SERVER.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="loa@localhost")

# The simulated handset belongs to demo and training: never beside a real gateway by accident.
PHONE_SIMULATOR = flag("PHONE_SIMULATOR", DEBUG)

# --- logs ----------------------------------------------------------------------------------
# Loggers take ids, never a phone number, a name or the text of a message. Query strings stay
# out too: a gateway puts all three of them there.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # The first three tell of every job and every page saved; the others write whole addresses.
    "loggers": {
        name: {"level": "WARNING"}
        for name in (
            "django-q",
            "django_tasks",
            "wagtail",
            "django.server",
            "urllib3",
            "weasyprint",
            "fontTools",
        )
    },
}

# --- errors --------------------------------------------------------------------------------
SENTRY_DSN = env("SENTRY_DSN", default="")
if SENTRY_DSN:
    try:
        errors.report_to(SENTRY_DSN)
    except ValueError as error:
        problems.append(f"SENTRY_DSN cannot be used: {error}")

if problems:
    raise ImproperlyConfigured("Loa cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems))
