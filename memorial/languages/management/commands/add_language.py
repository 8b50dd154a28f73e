"""``manage.py add_language fa``: a language of the site, in preparation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.accounts.refusal import Refused
from memorial.languages.enrol import enrol


class Command(BaseCommand):
    """Add a language; translators see it within seconds, readers when it is published."""

    help = "Add a language to the site. CLDR describes it; the options do for what CLDR does not know."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tag, and by hand what CLDR lacks."""
        parser.add_argument("tag", help="a BCP 47 tag in lower case, such as fa or pt-br")
        parser.add_argument("--name-en", help="its English name")
        parser.add_argument("--name-own", help="its own name for itself")
        parser.add_argument("--script", help="ISO 15924: Latn, Cyrl, Arab ...")
        parser.add_argument("--direction", choices=["ltr", "rtl"])
        parser.add_argument(
            "--fallback", action="append", default=[], metavar="TAG", help="show labels in this one when it has none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb and say what to do next."""
        try:
            language = enrol(
                options["tag"],
                by=None,
                name_en=options["name_en"],
                name_own=options["name_own"],
                script=options["script"],
                direction=options["direction"],
                fallbacks=options["fallback"],
            )
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        about = f"{language.name_en}, {language.name_own}, {language.script}, {language.get_direction_display()}"
        self.stdout.write(f"Added {language.tag} ({about}). Readers see it after: publish_language {language.tag}")
