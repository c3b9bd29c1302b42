"""The words of a page in one language, and how they become the blocks that editors know."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sheet:
    """What one page says in one language.

    body  texts (HTML, as the editor makes it) and the blocks below, in their order
    more  the page type's own fields that are translated: audience, place …
    """

    title: str
    introduction: str
    body: tuple = ()
    more: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Leaf:
    """A page to plant: its slug, its words by language, the first of them the original.

    facts  fields that all languages share
    uses   fields that hold another planted record: {"lead": "picture/road"}
    """

    slug: str
    sheets: dict
    facts: dict = field(default_factory=dict)
    uses: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """A hotline as its record says, by its key in `hotlines.HOTLINES`."""

    key: str


@dataclass(frozen=True)
class Drawing:
    """A picture, by its key in `drawings.PICTURES`."""

    key: str
    alt: str
    caption: str = ""


def blocks(body, planted):
    """Return `body` as the raw data of a StreamField; what is not there (any more) is left out."""
    return [block for block in (_block(piece, planted) for piece in body) if block]


def _block(piece, planted):
    if isinstance(piece, str):
        return {"type": "text", "value": piece}
    if isinstance(piece, Number):
        hotline = planted.find(f"hotline/{piece.key}")
        return hotline and {"type": "hotline", "value": {"hotline": hotline.pk}}
    picture = planted.find(f"picture/{piece.key}")
    return picture and {
        "type": "picture",
        "value": {"picture": picture.pk, "alt": piece.alt, "caption": piece.caption},
    }
