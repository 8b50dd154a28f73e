"""manage.py load_demonstration."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.utils.translation import gettext as _

from memorial.accounts.refusal import Refused
from memorial.languages.columns import languages
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.ops.demonstration.words import LANGUAGES

WIDTH = 30
BETWEEN_BARS, BETWEEN_LINES = 0.2, 10  # seconds


class Command(BaseCommand):
    """Make a plainly fictional archive of any size, for development and benchmarks."""

    help = "Make a plainly fictional archive of any size; refused where real statements are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the size, the seed and the languages."""
        parser.add_argument("--statements", type=int, default=1000, help="how many statements (1000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same archive (1)")
        parser.add_argument("--languages", nargs="+", metavar="TAG", help="in which languages (all it has words for)")
        parser.add_argument("--short", action="store_true", help="short texts, one figure: for a very large archive")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb, and say how far it is."""
        total = options["statements"]
        said = Said(self.stderr, total)
        try:
            editions = make_demonstration(
                total,
                seed=options["seed"],
                tags=options["languages"] or [tag for tag in LANGUAGES if tag in languages()],
                by=archivist(),
                is_short=options["short"],
                progress=said.progress,
            )
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        message = _("Fictional statements: %(statements)d. Editions: %(editions)d.")
        self.stdout.write(message % {"statements": total, "editions": editions})


class Said:
    """How far it is: a bar on a terminal, elsewhere a plain line now and then."""

    def __init__(self, stream: OutputWrapper, total: int) -> None:
        self.stream, self.total = stream, total
        self.started = self.said = time.monotonic()
        self.heard = ("", 0)

    def progress(self, what: str, done: int) -> None:
        """Say it, if it is time to, and once."""
        if self.heard == (what, done):
            return
        self.heard = what, done
        now = time.monotonic()
        is_terminal, is_done = self.stream.isatty(), done >= self.total
        if not is_done and now - self.said < (BETWEEN_BARS if is_terminal else BETWEEN_LINES):
            return
        self.said = now
        line = f"{what}: {done} / {self.total} ({done / max(now - self.started, 0.001):.0f}/s)"
        if is_terminal:
            filled = WIDTH * min(done, self.total) // max(self.total, 1)
            line = f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {line} "
        self.stream.write(line, ending="\n" if is_done or not is_terminal else "")
        self.stream.flush()
