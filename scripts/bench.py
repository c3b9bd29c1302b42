"""`make bench`: the budgets of the public pages, measured on the demo as production runs it.

Bytes: what Chromium receives with an empty cache, headers included, body as sent (brotli or gzip); of
every published page of a type the heaviest counts. CPU: process time of the app called through its WSGI
door in one process, without gunicorn; lower quartile of 50 requests, because what else the machine does
only adds. Uncached: the page is made anew, while what
all pages share (menu, numbers) is warm, as for every page but the first after something is published;
that first one is shown too, without a budget. 1 KB is 1024 bytes. Writes var/bench.json too; ends with 1 when a
budget is over, unless told --report-only.
"""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version

import bench_pictures
from chromium import launch, wait_for_pictures
from demo_server import ROOT, demo_server
from playwright.sync_api import sync_playwright

KB = 1024
KINDS = {
    "home": "home",
    "article": "article",
    "campaign": "campaign",
    "event": "event",
    "material": "material",
    "list of materials": "list of material",
    "list of events": "list of event",
}

# Runs inside the demo's environment: {path: {queries, queries cached, CPU-ms, CPU-ms cached}}.
IN_THE_APP = """
import io, json, statistics, sys, time
from django.core.wsgi import get_wsgi_application
app = get_wsgi_application()
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test.client import RequestFactory
from outreach_site.pages.cache import forget_pages
TIMES = 50

def ask(path):
    environ = RequestFactory(
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile", "Accept-Encoding": "gzip"}
    )._base_environ(PATH_INFO=path, SERVER_NAME="127.0.0.1", REQUEST_METHOD="GET")
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
        number = f"{self.measured:.1f}" if self.unit in ("KB", "ms") else f"{self.measured:.0f}"
        verdict = "" if self.budget is None else f"≤ {self.budget:<4g} {'ok' if self.holds else 'OVER'}"
        return f"{self.what:<52} {number:>7} {self.unit:<8} {verdict:<12} {self.where}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--report-only", action="store_true", help="end with 0 whatever is measured")
    options = options.parse_args()
    with demo_server(production=True) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        machine = describe_machine(browser.version)
        places = {"help": ["/vi/help/", "/en/help/", "/km/help/"]} | {
            name: [path for code in ("vi", "en") for path in demo.paths(kind, code)]
            for name, kind in KINDS.items()
        }
        loads = {name: [load(browser, demo.url, path) for path in paths] for name, paths in places.items()}
        browser.close()
        costs = demo.python(
            IN_THE_APP, json.dumps([[paths[0] for paths in places.values()], demo.path("plain", "vi")])
        )
        costs = dict(zip(places, json.loads(costs).items(), strict=True))
        more = [*bench_pictures.lines(demo, Line)]
    lines = [*bytes_of(loads), *costs_of(costs), *more]
    report(machine, lines)
    if not options.report_only and not all(line.holds for line in lines):
        sys.exit(1)


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


def bytes_of(loads):
    """Return the `Line`s of what goes over the wire: of each type of page the worst page."""
    worst_help = worst(loads["help"], "everything")
    yield Line("help: everything, cold", worst_help["everything"] / KB, 14, "KB", worst_help["path"])
    for name, found in loads.items():
        for what, budget, unit, size in (
            ("before pictures", 50, "KB", KB),
            ("script", 10, "KB", KB),
            ("requests", 6, "requests", 1),
        ):
            one = worst(found, what)
            yield Line(
                f"{name}: {what}", one[what] / size, budget, unit, f"{one['path']}  {kinds_in_words(one)}"
            )
    one = worst([one for found in loads.values() for one in found], "largest picture")
    yield Line("largest picture given to a phone", one["largest picture"] / KB, 60, "KB", one["path"])


def kinds_in_words(one):
    return ", ".join(f"{kind} {size / KB:.1f}" for kind, size in one["by kind"].items() if size)


def costs_of(costs):
    """Return the `Line`s of what a page costs the app."""
    for name, (path, cost) in costs.items():
        for label, what, budget, unit in (
            ("queries, uncached", "queries", 15, "queries"),
            ("CPU, uncached", "CPU-ms", 25, "ms"),
            ("queries, first after publishing", "queries first", None, "queries"),
            ("CPU, first after publishing", "CPU-ms first", None, "ms"),
            ("queries, cached", "queries cached", 0, "queries"),
            ("CPU, cached", "CPU-ms cached", 2, "ms"),
        ):
            yield Line(f"{name}: {label}", cost[what], budget, unit, path)


def worst(found, what):
    return max(found, key=lambda one: one[what])


def describe_machine(chromium):
    with open("/proc/cpuinfo") as lines:
        model = next(
            (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown"
        )
    return {
        "cores": os.cpu_count(),
        "cpu": model,
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "wagtail", "gunicorn", "whitenoise")},
        "chromium": chromium,
        "database": "SQLite",
        "cache": "files",
        "command": "python scripts/bench.py",
    }


def report(machine, lines):
    print("\n".join(f"{name}: {value}" for name, value in machine.items()), end="\n\n")
    print("\n".join(map(str, lines)))
    over = [line for line in lines if not line.holds]
    budgets = [line for line in lines if line.budget is not None]
    print(f"\n{len(budgets) - len(over)} of {len(budgets)} budgets hold.")
    found = {"machine": machine, "lines": [asdict(line) | {"holds": line.holds} for line in lines]}
    (ROOT / "var" / "bench.json").write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
