"""The library with 1,000 materials, made inside a copy of the demo: bytes, queries, CPU time."""

from bench_measure import KB, Line, cost, load
from demo_server import demo_server

MATERIALS = 1000

# Runs inside the demo's environment: a thousand materials on its Vietnamese shelf.
FILL = """
import itertools, sys, uuid
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from campaigns.materials.library import MaterialIndexPage
from campaigns.materials.models import MaterialFile, MaterialPage, Topic
from campaigns.pages.models import CampaignPage
from outreach_site.pages.cache import forget_pages
from outreach_site.pages.files import Picture, Recording, SiteDocument
shelf = MaterialIndexPage.objects.get(locale__language_code="vi")
pictures, topics = itertools.cycle(Picture.objects.all()), itertools.cycle(Topic.objects.all())
campaigns = itertools.cycle(CampaignPage.objects.originals())
kinds = itertools.cycle(MaterialPage.Kind.values)
tune, document = Recording.objects.first(), SiteDocument.objects.first()
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        page = shelf.add_child(instance=MaterialPage(
            title=f"Trước khi đi làm xa: điều nên hỏi số {number}", slug=f"tai-lieu-{number}",
            kind=next(kinds), campaign=next(campaigns), cover=next(pictures), locale=shelf.locale,
            translation_key=uuid.uuid4(), first_published_at=timezone.now(), topics=[next(topics)],
        ))
        if number % 3 == 0:
            MaterialFile.objects.create(material=page, recording=tune, language="hmn")
        if number % 2 == 0 and document:
            MaterialFile.objects.create(material=page, document=document, language="vi")
forget_pages()
"""


def lines(browser):
    """Return the `Line`s of the library: plain, its last page, and narrowed down by everything at once."""
    with demo_server(production=True) as demo:
        demo.python(FILL, str(MATERIALS))
        path = demo.path("list of material", "vi")
        everything = "kind=leaflet&topic=1&campaign=di-xa-hoi-truoc&language=hmn&form=download"
        addresses = {
            "library of 1,000": path,
            "library of 1,000, page 40": f"{path}?page=40",
            "library of 1,000, one kind": f"{path}?kind=leaflet",
            "library of 1,000, five filters": f"{path}?{everything}",
        }
        loaded = load(browser, demo.url, path)
        # What all pages of the shelf share is counted by the first of them after something is published.
        costs = cost(demo, list(addresses.values()), other=f"{path}?page=2")
    found = [
        Line("library of 1,000: before pictures", loaded["before pictures"] / KB, 50, "KB", path),
        Line("library of 1,000: everything", loaded["everything"] / KB, None, "KB", path),
    ]
    for name, address in addresses.items():
        found.append(Line(f"{name}: queries, uncached", costs[address]["queries"], 15, "queries", address))
        found.append(Line(f"{name}: CPU, uncached", costs[address]["CPU-ms"], 25, "ms", address))
        found.append(
            Line(
                f"{name}: queries, first after publishing",
                costs[address]["queries first"],
                None,
                "queries",
                address,
            )
        )
        found.append(
            Line(f"{name}: CPU, first after publishing", costs[address]["CPU-ms first"], None, "ms", address)
        )
    return found
