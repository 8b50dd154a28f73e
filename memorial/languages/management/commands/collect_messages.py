"""``manage.py collect_messages``: write the catalogue of every string that can be translated."""

from typing import Any

from django.core.management.base import BaseCommand

from memorial.languages.phrases.collect import collect
from memorial.languages.phrases.source import CATALOGUE


class Command(BaseCommand):
    """Collects the strings of code and templates; for ``make messages``."""

    help = "Write memorial/locale/phrases.pot anew from code and templates. Needs GNU gettext."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, and say whether it has changed."""
        before = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
        collected = collect()
        if collected == before:
            self.stdout.write("The catalogue of strings is up to date.")
            return
        CATALOGUE.write_bytes(collected)
        self.stdout.write(f"{CATALOGUE} was written.")
