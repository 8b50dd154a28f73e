"""``manage.py move_database``: the site from SQLite to PostgreSQL, or between any two of these."""

import argparse
import os
import signal
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from memorial.accounts.refusal import Refused
from memorial.ops.move.held import held
from memorial.ops.move.move import SOURCE, Compared, compare, move
from memorial.ops.move.target import connect, without_password

NOT_THE_SAME = "The two databases are not the same."
NOTHING_MOVED = "The site was not moved. It goes on with its own database, in which nothing was changed."


class Command(BaseCommand):
    """Move everything, compare it, say what is true, and hold the old database until the site runs on the new one."""

    help = (
        "Moves the site's database (DATABASE_URL) to another one, and compares every row. Readers go on reading "
        "meanwhile; nobody can write. Files are not moved, sessions end."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare where to, and what happens at the end."""
        parser.add_argument(
            "target",
            nargs="?",
            help="postgresql://user:password@host/name or sqlite:////path; better in the environment (see --to-env): "
            "other users of this machine see arguments in the list of processes, and the password with them",
        )
        parser.add_argument(
            "--to-env",
            default="TARGET_DATABASE_URL",
            metavar="NAME",
            help="the variable that holds the target where none is named (TARGET_DATABASE_URL)",
        )
        parser.add_argument(
            "--compare", action="store_true", help="compare with a target that was moved to; move nothing"
        )
        parser.add_argument(
            "--hold",
            action=argparse.BooleanOptionalAction,
            help="keep writers out of the old database after the move too, until Enter or the end of the input "
            "(at a terminal: yes)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb under the lock of the source, and say what is true at the end."""
        url = options["target"] or os.environ.get(options["to_env"], "")
        if not url:
            raise CommandError(f"Say where to: set {options['to_env']}=postgresql://user:password@host/name.")
        if options["target"] and urlsplit(url).password:
            self.stderr.write("The password can be seen in the list of processes. Better: set TARGET_DATABASE_URL.")
        # What is told to stop clears up like what is interrupted at the keyboard.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self.started, self.heard, self.heard_at = time.monotonic(), "", 0.0
        end = NOT_THE_SAME if options["compare"] else NOTHING_MOVED
        try:
            connect(url)
            with held(SOURCE):
                if options["compare"]:
                    self._say_the_same(compare(self._hear), without_password(url))
                    return
                self._say_moved(move(self._hear), without_password(url))
                end = "The site was moved."
                if options["hold"] or (options["hold"] is None and sys.stdin is not None and sys.stdin.isatty()):
                    self._wait()
            self._say("What is saved in the old database from now on is not in the new one.")
        except Refused as refused:
            raise CommandError("\n".join(map(str, (*refused.reasons, end)))) from refused
        except DatabaseError as error:
            raise CommandError(f"A database refused: {error}\n{end}") from error
        except KeyboardInterrupt as stopped:
            raise CommandError(f"Stopped. {end}") from stopped

    def _hear(self, what: str, table: str, rows: int) -> None:
        """Keep one line up to date, ten times a second at most."""
        now = time.monotonic()
        if what != self.heard or now - self.heard_at > 0.1:
            self.heard, self.heard_at = what, now
            line = f"{what} {table}: {rows} ({now - self.started:.0f} s)"
            self.stderr.write(f"\r{line:<78}", ending="")
            self.stderr.flush()

    def _say_moved(self, compared: Compared, target: str) -> None:
        seconds = time.monotonic() - self.started
        self.stderr.write("")
        self._say(f"Moved {compared.rows} rows of {compared.tables} tables in {seconds:.1f} s.")
        self._say("Every row was read back and is the same; every hash of what is sealed was worked out again.")
        self._say("The index for search is complete. Everybody has to sign in again. Files stay where they are.")
        self._say(f"SHA-256 of all rows: {compared.sha256}")
        self._say(f"Next: set DATABASE_URL to the target ({target}) and restart every process of the site.")

    def _say_the_same(self, compared: Compared, target: str) -> None:
        self.stderr.write("")
        self._say(f"SHA-256 of all rows: {compared.sha256}")
        self._say(f"{target} is the same as the source: {compared.rows} rows of {compared.tables} tables.")

    def _wait(self) -> None:
        """Hold on until somebody says that the site runs on the new database."""
        self._say("Writers are kept out of the old one until you press Enter: restart the site first.")
        sys.stdin.readline()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
