"""How `make bench` measures: bytes in Chromium with an empty cache, CPU time and queries inside the app."""

import json
from dataclasses import dataclass

from chromium import wait_for_pictures

KB = 1024

# Runs inside the demo's environment: {address: {queries, queries cached, CPU-ms, CPU-ms cached}}.
IN_THE_APP = """
import io, json, statistics, sys, time
from django.core.wsgi import get_wsgi_application
app = get_wsgi_application()
from django.core.cache import cache
from django.db import connection
from django.test.client import RequestFactory
from outreach_site.pages.cache import forget_pages
TIMES = 50

def ask(address):
    path, _mark, query = address.partition("?")
    environ = RequestFactory(
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile", "Accept-Encoding": "gzip"}
    )._base_environ(PATH_INFO=path, QUERY_STRING=query, SERVER_NAME="127.0.0.1",
                      REQUEST_METHOD="GET")
    environ["wsgi.input"] = io.BytesIO()
    status = []
    queries = []
    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(note):
        start = time.process_time()
        answer = app(environ, lambda line, headers: status.append(line))
        b"".join(answer)
        answer.close()
        spent = time.process_time() - start
    assert status == ["200 OK"], (path, status)
    # Once in five seconds an answer also writes what was counted; that is not the page's.
    own = [sql for sql in queries if "dailycount" not in sql and sql not in ("BEGIN", "COMMIT")
           and not sql.startswith(("SAVEPOINT", "RELEASE"))]
    return spent * 1000, len(own)

def measure(path):
    first, uncached = [], []
    # Every generation of pages leaves its own behind; a full cache would throw out what is being measured.
    cache.clear()
    ask(path)
    for _ in range(TIMES):
        forget_pages()
        first.append(ask(path))
        forget_pages()
        ask(other)
        uncached.append(ask(path))
    cached = [ask(path) for _ in range(TIMES)]
    quartile = lambda pairs: statistics.quantiles((spent for spent, _queries in pairs), n=4)[0]
    return {"queries": max(q for _, q in uncached), "queries cached": max(q for _, q in cached),
            "CPU-ms": quartile(uncached), "CPU-ms cached": quartile(cached),
            "queries first": max(q for _, q in first), "CPU-ms first": quartile(first)}

paths, other = json.loads(sys.argv[1])
print(json.dumps({path: measure(path) for path in paths}))
"""


@dataclass
class Line:
    """What was measured where, and whether its budget, if it has one, holds."""

    what: str
    measured: float
    budget: float | None
    unit: str
    where: str

    @property
    def holds(self):
        return self.budget is None or self.measured <= self.budget

    def __str__(self):
        number = f"{self.measured:.1f}" if self.unit in ("KB", "ms", "CPU-s") else f"{self.measured:.0f}"
        verdict = "" if self.budget is None else f"≤ {self.budget:<4g} {'ok' if self.holds else 'OVER'}"
        return f"{self.what:<52} {number:>7} {self.unit:<8} {verdict:<12} {self.where}"


def cost(demo, addresses, *, other):
    """Return {address: what it costs the app of `demo`}; `other` is a page that warms what all share."""
    return json.loads(demo.python(IN_THE_APP, json.dumps([addresses, other])))


def load(browser, url, path):
    """Load `path` with an empty cache, pictures included; return what came over the wire, by kind."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    kinds, sizes = {}, {}
    wire.on(
        "Network.requestWillBeSent",
        lambda event: kinds.update({event["requestId"]: event.get("type", "Other")}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    page.goto(url + path)
    wait_for_pictures(page)
    page.wait_for_load_state("networkidle")
    context.close()
    by_kind = {}
    for request, size in sizes.items():
        by_kind.setdefault(kinds[request], []).append(size)
    pictures = by_kind.pop("Image", [])
    return {
        "path": path,
        "before pictures": sum(map(sum, by_kind.values())),
        "everything": sum(map(sum, by_kind.values())) + sum(pictures),
        "requests": sum(map(len, by_kind.values())),
        "script": sum(by_kind.get("Script", [])),
        "largest picture": max(pictures, default=0),
        "by kind": {kind: sum(found) for kind, found in by_kind.items()} | {"Image": sum(pictures)},
    }
