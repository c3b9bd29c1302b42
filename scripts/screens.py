"""`make screens`: pictures of every screen of the demo, in var/screens/, with an index.html to leaf through.

    public-home.vi.360.png       what a small phone shows first; .1280 a desk
    public-home.vi.360.full.png  the whole page, where it is longer; .dark the same in the dark
    admin-editor-02-pages.en.…   the admin by role, in Vietnamese and English, always the whole page
    walk-04-sent-back.…          a leaflet's way from draft to out of date, a picture a step

The same names each time. Ends with the list of what was made, and with 1 when a screen is missing or
answers otherwise than it should. `python scripts/screens.py public walk-04` pictures only names that
begin so (walk: the whole walk is walked, of course), `… -matrix.vi` those that hold what follows a hyphen.
"""

import html
import itertools
import json
import shutil
import sys

import publishing_walk
from chromium import launch, wait_for_pictures
from demo_server import PASSWORD, ROOT, demo_server
from playwright.sync_api import Error, sync_playwright
from screens_list import DARK, FIRST_EVENT, PO_PREVIEW, Screen, field, readers, staff
from screens_stage import bring_po, speak, stage

FOLDER = ROOT / "var" / "screens"
SIZES = {360: (360, 640), 1280: (1280, 800)}
ADMIN_LANGUAGES = ("vi", "en")
# A picture is never higher than this.
HIGHEST = 6000


class Album:
    """The pictures of one run: what was made, what is wrong.

    wanted  beginnings of names, or what they hold from a hyphen on; () is everything
    """

    def __init__(self, wanted):
        self.wanted, self.made, self.wrong = tuple(wanted), [], []

    def wants(self, name):
        parts = [part for part in self.wanted if part.startswith("-")]
        return not self.wanted or name.startswith(self.wanted) or any(part in name for part in parts)

    def shoot(self, page, name):
        page.screenshot(path=FOLDER / f"{name}.png")
        self.made.append(name)

    def miss(self, name, why):
        self.wrong.append(f"{name}: {why}")


def main():
    album = Album(sys.argv[1:])
    if not album.wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_server(worker=True) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        staged = stage(demo)
        talk_by_text(browser, demo)
        ask_for_a_poster(browser, demo, staged)
        public(album, browser, demo, staged)
        walk(album, browser, demo)
        for code in ADMIN_LANGUAGES:
            speak(demo, code)
            admin(album, browser, demo, staged, code)
        browser.close()
    finish(album)


def talk_by_text(browser, demo):
    """Let the simulated handset join a campaign, so that there is a conversation to see."""
    page = browser.new_page(base_url=demo.url, locale="vi-VN")
    page.goto("/phone/?n=5")
    page.fill("#text", "DANGKY HAGIANG")
    page.click("form[method=post] [type=submit]")
    page.locator(".text-theirs").first.wait_for()
    page.close()


def ask_for_a_poster(browser, demo, staged):
    """Have a poster made, so that there is a file to download."""
    context = context_of(browser, demo, 1280)
    page = signed_in(context, "coordinator")
    page.goto(f"/admin/printing/codes/{staged['code']}/")
    page.locator("form[action$='/poster/'] [type=submit]").click()
    page.wait_for_load_state()
    for _second in range(60):
        if page.locator("a[href$='/download/']").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    context.close()


# --- the screens ---------------------------------------------------------------------------
def public(album, browser, demo, staged):
    """Picture what readers and field workers see."""
    if not any(album.wants(f"public-{name}") for name in [*readers(demo, staged), *field()]):
        return
    for size in SIZES:
        with context_of(browser, demo, size) as context:
            page = context.new_page()
            for name, screen in readers(demo, staged).items():
                picture(album, page, screen, f"public-{name}", size, dark=name in DARK)
                if name == "home.vi":
                    page.click(".languages summary")
                    album.shoot(page, f"public-languages.vi.{size}")
        with context_of(browser, demo, size) as context:
            page = signed_in(context, "fieldworker", "/field/")
            for name, path in field().items():
                picture(album, page, Screen(path), f"public-{name}", size)


def admin(album, browser, demo, staged, code):
    """Picture the admin, by role, in the language `code`."""
    for size in SIZES:
        for username, screens in staff(demo, staged).items():
            names = {
                f"admin-{username}-{number:02}-{name}.{code}": path
                for number, (name, path) in enumerate(screens.items(), 1)
            }
            if not any(map(album.wants, names)):
                continue
            with context_of(browser, demo, size) as context:
                page = signed_in(context, username)
                for name, path in names.items():
                    staff_picture(album, page, path, name, size, staged["po_file"])


def walk(album, browser, demo):
    """Walk the leaflet's way, and picture each step in both sizes."""
    if not any(name.startswith("walk") for name in album.wanted or ("walk",)):
        return
    people = {}

    def person(username):
        if username not in people:
            context = context_of(browser, demo, 1280)
            people[username] = signed_in(context, username) if username else context.new_page()
        return people[username]

    for number, (name, page) in enumerate(publishing_walk.steps(person, demo), 1):
        # From wide to small and back: the next step is taken on a desk.
        for size in reversed(SIZES):
            page.set_viewport_size(viewport(size))
            wait_until_still(page)
            whole_page(album, page, f"walk-{number:02}-{name}.{size}")
        page.set_viewport_size(viewport(1280))


def viewport(size):
    return dict(zip(("width", "height"), SIZES[size], strict=True))


def context_of(browser, demo, size):
    return browser.new_context(
        base_url=demo.url,
        viewport=viewport(size),
        is_mobile=size == 360,
        has_touch=size == 360,
        locale="vi-VN",
        reduced_motion="reduce",
    )


def signed_in(context, username, start="/admin/"):
    """Return a page of `context` on which `username` has signed in."""
    page = context.new_page()
    page.goto(start)
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form [type=submit]")
    page.wait_for_url(f"**{start}")
    return page


# --- one screen ----------------------------------------------------------------------------
def picture(album, page, screen, name, size, dark=False):
    """Take what is seen first, the whole page where it is longer, and the same in the dark."""
    if not opened(album, page, screen, f"{name}.{size}"):
        return
    album.shoot(page, f"{name}.{size}")
    if page.evaluate("document.documentElement.scrollHeight") > page.viewport_size["height"]:
        whole_page(album, page, f"{name}.{size}.full")
    if dark:
        page.emulate_media(color_scheme="dark")
        whole_page(album, page, f"{name}.{size}.dark")
        page.emulate_media(color_scheme="light")


def staff_picture(album, page, path, name, size, po_file):
    if album.wants(name) and opened(album, page, Screen(path), f"{name}.{size}"):
        if PO_PREVIEW in name:
            bring_po(page, po_file)
        wait_until_still(page)
        whole_page(album, page, f"{name}.{size}")


def opened(album, page, screen, name):
    """Open the screen; note what is wrong with its answer. Returns whether there is something to see."""
    if not album.wants(name):
        return False
    try:
        if screen.path == FIRST_EVENT:
            with page.expect_navigation() as navigation:
                page.locator(screen.path).first.click()
            answer = navigation.value
        else:
            answer = page.goto(screen.path)
    except Error as error:
        album.miss(name, str(error).splitlines()[0])
        return False
    if answer.status != screen.status:
        album.miss(name, f"{screen.path} answers {answer.status}, not {screen.status}")
        return False
    return True


def wait_until_still(page):
    """The admin's scripts draw parts of the form after it has come."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)


def whole_page(album, page, name):
    """Take the page on a screen as high as the page, so that the call bar covers nothing."""
    size = page.viewport_size
    wait_for_pictures(page, HIGHEST)
    album.shoot(page, name)
    page.set_viewport_size(size)


# --- the end -------------------------------------------------------------------------------
def finish(album):
    """Write the index, say what was made; end with 1 when something is missing."""
    files = sorted(FOLDER.glob("*.png"))
    figures = "\n".join(
        f'<figure><a href="{file.name}"><img src="{file.name}" alt="" loading="lazy"></a>'
        f"<figcaption>{html.escape(file.stem)}</figcaption></figure>"
        for file in files
    )
    style = (
        "body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:16px}"
        "figure{margin:0}img{max-height:420px;max-width:480px;border:1px solid #bbb}"
    )
    (FOLDER / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens of Loa</title><style>{style}</style>\n{figures}\n'
    )
    for name, group in itertools.groupby(sorted(album.made), key=lambda made: made.partition(".")[0]):
        print(f"{name}: {', '.join(made.partition('.')[2] for made in group)}")
    (FOLDER / "made.json").write_text(json.dumps(sorted(album.made), indent=0))
    print(f"{len(album.made)} pictures: {FOLDER / 'index.html'}")
    if album.wrong:
        sys.exit("Missing:\n" + "\n".join(album.wrong))


if __name__ == "__main__":
    main()
