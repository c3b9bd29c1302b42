"""The public pages that the tests look at: one of every type, in every language that has it."""

KINDS = (
    "home",
    "list of campaign",
    "campaign",
    "list of material",
    "material",
    "list of event",
    "event",
    "list of article",
    "article",
    "plain",
)
WRITTEN_IN = ("vi", "en")
NOT_YET_IN = "km"
# Views that answer in every language, and what they answer.
EVERYWHERE = {"help": "help/", "leaving": "leaving/", "no such page": "no-such-page/"}


def public_pages(demo):
    """Return {"kind, language": path} of one page of every type."""
    found = {f"{kind}, {code}": demo.path(kind, code) for code in WRITTEN_IN for kind in KINDS}
    for code in (*WRITTEN_IN, NOT_YET_IN):
        found |= {f"{name}, {code}": f"/{code}/{path}" for name, path in EVERYWHERE.items()}
    return found | {f"not yet, {NOT_YET_IN}": f"/{NOT_YET_IN}/"}
