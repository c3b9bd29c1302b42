"""Which screens `make screens` pictures, and who sees them.

Readers' screens: {name: Screen}, the language behind the dot. Staff screens: {account: {name: address}}, in
the order of a day's work. What only exists after `screens_stage.stage` is in `staged`.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

WRITTEN_IN = ("vi", "en")
NOT_YET_IN = ("km", "hmn")
KINDS = {
    "home": "home",
    "campaigns": "list of campaign",
    "campaign": "campaign",
    "library": "list of material",
    "events": "list of event",
    "event": "event",
    "news": "list of article",
    "article": "article",
    "about": "plain",
}
# One of each: a card, a script to listen to, a picture to look at, a leaflet to print.
MATERIALS = {
    "card": "the-bo-vi",
    "script": "nguoi-quen-moi-tren-mang",
    "infographic": "goi-luc-nao",
    "leaflet": "nam-dieu-nen-hoi",
}
SEARCHES = {
    "start": {},
    "found": {"q": "đi làm xa"},
    "mended": {"q": "chieens dichj"},
    "number": {"q": "111"},
    "narrowed": {"q": "hotline", "kind": "event", "in": "en"},
    "nothing": {"q": "xyzzy"},
    "too-long": {"q": "x " * 60},
}
LIBRARY = {"narrowed": {"kind": "leaflet"}, "nothing": {"kind": "card", "form": "listen"}}
DARK = {
    *(f"{name}.vi" for name in ("home", "help", "campaign", "event", "article", "library", "search-found")),
    *("material-leaflet.vi", "not-yet.km", "help.km", "handset"),
}
# Not an address but a link on the page before: the newest event that people can be counted at.
FIRST_EVENT = ".cards a[href*='event=']"
# Seen after a file was brought to the screen at this address (screens_stage.bring_po).
PO_PREVIEW = "po-preview"


@dataclass(frozen=True)
class Screen:
    """An address, and the status that it answers with."""

    path: str
    status: int = 200


def readers(demo, staged):
    """Return {name: Screen} of what readers see."""
    found = {
        f"{name}.{code}": Screen(demo.path(kind, code)) for name, kind in KINDS.items() for code in WRITTEN_IN
    }
    for code in WRITTEN_IN:
        shelf = demo.path("list of material", code)
        found |= {f"material-{name}.{code}": Screen(f"{shelf}{slug}/") for name, slug in MATERIALS.items()}
        found |= {f"library-{name}.{code}": Screen(f"{shelf}?{urlencode(q)}") for name, q in LIBRARY.items()}
        found[f"not-found.{code}"] = Screen(f"/{code}/no-such-page/", 404)
    for code in (*WRITTEN_IN, *NOT_YET_IN):
        found |= {f"{name}.{code}": Screen(f"/{code}/{name}/") for name in ("help", "leaving")}
        # In a language without texts one search with hits is enough to see.
        asked = SEARCHES if code in WRITTEN_IN else {name: SEARCHES[name] for name in ("start", "found")}
        found |= {
            f"search-{name}.{code}": Screen(f"/{code}/search/?{urlencode(q)}") for name, q in asked.items()
        }
    for code in NOT_YET_IN:
        article = demo.path("article", "vi").removeprefix("/vi")
        found[f"not-yet.{code}"] = Screen(f"/{code}{article}", 404)
        found[f"not-yet-home.{code}"] = Screen(f"/{code}/", 404)
    found["code-of-deleted-material.vi"] = Screen(staged["old_code"])
    found["handset"] = Screen("/phone/?n=5")
    return found


def field():
    """Return {name: address} of what a field worker sees."""
    return {"field": "/field/", "field-count": FIRST_EVENT}


def staff(demo, staged):
    """Return {account: {name: address}} of the admin. The walk shows what changes with each step."""
    campaign, event = (_id(demo, kind) for kind in ("campaign", "event"))
    material, english = staged["material"], staged["material_en"]
    beside = f"/admin/translations/{staged['material_key']}"
    snippets = "/admin/snippets"
    return {
        "editor": {
            "front": "/admin/",
            "pages": f"/admin/pages/{_id(demo, 'list of material')}/",
            "material": f"/admin/pages/{material}/edit/",
            "new-material": f"/admin/pages/add/campaigns/materialpage/{_id(demo, 'list of material')}/",
            "campaign": f"/admin/pages/{campaign}/edit/",
            "event": f"/admin/pages/{event}/edit/",
            "use": f"/admin/use/{material}/",
            "print-material": f"/admin/printing/materials/{material}/",
            "print-runs": f"{snippets}/campaigns/printrun/",
            "print-run": f"{snippets}/campaigns/printrun/edit/{staged['run']}/",
            "distributions": f"{snippets}/campaigns/distribution/",
            "new-distribution": f"{snippets}/campaigns/distribution/add/",
            "codes": f"{snippets}/campaigns/trackedlink/",
            "code": f"/admin/printing/codes/{staged['code']}/",
            "stickers": f"/admin/printing/codes/{staged['code']}/stickers/?number=21&language=vi",
            "print-jobs": f"{snippets}/campaigns/printjob/",
            "links": "/admin/links/",
            "two-versions": staged["two_versions"],
            "locked": f"/admin/pages/{staged['locked']}/edit/",
        },
        "translator": {
            "front": "/admin/",
            "matrix": "/admin/translations/",
            "side-by-side": f"{beside}/en/",
            "side-by-side-missing": f"{beside}/km/",
            "translation": f"/admin/pages/{english}/edit/",
            "todo": "/admin/translations/todo/",
            "words": "/admin/translations/words/",
            "po": staged["po"],
            PO_PREVIEW: staged["po"],
        },
        "reviewer": {
            "front": "/admin/",
            "matrix": "/admin/translations/",
            "side-by-side": f"{beside}/en/",
            "todo": "/admin/translations/todo/",
        },
        "coordinator": {
            "front": "/admin/",
            "campaigns": "/admin/campaigns/",
            "progress": f"/admin/campaigns/{campaign}/progress/",
            "reach": "/admin/reach/",
            "matrix": "/admin/translations/",
            "workflows": "/admin/reports/workflow/",
            "use-campaign": f"/admin/use/{campaign}/",
            "hotlines": f"{snippets}/outreach_site/hotline/",
            "hotline": f"{snippets}/outreach_site/hotline/edit/{staged['hotline']}/",
            "organisations": f"{snippets}/outreach_site/organisation/",
            "sms-urgent": "/admin/sms/urgent/",
            "sms-unmatched": "/admin/sms/unmatched/",
            "sms-texts": "/admin/sms/texts/",
            "sms-thread": f"/admin/sms/texts/{staged['thread']}/",
            "sms-member": f"/admin/sms/members/{staged['member']}/",
            "sms-broadcasts": "/admin/sms/broadcasts/",
            "sms-broadcast-new": "/admin/sms/broadcasts/new/",
            "sms-broadcast-draft": f"/admin/sms/broadcasts/{staged['draft']}/",
            "sms-broadcast": f"/admin/sms/broadcasts/{staged['broadcast']}/",
            "sms-journeys": "/admin/sms/journeys/",
            "sms-journey": f"/admin/sms/journeys/{staged['journey']}/",
            "sms-unknown": "/admin/sms/unknown/",
            "sms-holds": "/admin/sms/holds/",
            "sms-gateways": "/admin/sms/gateways/",
            "sms-gateway": f"/admin/sms/gateways/{staged['gateway']}/",
            "sms-alarms": "/admin/sms/alarms/",
            "sms-words": f"{snippets}/campaigns/discreetword/",
            "sms-commands": f"{snippets}/campaigns/commandword/",
            "sms-phrases": f"{snippets}/campaigns/cryphrase/",
        },
        "admin": {
            "front": "/admin/",
            "consents": f"{snippets}/outreach_site/consentrecord/",
            "consent": f"{snippets}/outreach_site/consentrecord/edit/{staged['consent']}/",
            "consent-withdraw": f"/admin/consent/{staged['consent']}/withdraw/",
            "consent-removal": f"/admin/consent/removals/{staged['removal']}/",
            "sections": f"{snippets}/outreach_site/section/",
            "help-card": "/admin/settings/outreach_site/helpcard/",
            "phrases": f"{snippets}/outreach_site/phraselist/",
            "topics": f"{snippets}/campaigns/topic/",
            "needs": f"{snippets}/outreach_site/need/",
            "pictures": "/admin/images/",
            "picture": f"/admin/images/{staged['picture']}/",
            "files": "/admin/documents/",
            "recordings": "/admin/media/",
            "accounts": "/admin/users/",
            "account": f"/admin/users/edit/{staged['account']}/",
            "history": "/admin/reports/site-history/",
            "privacy": "/admin/privacy/",
        },
    }


def _id(demo, kind):
    path = demo.path(kind, "vi")
    return next(page["id"] for page in demo.pages if page["path"] == path)
