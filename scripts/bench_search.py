"""The search at 10,000 pages: what a reader waits for an answer, on SQLite and on PostgreSQL.

Written by this script: made-up entries of 150 words each, of a vocabulary in which some words stand nearly
everywhere, as in real texts. Measured through the WSGI door, the page's HTML included; the worst counts.
PostgreSQL is measured in a database of its own where DATABASE_URL names a server, or one answers on this
machine. By itself: `python scripts/bench_search.py`.
"""

import json
import os
import socket
from urllib.parse import urlsplit, urlunsplit

from demo_server import demo_server, manage, run_python

ENTRIES = 10_000
BUDGET_MS = 100
HERE = "postgres://postgres@127.0.0.1:5432/postgres"
DATABASE = "loa_bench_search"

QUERIES = [
    "chien dich",
    "di lam xa",
    "nguoi",
    "hộ chiếu",
    "chieens dichj bieen giowis",
    "dduwowngf daay nosng",
    "111",
    "hotlien",
    "tap huan can bo xa bien gioi tinh",
    "xyzzy",
    "khongcotunay chien dich",
]

# Runs in the environment of the site: fills the table and prints {query: [milliseconds]}.
IN_THE_APP = """
import io, json, random, statistics, sys, time, uuid
from urllib.parse import urlencode
from django.core.wsgi import get_wsgi_application
app = get_wsgi_application()
from django.db import connection, transaction
from django.test.client import RequestFactory
from wagtail.models import Page
from outreach_site.search import index
from outreach_site.search.models import SearchEntry
number, queries = json.loads(sys.argv[1])
random.seed(7)
COMMON = ("người đi xa nhà chiến dịch đường dây nóng biên giới hộ chiếu tập huấn cán bộ xã tỉnh phụ nữ trẻ em lao động "
          "làm việc chợ phiên sớm muộn gọi điện miễn phí trước khi hỏi ai cùng bạn bà con thôn bản huyện hội nghị").split()
syllables = ["".join(p) for p in ((a, b, c) for a in "b c ch d đ g h kh l m n ng ph th tr x".split()
             for b in "a ă â e ê i o ô ơ u ư".split() for c in ["", "n", "ng", "m", "c", "t", "nh"])]
weights = [1 / (rank + 3) for rank in range(len(syllables))]
pages = list(Page.objects.filter(depth__gt=1).live())
kinds = ["article", "material", "event", "campaign", "page"]
with transaction.atomic():
    start = time.perf_counter()
    for one in range(number):
        words = random.choices(COMMON, k=40) + random.choices(syllables, weights, k=110)
        random.shuffle(words)
        page = random.choice(pages)
        index._write(f"page:{uuid.uuid4()}", random.choice(["vi", "vi", "vi", "en", "km"]), random.choice(kinds),
                     " ".join(words[:7]).capitalize(), " ".join(words), page=page, day=None)
    written = (time.perf_counter() - start) * 1000 / number
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE outreach_site_searchentry")

def ask(text):
    environ = RequestFactory(headers={"User-Agent": "Mozilla/5.0", "Accept-Encoding": "gzip"})._base_environ(
        PATH_INFO="/vi/search/", QUERY_STRING=urlencode({"q": text}), SERVER_NAME="127.0.0.1", REQUEST_METHOD="GET")
    environ["wsgi.input"] = io.BytesIO()
    status = []
    start = time.perf_counter()
    answer = app(environ, lambda line, headers: status.append(line))
    b"".join(answer)
    answer.close()
    assert status == ["200 OK"], (text, status)
    return (time.perf_counter() - start) * 1000

for text in queries:
    ask(text)
times = {text: [ask(text) for _ in range(15)] for text in queries}
print(json.dumps({"times": times, "written": written, "entries": SearchEntry.objects.count()}))
"""


def lines():
    """Yield (what, measured, budget, unit, where) for `make bench`."""
    with demo_server(production=True) as demo:
        yield from _measured(demo.environment, "SQLite")
        server = _postgresql()
        if not server:
            yield "search: PostgreSQL", 0, None, "ms", "no server: set DATABASE_URL to measure it"
            return
        with _database(server) as url:
            environment = demo.environment | {"DATABASE_URL": url}
            manage(environment, "migrate", "--verbosity=0")
            yield from _measured(environment, "PostgreSQL")


def _measured(environment, name):
    found = json.loads(run_python(environment, IN_THE_APP, json.dumps([ENTRIES, QUERIES])).splitlines()[-1])
    medians = {text: sorted(times)[len(times) // 2] for text, times in found["times"].items()}
    slowest = max(medians, key=medians.get)
    middle = sorted(medians.values())[len(medians) // 2]
    where = f"{found['entries']} entries, {len(QUERIES)} questions"
    yield f"search, {name}: median answer", middle, BUDGET_MS, "ms", where
    yield f"search, {name}: slowest question", medians[slowest], BUDGET_MS, "ms", f"“{slowest}”"
    worst = max(max(times) for times in found["times"].values())
    yield f"search, {name}: worst single answer", worst, None, "ms", where
    yield f"search, {name}: an entry written at publishing", found["written"], None, "ms", where


def _postgresql():
    """Return the address of a server, or "" when there is none."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return given
    with socket.socket() as probe:
        probe.settimeout(1)
        return "" if probe.connect_ex(("127.0.0.1", 5432)) else HERE


class _database:
    """A database of its own on the server, gone afterwards."""

    def __init__(self, server):
        self.server = server

    def _execute(self, statement):
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def __enter__(self):
        self._execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        self._execute(f"CREATE DATABASE {DATABASE}")
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{DATABASE}"))

    def __exit__(self, *_error):
        self._execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


if __name__ == "__main__":
    for what, measured, budget, unit, where in lines():
        print(f"{what:<52} {measured:>7.1f} {unit:<4} {f'≤ {budget}' if budget else '':<8} {where}")
