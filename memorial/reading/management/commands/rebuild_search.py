"""manage.py rebuild_search."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from memorial.reading.search.index import rebuild


class Command(BaseCommand):
    """Bring the index for search up to date, while the site goes on."""

    help = "Bring the index for search up to date. Works while the site runs; goes on where it was stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare whether to begin anew."""
        parser.add_argument("--all", action="store_true", help="throw the index away first, and make it anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb, and say how far it is."""
        started = time.monotonic()

        def progress(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            self.stderr.write(f"\r{done} / {total} ({rate:.0f}/s) ", ending="" if done < total else "\n")
            self.stderr.flush()

        written = rebuild(progress, only_outdated=not options["all"])
        message = ngettext("%(count)d edition was indexed.", "%(count)d editions were indexed.", written)
        self.stdout.write(message % {"count": written})
