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
from dataclasses import asdict
from importlib.metadata import version

import bench_library
import bench_links
import bench_pictures
import bench_search
from bench_measure import KB, Line, cost, load
from chromium import launch
from demo_server import ROOT, demo_server
from playwright.sync_api import sync_playwright

KINDS = {
    "home": "home",
    "article": "article",
    "campaign": "campaign",
    "event": "event",
    "material": "material",
    "list of materials": "list of material",
    "list of events": "list of event",
}


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
        costs = cost(demo, [paths[0] for paths in places.values()], other=demo.path("plain", "vi"))
        costs = dict(zip(places, costs.items(), strict=True))
        more = [
            *bench_pictures.lines(demo, Line),
            *bench_links.lines(demo, Line),
            *bench_library.lines(browser),
        ]
        lines = [*bytes_of(loads), *costs_of(costs), *more]
        browser.close()
    lines += [Line(*line) for line in bench_search.lines()]
    report(machine, lines)
    if not options.report_only and not all(line.holds for line in lines):
        sys.exit(1)


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
    for name, (path, spent) in costs.items():
        for label, what, budget, unit in (
            ("queries, uncached", "queries", 15, "queries"),
            ("CPU, uncached", "CPU-ms", 25, "ms"),
            ("queries, first after publishing", "queries first", None, "queries"),
            ("CPU, first after publishing", "CPU-ms first", None, "ms"),
            ("queries, cached", "queries cached", 0, "queries"),
            ("CPU, cached", "CPU-ms cached", 2, "ms"),
        ):
            yield Line(f"{name}: {label}", spent[what], budget, unit, path)


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
