"""manage.py load_demonstration."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from memorial.accounts.refusal import Refused
from memorial.languages.columns import languages
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.ops.demonstration.words import LANGUAGES


class Command(BaseCommand):
    """Make a plainly fictional archive of any size, for development and benchmarks."""

    help = "Make a plainly fictional archive of any size; refused where real statements are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the size, the seed and the languages."""
        parser.add_argument("--statements", type=int, default=1000, help="how many statements (1000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same archive (1)")
        parser.add_argument("--languages", nargs="+", metavar="TAG", help="in which languages (all it has words for)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb, and say how far it is."""
        total = options["statements"]
        started = time.monotonic()

        def progress(made: int) -> None:
            rate = made / max(time.monotonic() - started, 0.001)
            self.stderr.write(f"\r{made} / {total} ({rate:.0f}/s) ", ending="" if made < total else "\n")
            self.stderr.flush()

        try:
            editions = make_demonstration(
                total,
                seed=options["seed"],
                tags=options["languages"] or [tag for tag in LANGUAGES if tag in languages()],
                by=archivist(),
                progress=progress,
            )
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        message = _("Fictional statements: %(statements)d. Editions: %(editions)d.")
        self.stdout.write(message % {"statements": total, "editions": editions})
