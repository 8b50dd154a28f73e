"""``manage.py delete_language fa``, then ``manage.py delete_language fa --export FILE``: the end of a language."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.accounts.refusal import Refused
from memorial.languages.leave import delete_language, seconds_to_settle, stop_using_language


class Command(BaseCommand):
    """Delete a language in two steps; between them the servers let go of its columns."""

    help = (
        "Delete a language in two steps. Without --export it is taken out of use; its texts stay. With --export every "
        "text is written to the file as JSON lines, then its columns are dropped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tag and, for the second step, the file."""
        parser.add_argument("tag")
        parser.add_argument("--export", type=Path, metavar="FILE", help="a new file for the texts: the second step")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb of the step."""
        tag, path = options["tag"], options["export"]
        try:
            if path is None:
                stop_using_language(tag, by=None)
                self.stdout.write(f"{tag} is out of use. To delete it: delete_language {tag} --export FILE")
                return
            if wait := seconds_to_settle(tag):
                self.stdout.write(f"Waiting {wait:.0f} seconds until the servers have let go of {tag} ...")
                time.sleep(wait)
            lines = delete_language(tag, export=path, by=None)
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        except FileExistsError as error:
            raise CommandError(f"{path} is there already: name a new file.") from error
        self.stdout.write(f"Wrote {lines} lines to {path} and deleted {tag}.")
