"""A running demo of its own, for browser tests, pictures and measurements.

    with demo_server() as demo:
        demo.url, demo.pages …

Each start gets a fresh copy of a prepared demo, on free ports, with nothing of the caller's settings;
when the block ends the processes are gone and so is the copy. The prepared demo is kept under
`var/demo-cache`, by a hash of what it is made from. As a script: runs until Ctrl-C.

`production` starts what a real site runs: DEBUG off, secrets of its own, hashed and compressed static
files. Uploads, which a web server would give out there, come from WhiteNoise (demo_wsgi.py).
"""

import base64
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
KEPT = ROOT / "var" / "demo-cache"
PASSWORD = "loa-demo-2026"
STOP_SECONDS = 15
START_SECONDS = 30

# What decides how the prepared demo looks; templates and styles do not.
MADE_FROM = (
    "*/migrations/*.py",
    "*/**/models.py",
    "*/management/commands/*.py",
    "outreach_site/demo/**/*",
    "outreach_site/areas/**/*",
    "outreach_site/pages/pictures.py",
    "requirements.txt",
)

# Secrets that are not the demo's own, which production refuses. They guard nothing.
SECRETS = {
    "SECRET_KEY": "a-server-that-lives-for-minutes-" * 2,
    "PHONE_KEYS": base64.urlsafe_b64encode(
        hashlib.sha256(b"a server that lives for minutes").digest()
    ).decode(),
    "PHONE_INDEX_KEY": "index-of-a-server-that-lives-for-minutes",
    "KANNEL_SECRET": "gateway-of-a-server-that-lives-for-minutes",
    "KANNEL_SEND_PASSWORD": "password-of-a-server-that-lives-for-minutes",
}

LIST_PAGES = """
import json
import django
django.setup()
from django.contrib.auth import get_user_model
from wagtail.models import Page
kind = lambda page: page.specific_class._meta.model_name.removesuffix("page")
found = []
for page in Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path"):
    child = page.get_children().live().first()
    shelf = kind(page) in ("plain", "materialindex") and child is not None
    found.append({
        "id": page.pk,
        "kind": f"list of {kind(child)}" if shelf else kind(page),
        "language": page.locale.language_code,
        "path": page.get_url_parts()[2],
        "title": page.title,
        "key": str(page.translation_key),
    })
print(json.dumps(found))
"""

MAKE_PICTURES = """
import django
django.setup()
from outreach_site.pages import pictures
from outreach_site.pages.files import Picture
for pk in Picture.objects.values_list("pk", flat=True):
    pictures.make_renditions(pk)
"""


@dataclass
class Demo:
    """A demo that runs.

    url     where it answers, without a slash at the end
    folder  its VAR_DIR: database, uploads, cache
    pages   [{"id", "kind", "language", "path", "title", "key"}] of its published pages, in the order of the tree
    """

    url: str
    folder: Path
    pages: list
    environment: dict = field(repr=False)

    def paths(self, kind, language):
        """Return the paths of the published pages of `kind` ("campaign", "list of event") in `language`."""
        return [page["path"] for page in self.pages if (page["kind"], page["language"]) == (kind, language)]

    def path(self, kind, language):
        """Return the path of the first such page. Raises LookupError when there is none."""
        found = self.paths(kind, language)
        if not found:
            raise LookupError(f"the demo has no page of kind {kind!r} in {language!r}")
        return found[0]

    def python(self, code, *arguments):
        """Run `code` in the demo's own environment and return what it prints."""
        return run_python(self.environment, code, *arguments)


@contextlib.contextmanager
def demo_server(*, production=False, worker=False, **settings):
    """Start a demo and give its `Demo`. `settings` are environment variables, such as EXIT_URL."""
    with tempfile.TemporaryDirectory(prefix="loa-demo-") as folder:
        folder = Path(folder) / "var"
        with one_at_a_time():
            shutil.copytree(prepared(), folder)
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = environment_for(folder, production=production) | {"SITE_URL": url} | settings
        if production:
            manage(environment, "collectstatic", "--noinput", "--verbosity=0")
        with contextlib.ExitStack() as running:
            running.enter_context(process(web_command(port, production), environment))
            if worker:
                running.enter_context(process([BIN / "python", "manage.py", "qcluster"], environment))
            wait_until_it_answers(port)
            yield Demo(url, folder, json.loads((folder / "pages.json").read_text()), environment)


def environment_for(folder, *, production=False):
    """Return the whole environment of the demo in `folder`; of the caller's only what finds programs."""
    caller = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    environment = {
        **caller,
        **SECRETS,
        "DJANGO_SETTINGS_MODULE": "outreach_site.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "0" if production else "1",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "SMS_CURRENCY": "VND",
    }
    if production:
        environment |= {"ALLOWED_HOSTS": "127.0.0.1,localhost", "SECURE_SSL_REDIRECT": "0"}
    return environment


def web_command(port, production):
    application = "demo_wsgi" if production else "outreach_site.wsgi"
    return [
        BIN / "gunicorn",
        application,
        f"--pythonpath={ROOT / 'scripts'}",
        f"--bind=127.0.0.1:{port}",
        "--workers=1",
        "--threads=8",
        f"--worker-tmp-dir={'/dev/shm' if Path('/dev/shm').is_dir() else tempfile.gettempdir()}",
        "--log-level=warning",
    ]


# --- preparing -----------------------------------------------------------------------------
@contextlib.contextmanager
def one_at_a_time():
    """Keep a second start from clearing away what the first is still making or copying."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared():
    """Return the folder of the prepared demo, made now unless it was made before from the same."""
    folder = KEPT / fingerprint()
    environment = environment_for(folder)
    if folder.exists():
        # Message catalogues lie beside the code and follow it.
        manage(environment, "compile_catalogues")
        return folder
    for old in KEPT.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    unfinished = KEPT / "unfinished"
    unfinished.mkdir()
    environment = environment_for(unfinished)
    manage(environment, "prepare_demo")
    run_python(environment, MAKE_PICTURES)
    (unfinished / "pages.json").write_text(run_python(environment, LIST_PAGES))
    shutil.rmtree(unfinished / "cache", ignore_errors=True)
    unfinished.rename(folder)
    return folder


def fingerprint():
    """Return a name for what the demo is made from. The day belongs to it: the demo lives around today."""
    digest = hashlib.sha256(date.today().isoformat().encode())
    files = {path for pattern in MADE_FROM for path in ROOT.glob(pattern) if ".venv" not in path.parts}
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def manage(environment, *arguments):
    """Run a management command. Raises CalledProcessError after showing what it said."""
    return _run([BIN / "python", "manage.py", *arguments], environment)


def run_python(environment, code, *arguments):
    """Run `code` with `arguments` and return what it prints."""
    return _run([BIN / "python", "-c", code, *arguments], environment)


def _run(command, environment):
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return done.stdout


# --- processes -----------------------------------------------------------------------------
@contextlib.contextmanager
def process(command, environment):
    """Run `command` in a session of its own; at the end ask it to stop, and make it after a while."""
    log = Path(environment["VAR_DIR"]) / f"{Path(command[-1]).name if len(command) < 4 else 'web'}.log"
    with log.open("w") as output:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield child
        finally:
            stop(child)


def stop(child):
    # The parent alone: the queue hangs when its parts are signalled one by one.
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(port):
    """Return once `/healthz` says ok. Raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port} after {START_SECONDS} seconds")


def main():
    with demo_server(production="--production" in sys.argv, worker=True) as demo:
        print(f"{demo.url}/  (password {PASSWORD}; stop with Ctrl-C)", flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
