import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from tests.gateway.faults import Faults

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BIN = Path(sys.executable).parent

KEYWORD = "HAGIANG"
WELCOME = "Chào bạn! Bạn đã đăng ký “Hà Giang”. Chúng tôi sẽ nhắn tin trước mỗi buổi. Muốn dừng, nhắn HUY."

phones_in_use = itertools.count(int(time.time()) % 1_000_000)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds=30, every=0.1):
    """Return the first true answer of `what()`; the last answer when there is none in time."""
    end = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < end:
        time.sleep(every)
    return answer


class Loop:
    """The operator and Kannel."""

    def __init__(self, folder, site_port, secret="demo-kannel"):
        self.folder = Path(folder)
        names = ("ADMIN_PORT", "BOX_PORT", "SENDSMS_PORT", "SMPP_PORT", "SMSC_HTTP_PORT")
        self.ports = {name: str(free_port()) for name in names}
        self.environment = {
            **os.environ,
            **self.ports,
            "RUN": str(folder),
            "PYTHON": sys.executable,
            "MO_URL": f"http://kannel:{secret}@127.0.0.1:{site_port}/sms/kannel/in",
        }
        self.operator = f"http://127.0.0.1:{self.ports['SMSC_HTTP_PORT']}"

    def run(self, *words):
        subprocess.run([HERE / "kannel-loop.sh", *words], env=self.environment, check=True, timeout=60)

    def text(self, phone, text, **how):
        """A handset texts the short code."""
        answer = requests.post(f"{self.operator}/mo", json={"from": phone, "to": "8088", "text": text, **how})
        assert answer.json()["ok"]

    def taken(self):
        """The texts that Kannel was asked to send, from its own log."""
        log = (self.folder / "smsbox-access.log").read_text(errors="replace")
        return re.findall(r"send-SMS request added - .* request: '(.*)'$", log, re.M)

    def arrived(self, phone):
        """What has reached a handset."""
        return [
            mt for mt in requests.get(f"{self.operator}/mt").json() if mt["to"].endswith(phone.lstrip("+"))
        ]

    def behave(self, **mode):
        requests.post(f"{self.operator}/mode", json=mode)


class Site:
    """The site, its worker and its witness, on a database of their own."""

    def __init__(self, folder, port, loop, database_url, **environment):
        self.port, self.parts, self.web = port, {}, ["--threads=4"]
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "outreach_site.settings",
            "KANNEL_SEND_URL": f"http://127.0.0.1:{loop.ports['SENDSMS_PORT']}/cgi-bin/sendsms",
            "KANNEL_REPORT_URL": f"http://127.0.0.1:{port}/sms/kannel/status",
            "SMS_PARTS_A_DAY": "1000000",
            **environment,
        }
        if "SECRET_KEY" not in environment:
            self.environment.pop("SECRET_KEY", None)
        self.log = open(folder / "site.log", "ab")  # noqa: SIM115
        self.witness = self._start(
            [sys.executable, "-m", "tests.gateway.witness"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _start(self, command, **pipes):
        pipes.setdefault("stdout", self.log)
        # A session of its own: a signal must reach the parent alone, or the queue's parts hang.
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stderr=self.log, start_new_session=True, **pipes
        )

    def ask(self, ask, **question):
        self.witness.stdin.write(json.dumps({"ask": ask, **question}) + "\n")
        self.witness.stdin.flush()
        line = self.witness.stdout.readline()
        assert line, f"the witness is gone; see {self.log.name}"
        return json.loads(line)

    def about(self, phone):
        return self.ask("about", phone=phone)

    def settled(self, phone, replies, seconds=30):
        """What is known about a phone once `replies` texts to it are delivered."""

        def answered():
            known = self.about(phone)
            done = [state for _text, state in known["outbound"]]
            return known if done == ["delivered"] * replies else None

        return wait_for(answered, seconds) or self.about(phone)

    def start(self, part):
        if part == "web":
            self.parts[part] = self._start(
                [BIN / "gunicorn", "outreach_site.wsgi", f"--bind=127.0.0.1:{self.port}", *self.web]
            )
            assert wait_for(self._is_up), f"the site does not start; see {self.log.name}"
        else:
            self.parts[part] = self._start([sys.executable, "manage.py", "qcluster"])

    def _is_up(self):
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/sms/kannel/in").status_code == 403
        except requests.ConnectionError:
            return False

    def stop(self, part):
        end(self.parts.pop(part))

    def kill(self, part):
        """End a part and all its processes at once, as a lack of memory or of power does."""
        process = self.parts.pop(part)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self):
        for part in list(self.parts):
            self.stop(part)
        self.witness.stdin.close()
        end(self.witness)
        self.log.close()


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def database_url(tmp_path_factory):
    """A new database where DATABASE_URL points: a file, or a database on the same PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/loa.sqlite3"
        return
    name = f"loa_gateway_{os.getpid()}"
    server = urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def need_kannel():
    """Skip, or fail in CI, where Kannel is missing."""
    if not Path("/usr/sbin/bearerbox").exists():
        how = "Kannel is not installed. On Debian or Ubuntu: sh scripts/install_kannel.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(how)
        pytest.skip(how)


@contextmanager
def running(folder, database_url, *, direct=False, **environment):
    """Operator, Kannel, site and worker, running: yields (loop, site).

    direct  Kannel calls the site itself, without `Faults` between them
    """
    site_port = free_port()
    for name in ("kannel", "site"):
        (folder / name).mkdir()
    faults = Faults(site_port)
    loop = Loop(
        folder / "kannel",
        site_port if direct else faults.port,
        environment.get("KANNEL_SECRET", "demo-kannel"),
    )
    loop.faults = faults
    site = Site(folder / "site", site_port, loop, database_url, **environment)
    if direct:
        site.web = ["--workers=2", "--threads=4"]
    try:
        site.ask("prepare", keyword=KEYWORD, welcome=WELCOME)
        site.start("web")
        site.start("worker")
        loop.run("start")
        yield loop, site
    finally:
        loop.run("stop")
        site.close()
        faults.close()


@pytest.fixture(scope="session")
def loop_and_site(tmp_path_factory, database_url):
    need_kannel()
    with running(tmp_path_factory.mktemp("loop"), database_url) as both:
        yield both


@pytest.fixture
def loop(loop_and_site):
    loop = loop_and_site[0]
    loop.behave(submit="ok", dlr="delivered", dlr_delay=0, submit_delay=0)
    return loop


@pytest.fixture
def site(loop_and_site):
    """The site with all its parts running."""
    site = loop_and_site[1]
    yield site
    for part in {"web", "worker"} - set(site.parts):
        site.start(part)


@pytest.fixture
def phone():
    """A number that nobody has texted from yet."""
    return f"+8491{next(phones_in_use):07d}"
