"""The two rules that keep the drawing of the design true."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["outreach_site", "campaigns", "events"]
# Only these know everybody.
MAY_KNOW_ALL = ("outreach_site/settings.py", "outreach_site/urls.py", "outreach_site/demo/")


def imports(source):
    """Yield the top-level packages that Python `source` imports, wherever in the file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def offences(app, source):
    """Return the modules of apps above `app` that `source` imports."""
    above = ORDER[ORDER.index(app) + 1 :]
    return [name for name in imports(source) if name.split(".")[0] in above]


@pytest.mark.parametrize("app", ORDER)
def test_imports_go_one_way(app):
    found = {}
    for path in (ROOT / app).rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(MAY_KNOW_ALL) and (bad := offences(app, path.read_text())):
            found[name] = bad

    assert found == {}


@pytest.mark.parametrize(
    "line", ["from events.pages.models import EventPage", "def f():\n    import events.fieldwork"]
)
def test_campaigns_may_not_import_events(line):
    assert offences("campaigns", line) != []


def test_only_the_ledger_writes_reach():
    """Other packages call `ledger.record`; none of them names the table of entries."""
    allowed = ("campaigns/reach/", "campaigns/models.py", "campaigns/migrations/", "campaigns/management/")
    found = [
        path.relative_to(ROOT).as_posix()
        for app in ORDER
        for path in (ROOT / app).rglob("*.py")
        if "ReachEntry" in path.read_text() and not path.relative_to(ROOT).as_posix().startswith(allowed)
    ]

    assert found == []


def test_foreign_keys_across_apps_are_strings():
    from django.apps import apps

    for app in ORDER:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model:
                    other = field.related_model._meta.app_label
                    assert other not in ORDER or ORDER.index(other) <= ORDER.index(app), (
                        f"{model}.{field.name}"
                    )


def test_every_package_has_a_map():
    bare = []
    for app in ORDER:
        for path in (ROOT / app).glob("**/__init__.py"):
            folder = path.parent.name
            if folder in ("migrations", "management", "commands", "templatetags"):
                continue
            if not ast.get_docstring(ast.parse(path.read_text())):
                bare.append(path.relative_to(ROOT).as_posix())

    assert bare == []
