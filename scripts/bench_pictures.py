"""How long the queue needs to make the sizes of 50 photos, one worker: called by `bench.py`.

The photos are drawn (a gradient with grain, 12 megapixels, as a telephone takes them); kept in memory, so
that the machine's disk is not what is measured. Rolled back afterwards.
"""

import json

PHOTOS = 50

IN_THE_APP = """
import io, json, statistics, sys, time
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.db import transaction
from PIL import Image
from wagtail.models import Collection
from outreach_site.pages import pictures
from outreach_site.pages.files import Picture, PictureRendition
from django_q.models import OrmQ

memory = InMemoryStorage()
for model in (Picture, PictureRendition):
    model._meta.get_field("file").storage = memory
grain = Image.effect_noise((1000, 750), 24).resize((4000, 3000))
shade = Image.linear_gradient("L").resize((4000, 3000))
photo = io.BytesIO()
Image.merge("RGB", [Image.blend(shade, grain, part) for part in (0.25, 0.3, 0.35)]).save(photo, "JPEG", quality=92)

def upload(number):
    start = time.perf_counter()
    picture = Picture(title=str(number), collection=Collection.get_first_root_node())
    picture.file = ContentFile(photo.getvalue(), f"bench-{number}.jpg")
    picture.save()
    return picture, time.perf_counter() - start

with transaction.atomic():
    uploads, makings, heaviest = [], [], 0
    for number in range(int(sys.argv[1])):
        picture, spent = upload(number)
        uploads.append(spent)
        start = time.perf_counter()
        pictures.make_renditions(picture.pk)
        makings.append(time.perf_counter() - start)
        heaviest = max([heaviest, *(one.file.size for one in picture.renditions.all())])
    transaction.set_rollback(True)
print(json.dumps({"upload": statistics.median(uploads) * 1000, "queue": sum(makings), "heaviest": heaviest}))
"""


def lines(demo, line):
    """Yield the lines of the report; `line` is the class of them."""
    found = json.loads(demo.python(IN_THE_APP, str(PHOTOS)))
    where = "12 megapixels, one worker"
    yield line("photo: made smaller at upload", found["upload"], None, "ms", where)
    yield line(f"{PHOTOS} photos: sizes made in the queue", found["queue"], None, "s", where)
    yield line("heaviest size of a photo", found["heaviest"] / 1024, 60, "KB", where)
