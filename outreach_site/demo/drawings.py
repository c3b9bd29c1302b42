"""The pictures as records: what each shows, drawn, stored, and its sizes made at once."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.core.files.base import ContentFile
from wagtail.models import Collection

from outreach_site.demo import scenes
from outreach_site.pages.files import Picture
from outreach_site.pages.pictures import make_renditions

CREDIT = "Loa (demo)"

# By scene: title, and what somebody who cannot see it should know.
PICTURES = {
    "mountains": (
        "Ruộng bậc thang buổi sớm",
        "Tranh vẽ: núi trong sương sớm, hai nếp nhà sàn và ruộng bậc thang",
    ),
    "road": (
        "Con đường và trạm xe",
        "Tranh vẽ: con đường uốn qua đồi, trạm chờ xe có chiếc túi và chiếc nón trên ghế",
    ),
    "river": ("Bến sông buổi chiều", "Tranh vẽ: dòng sông rộng, xuồng, nhà sàn và hàng thốt nốt lúc chiều"),
    "loudspeaker": ("Loa xã", "Tranh vẽ: chiếc loa trên cột cao, bên dưới là xóm nhỏ giữa cây xanh"),
    "window": ("Ô cửa sáng đèn", "Tranh vẽ: buổi tối, ô cửa sổ sáng đèn, ấm trà và lá thư trên bậu cửa"),
    "market": ("Vải ở chợ", "Tranh vẽ: bốn tấm vải dệt nhiều hoa văn treo trên sào tre, hai thúng cuộn chỉ"),
    "path-cover": (
        "Chiếc túi và con đường",
        "Tranh vẽ: chiếc túi và chiếc nón trên ghế gỗ, con đường dẫn về phía núi",
    ),
    "hands-cover": (
        "Điện thoại trong hai bàn tay",
        "Tranh vẽ: hai bàn tay cầm một chiếc điện thoại đang sáng",
    ),
    "speaker-cover": ("Loa xã, tranh dọc", "Tranh vẽ: chiếc loa trên cột cao, bên dưới là mái nhà và cây"),
    "card-cover": ("Tấm thẻ trên vải dệt", "Tranh vẽ: một tấm thẻ gập đôi đặt trên tấm vải dệt hoa văn"),
}


def plant(planted, width=None):
    """Plant the pictures, `width` pixels wide (default: as designed), with the sizes that pages show."""
    missing = [scene for scene in PICTURES if f"picture/{scene}" not in planted.places]
    for scene, content in _drawn(missing, width):
        picture = planted.once(f"picture/{scene}", lambda s=scene, c=content: _picture(s, c))
        make_renditions(picture.pk)


def _drawn(missing, width):
    """Yield (scene, WebP file); at full size the next ones are drawn while the caller stores this one."""
    if width or not missing:
        yield from ((scene, scenes.webp(scene, width)) for scene in missing)
        return
    # Fresh processes: a forked one would share our connection to the database.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield from zip(missing, pool.map(scenes.webp, missing), strict=True)


def _picture(scene, content):
    title, shows = PICTURES[scene]
    picture = Picture(
        title=title, description=shows, credit=CREDIT, collection=Collection.get_first_root_node()
    )
    name = f"{scene}-demo.webp"
    _make_room(picture, name)
    picture.file.save(name, ContentFile(content, name), save=False)
    picture.file_size = picture.file.size
    picture.save()
    return picture


def _make_room(picture, name):
    """Remove a drawing of the same name that an earlier database left behind; nobody refers to it."""
    path = picture.get_upload_to(name)
    storage = picture.file.storage
    if storage.exists(path) and not Picture.objects.filter(file=path).exists():
        storage.delete(path)
