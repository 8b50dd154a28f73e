"""``manage.py set_up``: everything between an installed program and a site that can be served."""

from typing import Any

from django.core.checks import Tags
from django.core.checks.registry import registry
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from memorial.ops.static_files import collect_if_changed
from memorial.ops.storage_check import STORAGE
from memorial.reading.search.standing import of_index
from memorial.statements.models import Statement


class Command(BaseCommand):
    """Bring database and static files up to date, and fill an empty archive; again and again without harm."""

    help = "Migrates, collects static files, loads the sample archive into an empty one, makes the first accounts."

    def get_check_kwargs(self, options: Any) -> dict[Any, Any]:
        """Ask all that an operator can get wrong: not the addresses of pages, which would take in all that serves."""
        return {"tags": sorted(registry.tags_available() - {Tags.urls})}

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what has not been done yet, saying so."""
        self.check(tags=[STORAGE], include_deployment_checks=True)
        call_command("migrate", interactive=False, verbosity=0)
        if collect_if_changed():
            self.stdout.write("Static files collected.")
        if not Statement.objects.exists():
            call_command("load_sample_archive", stdout=self.stdout)
        elif of_index(connection).is_incomplete:
            # After an update whose words are taken apart otherwise, or for an archive older than its search.
            call_command("rebuild_search", stdout=self.stdout)
        call_command("create_first_accounts", stdout=self.stdout)
