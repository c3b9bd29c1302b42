"""A demo that runs, a neutral page to leave to, and Chromium to read with."""

import contextlib
import http.server
import os
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

from scripts.chromium import FLAGS, INSTALL
from scripts.chromium import executable as chromium_path
from scripts.demo_server import PASSWORD, ROOT, demo_server, free_port
from scripts.screens_stage import stage

# Smooth scrolling would only cost time.
STILL = {"locale": "vi-VN", "reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True, **STILL}
WIDE = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False, **STILL}


def need(tool, name):
    """Return `tool`; where it is missing, skip on a developer's machine and fail where CI is set."""
    if tool:
        return tool
    stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    return stop(f"{name} is missing: {INSTALL}")


@pytest.fixture(scope="session")
def neutral():
    """The address of a page that anybody may have been looking at."""

    class Weather(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write("<!doctype html><title>Thời tiết</title><h1>Trời nắng</h1>".encode())

        def log_message(self, *_arguments):
            pass

    # By another name than the site's, so that the two are different sites to the browser.
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def demo(neutral):
    """The demo, with its worker."""
    need(chromium_path(), "Chromium")
    with demo_server(worker=True, EXIT_URL=neutral) as running:
        yield running


@pytest.fixture(scope="session")
def staged(demo):
    """Where that is which the demo does not have by itself: put in once, whoever asks first."""
    return stage(demo)


@pytest.fixture(scope="session")
def chromium():
    executable = need(chromium_path(), "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium, demo):
    """Open a context of its own: `reader()` is a small phone, `reader(java_script_enabled=False)` one without scripts.

    What the page then waits for has ten seconds.
    """
    with contextlib.ExitStack() as contexts:

        def open_context(**options):
            context = chromium.new_context(base_url=demo.url, **{**PHONE, **options})
            context.set_default_timeout(10_000)
            contexts.callback(context.close)
            return context

        yield open_context


@pytest.fixture
def page(reader):
    """A page on a small phone."""
    return reader().new_page()


@pytest.fixture
def plain_page(reader):
    """A page on a small phone that runs no scripts."""
    return reader(java_script_enabled=False).new_page()


@pytest.fixture
def signed_in(reader):
    """Open `start` signed in as one of the demo's accounts: `signed_in("coordinator", "/admin/reach/")`."""

    def open_page(username, start, **options):
        page = reader(**options).new_page()
        page.goto(start)
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("form [type=submit]")
        page.wait_for_url(f"**{start}")
        return page

    return open_page


@pytest.fixture(scope="session")
def axe_script():
    """The source of axe-core."""
    script = ROOT / "var" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
    return need(script.exists() and script.read_text(), "axe-core")


@pytest.fixture(scope="session")
def html_checker():
    """The path of the Nu HTML checker."""
    jar = ROOT / "var" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return need(shutil.which("java") and jar.exists() and jar, "The Nu HTML checker")
