"""``manage.py retire_language fa``: hide a language from readers; nothing is deleted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.accounts.refusal import Refused
from memorial.languages.enrol import retire_language


class Command(BaseCommand):
    """Hide a language from readers; nothing is deleted."""

    help = "Hide a language from readers; nothing is deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tag."""
        parser.add_argument("tag")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb."""
        try:
            language = retire_language(options["tag"], by=None)
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        self.stdout.write(f"{language} is retired now.")
