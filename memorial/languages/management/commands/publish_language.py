"""``manage.py publish_language fa``: show a language to readers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.accounts.refusal import Refused
from memorial.languages.enrol import publish_language


class Command(BaseCommand):
    """Show a language to readers."""

    help = "Show a language to readers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tag."""
        parser.add_argument("tag")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb."""
        try:
            language = publish_language(options["tag"], by=None)
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        self.stdout.write(f"{language} is public now.")
