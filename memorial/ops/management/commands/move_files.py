"""manage.py move_files."""

import os
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from environs import ValidationError

from config.storage_url import storage_options
from memorial.ops.kept_files import copy_kept_files
from memorial.statements.storage import Folder

FOLDER = "folder"


class Command(BaseCommand):
    """Copy the files that statements keep from one storage to another: every byte compared, nothing deleted."""

    help = (
        "Copies every file that statements keep, each compared with the SHA-256 in the database; it may be stopped "
        "and started again, and deletes nothing. Cards are drawn anew where they are asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Storages are named by the variables that hold their addresses: what is typed here, others can see."""
        places = f"'{FOLDER}' (the data folder), or the name of a variable that holds an address as STORAGE_URL does"
        parser.add_argument("--from", dest="source", default=FOLDER, metavar="PLACE", help=f"{places} ({FOLDER})")
        parser.add_argument(
            "--to", dest="target", default="STORAGE_URL", metavar="PLACE", help="likewise (STORAGE_URL)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb, say how far it is, and name what is missing or different."""
        source, target = _storage(options["source"]), _storage(options["target"])

        def tell(number: int, total: int) -> None:
            self.stderr.write(f"\r{number} / {total} ", ending="" if number < total else "\n")
            self.stderr.flush()

        try:
            done = copy_kept_files(source, target, tell if self.stderr.isatty() else None)
        except OSError as error:
            raise CommandError(f"{error}\nStart the command again: it goes on where it was.") from error
        self.stdout.write(f"{done.copied} copied and compared, {done.already_there} were there already.")
        for name in done.missing:
            self.stderr.write(f"Missing: {name}")
        for name in done.different:
            self.stderr.write(f"Other bytes than the database says: {name}")
        if done.missing or done.different:
            raise CommandError(f"{len(done.missing) + len(done.different)} files could not be copied.")


def _storage(place: str) -> Storage:
    if place == FOLDER:
        return Folder(location=settings.MEDIA_ROOT)
    address = os.environ.get(place, "")
    if not address:
        raise CommandError(f"{place} is not set; it holds an address as STORAGE_URL does, or name '{FOLDER}'.")
    try:
        chosen = storage_options(address)
    except ValidationError as error:
        raise CommandError(f"{place}: {' '.join(error.messages)}") from None
    from memorial.statements.s3 import S3  # slow to import, and needed only where somebody uses it

    return S3(**chosen)
