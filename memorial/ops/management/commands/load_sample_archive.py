"""manage.py load_sample_archive."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.accounts.refusal import Refused
from memorial.ops.archivist import archivist
from memorial.ops.sample_archive.load import load_sample_archive


class Command(BaseCommand):
    """Enter the sample archive; safe to run again, and quiet when there is nothing to do."""

    help = "Enter and publish the sample archive: five real statements in four languages, as summaries by the archive."

    def handle(self, *args: Any, **options: Any) -> None:
        """Call the verb and say what it did."""
        try:
            with transaction.atomic():
                loaded = load_sample_archive(by=archivist())
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        if loaded.missing_languages:
            self.stderr.write(
                _("The site does not have these languages of the sample archive; they were left out: %(languages)s.")
                % {"languages": ", ".join(loaded.missing_languages)}
            )
        if loaded.editions:
            message = ngettext(
                "The sample archive was published: %(count)d edition.",
                "The sample archive was published: %(count)d editions.",
                loaded.editions,
            )
            self.stdout.write(message % {"count": loaded.editions})
        if loaded.sources:
            message = ngettext(
                "The figures of %(count)d source were published.",
                "The figures of %(count)d sources were published.",
                loaded.sources,
            )
            self.stdout.write(message % {"count": loaded.sources})
