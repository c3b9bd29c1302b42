"""The browser in which the demo is tested, pictured and measured."""

import os
import shutil

INSTALL = "sh scripts/install_browser.sh"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Whatever a page asks for, this machine is all there is.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

PICTURES = """
Promise.all([...document.images].map((one) =>
  one.complete || new Promise((done) => { one.onload = one.onerror = done; })))
"""


def executable():
    """Return the path of Chromium, or None: LOA_CHROMIUM, else the one that is installed."""
    return os.environ.get("LOA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def launch(playwright):
    """Start Chromium. Ends the program with a word on what to do where there is none."""
    path = executable()
    if not path:
        raise SystemExit(f"Chromium is missing: {INSTALL}")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


# The admin scrolls inside its main part.
HEIGHT = """
Math.max(...[document.documentElement, document.querySelector("main.content-wrapper")]
  .filter(Boolean).map((one) => one.scrollHeight))
"""


def wait_for_pictures(page, highest=20_000):
    """Return when every picture is loaded, on a screen as high as the page: all of them have come near."""
    size = page.viewport_size
    height = page.evaluate(HEIGHT)
    page.set_viewport_size({**size, "height": max(size["height"], min(height, highest))})
    page.evaluate(PICTURES)
