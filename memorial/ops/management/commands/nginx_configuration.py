"""manage.py nginx_configuration."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.ops.nginx.configuration import Chosen, NotToBeWritten, configuration


class Command(BaseCommand):
    """Print the configuration of an nginx in front of this site."""

    help = (
        "Prints a configuration for an nginx in front of this site, written from the settings (SITE_URL, PORT, "
        "ALLOWED_HOSTS, PAGES_FOLDER, CDN_SECONDS, LOG_REQUESTS) and from what the application says in its own "
        "headers. With PAGES_FOLDER nginx answers with kept pages and static files itself; without, it passes "
        "everything on. Run it with the environment of the site, and again after an update."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Everything else stands in the settings."""
        parser.add_argument(
            "--certificate", default="", metavar="FILE",
            help="the certificate with its chain, where SITE_URL begins with https:// (Let's Encrypt's of this host)",
        )  # fmt: skip
        parser.add_argument("--key", default="", metavar="FILE", help="the key of the certificate (likewise)")
        parser.add_argument(
            "--without-brotli", action="store_true", help="for an nginx that lacks the module brotli_static"
        )
        parser.add_argument(
            "--without-ipv6", action="store_true", help="for a machine that has no IPv6, where nginx would not start"
        )
        parser.add_argument(
            "--without-default", action="store_true",
            help="for a further site of the same nginx (with --name): the first refuses foreign hosts for all",
        )  # fmt: skip
        parser.add_argument("--logs", default="/var/log/nginx", metavar="FOLDER", help="where logs go (/var/log/nginx)")
        parser.add_argument(
            "--name", default="memorial",
            help="a name of the site among others that one nginx serves: letters, digits and _ (memorial)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask the application, and print."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", options["name"]):
            raise CommandError("--name holds small letters, digits and _ only.")
        try:
            text = configuration(
                Chosen(
                    certificate=options["certificate"],
                    key=options["key"],
                    name=options["name"],
                    logs=options["logs"],
                    has_brotli=not options["without_brotli"],
                    has_ipv6=not options["without_ipv6"],
                    has_default=not options["without_default"],
                )
            )
        except NotToBeWritten as refused:
            raise CommandError(f"{refused} No configuration was written.") from refused
        self.stdout.write(text, ending="")
