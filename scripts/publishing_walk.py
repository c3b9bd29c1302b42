"""A leaflet's way from the editor's draft to its readers, walked in the browser as its people would.

Each step takes a signed-in page of whoever does it. `make screens` pictures the walk, and a browser
test checks what each step leaves behind. Elements are found by what they do, never by their words.
"""

import base64
import io
import json
import re

from PIL import Image, ImageDraw
from playwright.sync_api import TimeoutError

TITLE = "Đi chợ phiên: ba câu nên nhớ"
SLUG = "di-cho-phien-ba-cau-nen-nho"
TEXT = "Hỏi tên người rủ. Hỏi tên nơi đến. Gọi cho người nhà trước khi lên xe."
ENGLISH = (
    "To market: three things to remember",
    "Three short lines for those who go to a market far away.",
    "Ask who invites you. Ask where to. Call home before you get on.",
)

# Run in the demo: ids of the page in its languages, of the languages, and the team that the walk needs.
TEAM = """
import django
django.setup()
from wagtail.models import Locale
from outreach_site.staff.models import User
from outreach_site.translation.models import LanguageTeam
for code in ("en", "km"):
    team, _new = LanguageTeam.objects.get_or_create(locale=Locale.objects.get(language_code=code))
    team.translators.add(User.objects.get(username="translator"))
    team.reviewers.add(User.objects.get(username="reviewer"))
"""
VERSIONS = """
import json, sys
import django
django.setup()
from wagtail.models import Locale, Page
key = Page.objects.get(pk=sys.argv[1]).translation_key
pages = Page.objects.filter(translation_key=key).select_related("locale")
print(json.dumps({page.locale.language_code: page.pk for page in pages}))
"""
LOCALES = """
import json
import django
django.setup()
from wagtail.models import Locale
print(json.dumps({locale.language_code: locale.pk for locale in Locale.objects.all()}))
"""

KEY = """
import sys
import django
django.setup()
from wagtail.models import Page
print(Page.objects.get(pk=sys.argv[1]).translation_key)
"""
# A second of the demo's own tune.
TUNE = """
import base64
from outreach_site.demo import tune
print(base64.b64encode(tune.ogg()).decode())
"""
MATRIX = "/admin/translations/?q=phi%C3%AAn"


def pdf():
    """Return the bytes of a small PDF."""
    sheet = Image.new("RGB", (595, 842), "#FBFAF7")
    ImageDraw.Draw(sheet).rectangle((60, 60, 535, 400), fill="#0E5A4F")
    out = io.BytesIO()
    sheet.save(out, "PDF")
    return out.getvalue()


def sound(demo):
    """Return (name, type, bytes) of a recording."""
    return "cho-phien.ogg", "audio/ogg", base64.b64decode(demo.python(TUNE))


def draft(page, library, sound):
    """Write a leaflet with a PDF and `sound` (name, type, bytes) below the page `library`; return its id."""
    page.goto(f"/admin/pages/add/campaigns/materialpage/{library}/")
    page.fill("#id_title", TITLE)
    page.fill("#id_introduction", "Ba câu ngắn cho người đi chợ xa.")
    add_text(page, TEXT)
    add_file(page, "document", "cho-phien.pdf", "application/pdf", pdf())
    add_file(page, "recording", *sound)
    page.click("button.action-save")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return int(re.search(r"/pages/(\d+)/", page.url)[1])


def add_text(page, text):
    """Add a block of text to the body."""
    page.locator(".c-sf-add-button").first.click()
    page.locator("[role=option]").first.click()
    page.locator("[contenteditable=true][role=textbox]").first.click()
    page.keyboard.type(text)


def add_file(page, kind, name, mime, content):
    """Add one file to the material by uploading it in the chooser's own window."""
    page.locator("#id_files-ADD").click()
    panel = page.locator("[data-inline-panel-child]:visible").last
    panel.locator(f"[id$='-{kind}-chooser'] .unchosen button").first.click()
    window = page.locator(".modal-dialog")
    window.locator("[role=tab][href*=upload], [role=tab][href*=new]").first.click()
    form = window.locator("form:has([type=file])").first
    form.locator("[type=file]").first.set_input_files({"name": name, "mimeType": mime, "buffer": content})
    title = form.locator("[name$=title]")
    # Wagtail writes the name of the file there, but not for every kind of file.
    page.wait_for_timeout(300)
    if not title.input_value():
        title.fill(name)
    form.locator("[type=submit]").click()
    window.wait_for(state="detached")


def submit(page, page_id):
    """Hand the draft to the reviewer."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    button = more_actions(page, "button[name='action-submit'], button[name='action-restart-workflow']")
    with page.expect_navigation():
        button.click()


def decide(page, page_id, decision, comment=""):
    """Take one step of the approval: `decision` is "approve" or "reject"."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    button = more_actions(page, f"[data-workflow-action-name='{decision}']")
    if not comment:
        with page.expect_navigation():
            button.click()
        return
    button.click()
    window = page.locator(".modal-dialog")
    window.locator("textarea").fill(comment)
    with page.expect_navigation():
        window.locator("[type=submit]").click()


def more_actions(page, wanted):
    """Open the menu beside the main button until `wanted` shows; before its script runs a click does nothing."""
    toggle = page.locator(
        "footer .w-dropdown-button .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]"
    )
    for _attempt in range(8):
        toggle.first.click()
        try:
            page.locator(wanted).first.wait_for(state="visible", timeout=2000)
        except TimeoutError:
            continue
        return page.locator(wanted).first
    raise LookupError(f"the menu never shows {wanted}")


def begin(page, page_id, *languages):
    """Begin the translation into `languages`, ids of locales."""
    page.goto(f"/admin/localize/submit/page/{page_id}/")
    for locale in languages:
        page.check(f"[name=locales][value='{locale}']")
    page.locator("form:has([name=locales]) [type=submit]").click()
    page.wait_for_load_state()


def translate(page, page_id, words):
    """Translate in the editor the first texts of the page, as many as there are `words`."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    page.locator("li.incomplete").first.wait_for()
    for word in words:
        waiting = page.locator("li.incomplete").count()
        open_text = page.locator("li.incomplete").first
        open_text.get_by_role("button").last.click()
        box = open_text.locator("textarea, [contenteditable=true]").first
        box.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(word)
        open_text.get_by_role("button").last.click()
        page.wait_for_function("n => document.querySelectorAll('li.incomplete').length < n", arg=waiting)


def step(page, page_id, name):
    """Take a step of the translation: "review", "approve", "publish". Returns whether it is offered."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    button = page.locator(f".translation-steps form[action$='/{name}/'] [type=submit]")
    if not button.count():
        return False
    with page.expect_navigation():
        button.first.click()
    return True


def change(page, page_id, words):
    """Add `words` to the introduction and save; publishing is the coordinator's."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    box = page.locator("#id_introduction")
    box.fill(f"{box.input_value()} {words}")
    button = more_actions(page, "button[name='action-publish']")
    with page.expect_navigation():
        button.click()


# --- the whole way -------------------------------------------------------------------------
def steps(person, demo):
    """Walk all of it; yield (name, page) when each step has been taken, the page showing what it left behind.

    person  gives the page of somebody signed in, by account; "" is a reader
    """
    demo.python(TEAM)
    library = next(page["id"] for page in demo.pages if page["path"] == "/vi/tai-lieu/")
    editor, reviewer, coordinator, translator = map(
        person, ("editor", "reviewer", "coordinator", "translator")
    )
    leaflet = draft(editor, library, sound(demo))
    yield "draft", editor
    submit(editor, leaflet)
    editor.goto(f"/admin/pages/{leaflet}/edit/")
    yield "submitted", editor
    yield "waits-for-reviewer", opened(reviewer, "/admin/")
    yield "reviewer-reads", opened(reviewer, f"/admin/pages/{leaflet}/edit/")
    decide(reviewer, leaflet, "reject", "Thêm giờ gọi.")
    yield "sent-back", opened(editor, f"/admin/pages/{leaflet}/edit/")
    submit(editor, leaflet)
    decide(reviewer, leaflet, "approve")
    yield "waits-for-coordinator", opened(coordinator, "/admin/")
    decide(coordinator, leaflet, "approve")
    yield "approved", opened(coordinator, f"/admin/pages/{leaflet}/edit/")
    yield "live", opened(person(""), f"/vi/tai-lieu/{SLUG}/")

    locales = json.loads(demo.python(LOCALES))
    translator.goto(f"/admin/localize/submit/page/{leaflet}/")
    yield "begin-translation", translator
    begin(translator, leaflet, locales["en"], locales["km"])
    versions = json.loads(demo.python(VERSIONS, str(leaflet)))
    yield "translation-begun", opened(translator, f"/admin/pages/{versions['en']}/edit/")
    translate(translator, versions["en"], ENGLISH)
    yield "translated", translator
    # Half of the Khmer: no word of it is invented here, a sign stands for the first text.
    translate(translator, versions["km"], ["—"])
    yield "half-translated", translator
    step(translator, versions["en"], "review")
    yield "in-review", opened(reviewer, f"/admin/pages/{versions['en']}/edit/")
    step(reviewer, versions["en"], "approve")
    yield "translation-approved", opened(coordinator, f"/admin/pages/{versions['en']}/edit/")
    step(coordinator, versions["en"], "publish")
    yield "live-in-english", opened(person(""), f"/en/tai-lieu/{SLUG}/")
    yield "matrix", opened(coordinator, MATRIX)

    change(coordinator, leaflet, "Nghe rồi hãy đi.")
    outdated = coordinator.locator(".loa-cell--outdated")
    for _second in range(20):
        if opened(coordinator, MATRIX) and outdated.count():
            break
        coordinator.wait_for_timeout(1000)
    yield "out-of-date", coordinator
    key = demo.python(KEY, str(leaflet)).strip()
    yield "out-of-date-side-by-side", opened(translator, f"/admin/translations/{key}/en/")
    yield "out-of-date-translation", opened(translator, f"/admin/pages/{versions['en']}/edit/")


def opened(page, address):
    """Return `page` when it shows `address`. Raises RuntimeError when that is no screen."""
    answer = page.goto(address)
    if answer.status != 200:
        raise RuntimeError(f"{address} answers {answer.status}")
    return page
