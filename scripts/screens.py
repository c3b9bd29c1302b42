"""`make screens`: pictures of every screen of the demo, in var/screens/, with an index.html to leaf through.

home.vi.360.png is what a small phone shows first, home.vi.360.full.png the whole page, home.vi.1280.png
a desk; *.dark.png the same in the dark.
"""

import html
import shutil
from pathlib import Path

from chromium import launch, wait_for_pictures
from demo_server import PASSWORD, ROOT, demo_server
from playwright.sync_api import sync_playwright

FOLDER = ROOT / "var" / "screens"
SIZES = {360: (360, 640), 1280: (1280, 800)}
KINDS = {
    "home": "home",
    "campaigns": "list of campaign",
    "campaign": "campaign",
    "materials": "list of material",
    "material": "material",
    "events": "list of event",
    "event": "event",
    "news": "list of article",
    "article": "article",
    "about": "plain",
}
WRITTEN_IN = ("vi", "en")
NOT_YET_IN = ("km", "hmn")
# Not an address but a link on the page before: the newest event that people can be counted at.
FIRST_EVENT = ".cards a[href*='event=']"
DARK = ("home.vi", "help.vi", "campaign.vi", "event.vi", "material.vi", "help.km", "handset", "field-count")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with demo_server(worker=True) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        talk_by_text(browser, demo)
        for username, screens in all_screens(demo).items():
            take(browser, demo, username, screens)
        browser.close()
    write_index()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures: {FOLDER / 'index.html'}")


def all_screens(demo):
    """Return {account or "": {name: path}} of every screen."""
    readers = {f"{name}.{code}": demo.path(kind, code) for name, kind in KINDS.items() for code in WRITTEN_IN}
    for code in (*WRITTEN_IN, *NOT_YET_IN):
        readers |= {f"help.{code}": f"/{code}/help/", f"leaving.{code}": f"/{code}/leaving/"}
    readers |= {f"not-found.{code}": f"/{code}/no-such-page/" for code in WRITTEN_IN}
    readers |= {f"not-yet.{code}": f"/{code}/" for code in NOT_YET_IN}
    readers |= {"handset": "/phone/?n=5", "admin-login": "/admin/login/"}
    campaign = next(page["id"] for page in demo.pages if page["path"] == demo.path("campaign", "vi"))
    return {
        "": readers,
        "fieldworker": {"field": "/field/", "field-count": FIRST_EVENT},
        "coordinator": {"admin-home.coordinator": "/admin/", "admin-reach": "/admin/reach/"},
        "editor": {"admin-home.editor": "/admin/", "admin-edit": f"/admin/pages/{campaign}/edit/"},
        "admin": {"admin-hotlines": "/admin/snippets/outreach_site/hotline/", "admin-home.admin": "/admin/"},
    }


def talk_by_text(browser, demo):
    """Let the simulated handset join a campaign, so that there is a conversation to see."""
    page = browser.new_page(base_url=demo.url, locale="vi-VN")
    page.goto("/phone/?n=5")
    page.fill("#text", "DANGKY HAGIANG")
    page.click("form[method=post] [type=submit]")
    page.locator(".text-theirs").first.wait_for()
    page.close()


def take(browser, demo, username, screens):
    """Picture `screens` in every size, as somebody signed in or, for "", as a reader."""
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            base_url=demo.url,
            viewport={"width": width, "height": height},
            is_mobile=size == 360,
            has_touch=size == 360,
            locale="vi-VN",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if username:
            sign_in(page, username, next(iter(screens.values())))
        for name, path in screens.items():
            picture(page, path, f"{name}.{size}")
            if name in DARK:
                page.emulate_media(color_scheme="dark")
                whole_page(page, f"{name}.{size}.dark")
                page.emulate_media(color_scheme="light")
            if name == "home.vi":
                page.click(".languages summary")
                page.screenshot(path=FOLDER / f"languages.vi.{size}.png")
        context.close()


def sign_in(page, username, start):
    page.goto(start)
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form [type=submit]")
    page.wait_for_url(f"**{start}")


def picture(page, path, name):
    """Take what is seen first, then the whole page where it is longer."""
    if path == FIRST_EVENT:
        page.locator(path).first.click()
        page.wait_for_load_state()
    else:
        page.goto(path)
    page.screenshot(path=FOLDER / f"{name}.png")
    if page.evaluate("document.documentElement.scrollHeight") > page.viewport_size["height"]:
        whole_page(page, f"{name}.full")


def whole_page(page, name):
    """Take the page on a screen as high as the page, so that the call bar covers nothing."""
    size = page.viewport_size
    wait_for_pictures(page)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.set_viewport_size(size)


def write_index():
    figures = "\n".join(
        f'<figure><a href="{file.name}"><img src="{file.name}" alt="" loading="lazy"></a>'
        f"<figcaption>{html.escape(file.stem)}</figcaption></figure>"
        for file in sorted(FOLDER.glob("*.png"))
    )
    style = (
        "body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:16px}"
        "figure{margin:0}img{max-height:420px;max-width:480px;border:1px solid #bbb}"
    )
    Path(FOLDER / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens of Loa</title><style>{style}</style>\n{figures}\n'
    )


if __name__ == "__main__":
    main()
