"""Django's migrate, which never rebuilds a table in a process that does not know all of its columns."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from memorial.accounts.refusal import Refused
from memorial.languages.autodetector import LanguagelessAutodetector
from memorial.languages.columns import languages
from memorial.languages.lock import schema_lock
from memorial.languages.models import Language
from memorial.languages.reconcile import reconcile, stored_tags


class Command(DjangoCommand):
    """Migrate under the schema lock, then add the columns that a stored language still lacks."""

    autodetector = LanguagelessAutodetector

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse when the languages of the database are not those of this process."""
        using = options["database"]
        connections[using].prepare_database()
        try:
            with schema_lock(connections[using]):
                self._refuse_to_lose_columns(using)
                super().handle(*args, **options)
                is_whole = not (options["plan"] or options["check_unapplied"] or options["app_label"])
                if using == DEFAULT_DB_ALIAS and is_whole and (added := reconcile()) and options["verbosity"]:
                    self.stdout.write(f"  Added {added} missing columns of languages.")
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _refuse_to_lose_columns(self, using: str) -> None:
        """SQLite rebuilds a table with the columns of the migration state: a column of any other language would go."""
        stored = stored_tags(using)
        if stored is None:
            return
        leaving = {tag for tag, state in stored.items() if state == Language.State.LEAVING}
        if differing := (set(stored) - leaving) ^ set(languages()):
            raise CommandError(
                "This process works with other languages than the database has "
                f"({', '.join(sorted(differing))}). Run it again, without SITE_LANGUAGES."
            )
        executor = MigrationExecutor(connections[using])
        if leaving and executor.migration_plan(executor.loader.graph.leaf_nodes()):
            first = min(leaving)
            raise CommandError(
                f"{', '.join(sorted(leaving))}: being deleted, with texts not yet exported. "
                f"Finish that first: manage.py delete_language {first} --export FILE"
            )
