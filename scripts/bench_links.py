"""What the links of 1,000 texts cost the queue: called by `bench.py`. By itself: `python scripts/bench_links.py`.

Collecting is CPU time, because nothing is waited for: once when all texts are new, once as every night, when
nothing has changed. Asking other sites is measured against a server on this machine that answers at once, so
that what is left is our own: looking a host up, judging its address, connecting, reading the answer, writing
what it means. Each link has a host of its own (127.0.1.1, 127.0.1.2 …), or the pause between two questions to
the same host would be all that is seen. Rolled back afterwards.

Budgets: a run of the queue walks for 40 seconds. On a machine a fifth as fast, whose second worker is busy too,
1,000 texts still fit into one run at 4 CPU-seconds here. A run asks 20 sites: at 5 CPU-milliseconds each, half
a second of that machine, pages that are being served meanwhile do not feel it.
"""

import json

TEXTS = 1000
SITES = 100
LINKS = 3

IN_THE_APP = """
import json, sys, threading, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import django
django.setup()
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from wagtail.models import Page
from outreach_site.links import checking, collecting, judging
from outreach_site.links.collecting import Owner
from outreach_site.links.models import CheckedLink, ContentChange, LinkPlace
from outreach_site.pages.models import ArticlePage

texts, sites, links = json.loads(sys.argv[1])

class Answers(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words):
        pass

def spent(do):
    queries = []
    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(note):
        start = time.process_time()
        do()
        return time.process_time() - start, len(queries)

def walk():
    collecting.ask_for_everything()
    while ContentChange.objects.exists():
        collecting.sweep()

shelf = ArticlePage.objects.filter(locale__language_code="vi").first().get_parent()
other = ArticlePage.objects.filter(locale__language_code="vi").last()
with transaction.atomic():
    for number in range(texts):
        links_of = "".join(
            f'<li><a href="http://127.0.1.{number * links % sites + 1}/{number}-{one}">trang {one}</a></li>' for one in range(links)
        )
        shelf.add_child(instance=ArticlePage(
            title=f"Bài số {number}", slug=f"bai-so-{number}", locale=shelf.locale, translation_key=uuid.uuid4(),
            body=[("text", f"<h2>Ngày 15/3/2026</h2><p>Gọi 111 lúc nào cũng được. " + "Đi xa hỏi trước, có người nghe. " * 40
                   + f"<a linktype='page' id='{other.pk}'>Đọc thêm</a></p><ul>{links_of}</ul>")],
        ))
    first, queries = spent(walk)
    places = LinkPlace.objects.count()
    again, queries_again = spent(walk)
    own = CheckedLink.objects.exclude(kind=CheckedLink.Kind.SITE).count()
    judged, _queries = spent(judging.judge_all)

    server = ThreadingHTTPServer(("0.0.0.0", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    hosts = [f"127.0.1.{number + 1}" for number in range(sites)]
    settings.LINK_TEST_SERVERS = [(host, port) for host in hosts]
    cache.clear()
    asked = [CheckedLink(kind=CheckedLink.Kind.SITE, address=f"http://{host}:{port}/") for host in hosts]
    for link in asked:
        link.save()
    checking.RUN_SECONDS = 600
    start = time.perf_counter()
    asking, queries_asking = spent(lambda: checking.check(asked))
    wall = time.perf_counter() - start
    assert CheckedLink.objects.filter(pk__in=[link.pk for link in asked], state="ok").count() == sites
    transaction.set_rollback(True)
print(json.dumps({"first": first, "again": again, "places": places, "queries": queries_again, "judged": judged * 1000,
                  "own": own, "asking": asking / sites * 1000, "wall": wall / sites * 1000}))
"""


def lines(demo, line):
    """Yield the lines of the report; `line` is the class of them."""
    found = json.loads(demo.python(IN_THE_APP, json.dumps([TEXTS, SITES, LINKS])).splitlines()[-1])
    where = f"{found['places']} places"
    yield line(f"links of {TEXTS} new texts collected", found["first"], 4, "CPU-s", where)
    again = f"{where}, {found['queries']} queries"
    yield line(f"links of {TEXTS} texts, every night", found["again"], 4, "CPU-s", again)
    yield line("links of our own judged anew", found["judged"], None, "ms", f"{found['own']} links, CPU")
    where = f"{SITES} sites on this machine, CPU of client and server"
    yield line("another site asked", found["asking"], 5, "ms", where)
    yield line("another site asked, from start to end", found["wall"], None, "ms", f"{SITES} sites")


def main():
    from bench_measure import Line
    from demo_server import demo_server

    with demo_server(production=True) as demo:
        print("\n".join(map(str, lines(demo, Line))))


if __name__ == "__main__":
    main()
