import filecmp
import shutil
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from outreach_site import languages
from outreach_site.management.commands.compile_catalogues import catalogue_paths


class Command(BaseCommand):
    help = "Bring the message catalogues up to date with the texts in code and templates."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something would change"
        )

    def handle(self, *, check, **options):
        if not shutil.which("xgettext"):
            if check:
                self.stdout.write("Skipped: xgettext is missing. On Debian: apt-get install gettext")
                return
            raise CommandError("xgettext is missing. On Debian: apt-get install gettext")
        with tempfile.TemporaryDirectory() as folder:
            before = Path(folder) / "locale"
            shutil.copytree(settings.LOCALE_PATHS[0], before)
            self.collect()
            if check:
                self.compare(before)

    def collect(self):
        codes = [code.replace("-", "_") for code, _name in settings.LANGUAGES]
        call_command(
            "makemessages",
            locale=codes,
            no_location=True,
            no_obsolete=True,
            ignore_patterns=[".venv", "var", "media", "tests", "node_modules"],
            verbosity=0,
        )
        for source, _compiled in catalogue_paths():
            catalogue = polib.pofile(str(source), wrapwidth=100)
            # The date of collecting would make every run a change.
            catalogue.metadata.pop("POT-Creation-Date", None)
            if "EXPRESSION" in catalogue.metadata.get("Plural-Forms", ""):
                # gettext does not know the language's plurals; none is right until a speaker says otherwise.
                catalogue.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
            if source.parent.parent.name == "en":
                fill_english(catalogue)
            catalogue.save(str(source))

    def compare(self, before):
        changed = []
        for source, _compiled in catalogue_paths():
            was = before / source.relative_to(settings.LOCALE_PATHS[0])
            if not was.exists() or not filecmp.cmp(was, source, shallow=False):
                changed.append(source.parent.parent.name)
                if was.exists():
                    shutil.copy(was, source)
            if languages.get(source.parent.parent.name).interface:
                self.complete(source)
        if changed:
            raise CommandError(f"Catalogues are not up to date: {', '.join(changed)}. Run: make messages")

    def complete(self, source):
        catalogue = polib.pofile(str(source))
        missing = [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]]
        if missing:
            code = source.parent.parent.name
            raise CommandError(f"{len(missing)} texts are missing in {code}, the first: {missing[0]!r}")


def fill_english(catalogue):
    """Texts are written in English, so English needs no translator."""
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        # What gettext took it for; left there, the next run would change the file once more.
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
