"""``manage.py tick``: what is due by the clock; run it every minute, or leave it running with ``--loop``."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from memorial.reading.page_cache.changes import forget_old
from memorial.reading.subscriptions.ask import forget_unconfirmed
from memorial.reading.subscriptions.tell import tell


class Command(BaseCommand):
    """Tell subscribers, forget what nobody needs any more. Late, twice or in parallel, it does no harm."""

    help = "Sends the messages that are due and deletes addresses that were never confirmed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped, once a minute")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due, and say how much that was where it was anything."""
        while True:
            told, forgotten = tell(), forget_unconfirmed()
            forget_old()
            if told.sent or told.failed or forgotten:
                self.stdout.write(
                    f"{told.sent} messages sent, {told.failed} not accepted; {forgotten} unconfirmed addresses deleted."
                )
            if not options["loop"]:
                return
            close_old_connections()
            time.sleep(60)
