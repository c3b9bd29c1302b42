from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def catalogue_paths():
    """Return (source, compiled) of the catalogue of every language; a source may not be there yet."""
    folder = Path(settings.LOCALE_PATHS[0])
    for code, _name in settings.LANGUAGES:
        messages = folder / code.replace("-", "_") / "LC_MESSAGES"
        yield messages / "django.po", messages / "django.mo"


def borrowed_paths():
    """Return (source, compiled) of the catalogues that complete other people's: written by hand, not collected."""
    for folder in settings.LOCALE_PATHS[1:]:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            yield source, source.with_suffix(".mo")


class Command(BaseCommand):
    help = "Compile the message catalogues that changed. Needs no gettext tools."
    requires_system_checks = []

    def handle(self, **options):
        for source, compiled in [*catalogue_paths(), *borrowed_paths()]:
            # Without a compiled catalogue, be it empty, Django does not know the language's URLs.
            source.parent.mkdir(parents=True, exist_ok=True)
            if compiled.exists() and (
                not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime
            ):
                continue
            catalogue = polib.pofile(str(source)) if source.exists() else polib.POFile()
            catalogue.metadata.setdefault("Content-Type", "text/plain; charset=utf-8")
            catalogue.save_as_mofile(str(compiled))
            self.stdout.write(f"compiled {compiled.parent.parent.name}")
